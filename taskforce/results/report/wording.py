"""Words that the sections of a report share."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.papers.blocks import Listing, Paragraph, Run, paragraph
from taskforce.results.report.rows import Row, Words


def day_in_words(day: str | date) -> str:
    """Return a day, also one that was kept as text, as in "15. november 2022"."""
    return str(date_format(date.fromisoformat(day) if isinstance(day, str) else day))


def link_to(thing: Any, words: str = "") -> Run:
    return Run(words or str(thing), link=settings.SITE_URL + thing.get_absolute_url())


def example(*, is_example: bool) -> str:
    """Return the mark of what is invented, nothing for what is real."""
    return " ({})".format(_("invented example")) if is_example else ""


def remarks(row: Row, thing: Any, words: Words) -> list[Run]:
    """Say that a thing is invented, or that its words were changed since it was kept."""
    said = []
    if getattr(thing, "is_example", False):
        said.append(_("invented example"))
    if words.changed(row, thing):
        said.append(_("the words have been changed since"))
    return [Run(f" ({', '.join(said)})", italic=True)] if said else []


def points(lines: list[list[Run]]) -> Listing:
    return Listing(ordered=False, items=[[Paragraph(runs)] for runs in lines])


def none() -> Paragraph:
    return paragraph(_("none").capitalize() + ".")
