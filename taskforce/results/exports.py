"""The figures of the page as a sheet: what the portal counts, what is told, and from outside."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taskforce.core.sheets import Column
from taskforce.results import outside
from taskforce.results.counting import count, told
from taskforce.results.measures import BY_KEY
from taskforce.results.pages import address

Row = dict[str, Any]
NAMES = ("what", "period", "number", "unit", "known", "of", "source", "address")


def columns() -> list[Column[Row]]:
    headings = (
        *(
            _("What is counted"),
            _("Period"),
            pgettext("how many", "Number"),
            _("Unit"),
            _("How it is known"),
        ),
        *(_("Of how many"), _("Source"), _("Address")),
    )
    return [Column(words, itemgetter(name)) for words, name in zip(headings, NAMES, strict=True)]


def rows() -> Iterator[Row]:
    yield from _counted()
    yield from _told()
    yield from _outside()


def _counted() -> Iterator[Row]:
    counts = count()
    for (key, year), found in sorted(counts.items()):
        measure = BY_KEY[key]
        whole = counts.get((measure.of, year)) if measure.of else None
        yield {
            "what": str(measure.label % 2),
            "period": year or _("in all"),
            "number": float(found.number) if found.number % 1 else int(found.number),
            "unit": str(measure.unit),
            "known": _example(_("Counted"), found.is_example),
            "of": f"{found.rows}/{whole.rows}" if whole else "",
            "source": _("The portal"),
            "address": settings.SITE_URL + address(key, year),
        }


def _told() -> Iterator[Row]:
    for year, some in sorted(told().items()):
        for one in some:
            yield {
                "what": one.unit,
                "period": year or _("in all"),
                "number": one.number,
                "unit": one.unit,
                "known": _example(_("Reported by somebody"), one.is_example),
                "of": "",
                "source": _("Good examples"),
                "address": settings.SITE_URL + address("oplyst", year, enhed=one.unit),
            }


def _outside() -> Iterator[Row]:
    for one in outside.published():
        yield {
            "what": one.what,
            "period": f"{one.from_on} – {one.to_on}",
            "number": one.number,
            "unit": one.unit,
            "known": " – ".join(filter(None, (one.known_words, one.known_by, one.way))),
            "of": f"{one.reported}/{one.asked}" if one.reported else "",
            "source": f"{one.source}, {one.source_on}",
            "address": one.source_link,
        }


def _example(words: str, is_example: bool) -> str:
    return f"{words} ({_('Invented example')})" if is_example else words
