"""What the pages of results show: each number with its list, its source and the year before."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from calls.models import Consortium
from taskforce.core import parts
from taskforce.core.amounts import in_words, written
from taskforce.core.bars import bars
from taskforce.core.dates import FIRST, LAST
from taskforce.results import outside
from taskforce.results.counting import (
    IN_ALL,
    NOTHING,
    Counted,
    Counts,
    Told,
    count,
    rows_behind,
    told,
)
from taskforce.results.goals import progress
from taskforce.results.measures import BY_KEY, Measure
from taskforce.results.models import Goal, KeptYear, Report

SECTIONS = (
    (gettext_lazy("Meetings and organisations"), ("moeder", "organisationer")),
    (
        gettext_lazy("Barriers"),
        ("barrierer-rejst", "barrierer-loest", "barrierer-ikke-aktuelle", "dage-til-svar"),
    ),
    (
        gettext_lazy("Initiatives"),
        (
            *("prioriterede", "prioriterede-med-indsats", "indsatser-gennemfoert"),
            *("indsatser-stoppet", "indsatser-i-gang", "indsatser-foreslaaet"),
        ),
    ),
    (
        gettext_lazy("EU funding"),
        ("eu-bevilget", "eu-afslag", "eu-venter", "eu-bevilget-beloeb", "eu-ansoegt-beloeb"),
    ),
)
STANDING = ("barrierer-aabne", "barrierer-i-arbejde", "barrierer-loest", "barrierer-ikke-aktuelle")
SUCCEEDED = ("barrierer-loest", "indsatser-gennemfoert", "eu-bevilget")
ENDED_OTHERWISE = ("barrierer-ikke-aktuelle", "indsatser-stoppet", "eu-afslag")
CHARTS = ("moeder", "barrierer-rejst", "eksempler", "indsatser-gennemfoert")
FEW = 5  # rows that a page shows of a list
LATEST = 6  # years in a picture


@dataclass(frozen=True)
class Figure:
    """A number as a page states it; `number` is empty where there is none."""

    number: str
    label: str
    url: str
    notes: list[str] = field(default_factory=list)
    is_example: bool = False
    is_members_word: bool = False  # the label was written by a member, in Danish


@parts.kept
def shown(year: int = IN_ALL) -> str:
    """Return the page of a year, or of all, as HTML: everybody reads it alike."""
    return render_to_string("results/shown.html", page(year))


def page(year: int = IN_ALL) -> dict[str, Any]:
    """Return everything on the page of a year, or of all. Raises Http404 if it has nothing."""
    now, examples, figures = count(), told(), outside.published()
    kept = {one.year: one for one in KeptYear.objects.all()}
    years = years_of(now, examples, figures, kept)
    if year and year not in years:
        raise Http404
    book = kept.get(year)
    of_year = [one for one in figures if not year or one.from_on.year <= year <= one.to_on.year]
    before = _book(now, kept.get(year - 1)) if year else {}
    shown = _book(now, book)
    return {
        "year": year,
        "years": years,
        "kept": book,
        "reports": Report.objects.published().filter(**({"year": year} if year else {})),
        "notes": [*book.notes.all()] if book else [],
        "sections": [*_sections(year, shown, now, before)],
        "cases": [*_cases(year, shown, now, before), *_told(year, examples, book, now)],
        "charts": [] if year else [_chart(BY_KEY[key], now, years) for key in CHARTS],
        "standing": [] if year else [*_standing(now)],
        **_outside(of_year, book),
        "goals": [] if year else _goals(progress.Numbers(now, examples.get(IN_ALL, []), figures)),
        "sides": _sides(year),
        "unanswered": [] if year else listed(BY_KEY["barrierer-ubesvarede"])[:FEW],
        "unanswered_in_all": number_of(now, "barrierer-ubesvarede"),
    }


def years_of(
    counts: Counts,
    examples: dict[int, list[Told]],
    figures: list[outside.Shown],
    kept: dict[int, KeptYear],
) -> list[int]:
    """Return the years from the first with something in it until today, the latest first."""
    found = {year for _key, year in counts} | {*examples} | {*kept} | {timezone.localdate().year}
    for one in figures:
        found |= {*range(one.from_on.year, one.to_on.year + 1)}
    first, last = max(min(found - {IN_ALL}), FIRST.year), min(max(found), LAST.year)
    return [*range(last, first - 1, -1)]


def number_of(counts: Counts, key: str, year: int = IN_ALL) -> str:
    """Return a number as it is written; empty where there is none."""
    found = counts.get((key, year), NOTHING)
    return written(found.number) if found.rows else ""


def _book(now: Counts, kept: KeptYear | None) -> Counts:
    """Return the counts with those of a year that is kept in their place."""
    if kept is None:
        return now
    others = {at: one for at, one in now.items() if at[1] != kept.year}
    return others | {
        (key, kept.year): Counted.brought_back(one) for key, one in kept.counted.items()
    }


def _sections(year: int, shown: Counts, now: Counts, before: Counts) -> Iterator[dict[str, Any]]:
    for title, keys in SECTIONS:
        measures = [BY_KEY[key] for key in keys if not year or BY_KEY[key].day]
        figures = [stated(measure, year, shown, now, before) for measure in measures]
        yield {"title": title, "figures": figures}


def _cases(year: int, shown: Counts, now: Counts, before: Counts) -> list[Figure]:
    return [stated(BY_KEY["eksempler"], year, shown, now, before)]


def stated(measure: Measure, year: int, shown: Counts, now: Counts, before: Counts) -> Figure:
    """State a number: of how many, what it was the year before, and what is counted today."""
    found = shown.get((measure.key, year), NOTHING)
    notes = [str(measure.about)] if measure.about and found.rows else []
    if measure.of and found.rows:
        whole = shown.get((measure.of, year), NOTHING)
        notes.insert(0, _("%(n)s of %(all)s") % {"n": found.rows, "all": whole.rows})
    if year:
        last = number_of(before, measure.key, year - 1) or _("none")
        notes.append(_("%(year)s: %(number)s") % {"year": year - 1, "number": last})
    current = now.get((measure.key, year), NOTHING)
    if (current.number, current.rows) != (found.number, found.rows):
        counted = written(current.number) if current.rows else _("none")
        notes.append(_("Counted today: %(number)s") % {"number": counted})
    return Figure(
        number=_number(measure, found),
        label=str(measure.label % int(found.number)) if found.rows else _many(measure),
        url=address(measure.key, year) if found.rows or current.rows else "",
        notes=notes,
        is_example=found.is_example,
    )


def _number(measure: Measure, found: Counted) -> str:
    if not found.rows:
        return ""
    if measure.key.endswith("beloeb"):
        return in_words(int(found.number))
    return written(found.number)


def _many(measure: Measure) -> str:
    return str(measure.label % 0)


def address(key: str, year: int = IN_ALL, **more: str) -> str:
    """Return the address of the list behind a number."""
    asked = {"aar": year, **more} if year else more
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse("results:rows", args=[key]) + query


def _told(
    year: int, examples: dict[int, list[Told]], kept: KeptYear | None, now: Counts
) -> Iterator[Figure]:
    """State what good examples tell, and how many of the organisations told it."""
    current = {one.unit: one for one in examples.get(year, [])}
    members = now.get(("organisationer", IN_ALL), NOTHING).rows
    found = [*current.values()]
    if kept:
        members, found = kept.behind.get("members", members), [Told(**one) for one in kept.told]
    for one in found:
        of = {"n": one.organisations, "all": members, "cases": one.cases}
        words = (
            _("Told by %(n)s of %(all)s organisations")
            if one.organisations <= members
            else ngettext(
                "Told by %(n)s organisation", "Told by %(n)s organisations", one.organisations
            )
        )
        notes = [words % of]
        since = current.get(one.unit)
        if since is None or since.number != one.number:
            today = written(since.number) if since else _("none")
            notes.append(_("Counted today: %(number)s") % {"number": today})
        url = address("oplyst", year, enhed=one.unit)
        yield Figure(written(one.number), one.unit, url, notes, one.is_example, True)


def _chart(measure: Measure, counts: Counts, years: list[int]) -> dict[str, Any]:
    values = [
        (str(year), int(counts.get((measure.key, year), NOTHING).number))
        for year in reversed(years[:LATEST])
    ]
    is_example = counts.get((measure.key, IN_ALL), NOTHING).is_example
    return {"title": _many(measure), "bars": bars(values), "is_example": is_example}


def _standing(counts: Counts) -> Iterator[dict[str, Any]]:
    """Yield how many barriers are in each state, with the width of its bar in percent."""
    found = {key: counts.get((key, IN_ALL), NOTHING).rows for key in STANDING}
    whole = sum(found.values())
    for key, rows in found.items():
        label = str(BY_KEY[key].label % rows)
        percent = 100 * rows / whole if whole else 0
        yield {
            "label": label,
            "rows": rows,
            "percent": f"{percent:.2f}",
            "url": address(key),
        }


def _outside(figures: list[outside.Shown], kept: KeptYear | None) -> dict[str, Any]:
    """Return the figures from outside, those of a kept year as they were, and later ones apart."""
    if kept is None:
        return {"outside": outside.series(figures), "added": []}
    then, added = outside.kept_and_added(kept.outside, figures)
    return {"outside": outside.series(then), "added": outside.series(added)}


def _goals(numbers: progress.Numbers) -> list[progress.Progress]:
    goals = Goal.objects.published().prefetch_related("steps")
    return [progress.of(goal, numbers) for goal in goals]


def _sides(year: int) -> list[dict[str, Any]]:
    """Return what was done, and what stopped or was turned down, with as much room for both."""
    titles = (_("What succeeded"), _("What stopped, fell away or was turned down"))
    return [
        {"title": title, "rows": [row for key in keys for row in listed(BY_KEY[key], year)[:FEW]]}
        for title, keys in zip(titles, (SUCCEEDED, ENDED_OTHERWISE), strict=True)
    ]


def listed(measure: Measure, year: int = IN_ALL) -> "Listed":
    return Listed(measure, year)


class Listed:
    """The rows behind a number, ready for a list as they are asked for."""

    def __init__(self, measure: Measure, year: int) -> None:
        self.measure, self.rows = measure, rows_behind(measure, year)

    def __getitem__(self, some: slice) -> list[dict[str, Any]]:
        return [ready(row, self.measure) for row in self.rows[some]]


def ready(row: Any, measure: Measure | None = None) -> dict[str, Any]:
    """Return a row as lists show it; of a consortium the page of its call."""
    place = row.call if isinstance(row, Consortium) else row
    value = getattr(row, "counts_for", None)
    return {
        "title": str(row),
        "url": place.get_absolute_url(),
        "kind": str(measure.label % 1) if measure else "",
        "value": "" if value is None or measure is None else f"{written(value)} {measure.unit}",
        "is_example": getattr(place, "is_example", False),
    }


def rows_page(key: str, year: int, unit: str) -> dict[str, Any]:
    """Return the heading of the list behind a number."""
    when = _("in %(year)s") % {"year": year} if year else _("in all")
    if key == "oplyst":
        what = unit or _("Numbers of good examples")
        return {"title": f"{what}, {when}", "year": year}
    measure = BY_KEY[key]
    counts = count()
    found = counts.get((key, year), NOTHING)
    number = _number(measure, found) or capfirst(_("none"))
    label = measure.label % int(found.number)
    kept = KeptYear.objects.filter(year=year).first() if year else None
    return {
        "title": f"{number} {label}, {when}",
        "measure": measure,
        "year": year,
        "kept": kept,
        "was": _was(measure, kept) if kept else "",
    }


def _was(measure: Measure, kept: KeptYear) -> str:
    """Return in a sentence what a kept year says of a measure."""
    one = kept.counted.get(measure.key)
    number = _number(measure, Counted.brought_back(one)) if one else _("none")
    day = date_format(timezone.localdate(kept.kept_at), "DATE_FORMAT")
    return _("The figures of the year were kept on %(day)s. Then it was: %(number)s.") % {
        "day": day,
        "number": number,
    }
