"""The figures of a report: tables with the year before beside, and pictures with their tables."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from meetings.papers.blocks import Block, Picture, Run, heading, paragraph, table
from taskforce.core.amounts import written
from taskforce.core.bars import FLOOR, WIDTH, bars
from taskforce.results import outside
from taskforce.results.measures import BY_KEY, Measure
from taskforce.results.models import Goal, KeptYear, Known
from taskforce.results.pages import SECTIONS
from taskforce.results.report.wording import day_in_words, example, none

AMBER = "#c97a12"  # of the portal
HEIGHT = 120


def blocks(book: KeptYear, until: date) -> Iterator[Block]:
    """Yield all figures of a kept year; goals as they were on a day."""
    yield heading(2, _("Figures"))
    yield paragraph(_("Counted by the portal, unless another source stands beside the figure."))
    for title, keys in SECTIONS:
        measures = [BY_KEY[key] for key in keys if BY_KEY[key].day]
        yield from _section(str(title), measures, book)
    yield from _told(book)
    yield from _outside(book)
    yield from _charts(book)
    yield from _goals(until)


def _section(title: str, measures: list[Measure], book: KeptYear) -> Iterator[Block]:
    yield heading(3, title)
    head = [_("What is counted"), str(book.year), str(book.year - 1)]
    rows = [_counted(measure, book) for measure in measures]
    yield table(_("Figures") + f": {title}", head, rows, [6, 2, 2], 1, 2)


def _counted(measure: Measure, book: KeptYear) -> list[str | Run]:
    found, before = book.counted.get(measure.key), book.behind["before"].get(measure.key)
    words = capfirst(str(measure.label % 2))
    if measure.of and found and found["rows"]:
        whole = book.counted.get(measure.of, {"rows": 0})["rows"]
        words += " – " + _("%(n)s of %(all)s") % {"n": found["rows"], "all": whole}
    words += example(is_example=bool(found and found["is_example"]))
    return [words, _number(found), _number(before)]


def _number(found: dict[str, Any] | None) -> str:
    return written(Decimal(found["number"])) if found and found["rows"] else _("none")


def _told(book: KeptYear) -> Iterator[Block]:
    """Yield what good examples tell, and how many of the organisations told it."""
    title = _("Told in good examples")
    yield heading(3, title)
    if not book.told:
        yield none()
        return
    before = {one["unit"]: one["number"] for one in book.behind["told_before"]}
    head = [_("Unit"), str(book.year), str(book.year - 1), _("Told by")]
    rows: list[list[str | Run]] = []
    for one in book.told:
        of = {"n": one["organisations"], "all": max(book.behind["members"], one["organisations"])}
        unit = one["unit"] + example(is_example=one["is_example"])
        last = written(before[one["unit"]]) if one["unit"] in before else _("none")
        by = _("%(n)s of %(all)s organisations") % of
        rows.append([unit, written(one["number"]), last, by])
    yield table(title, head, rows, [4, 2, 2, 3], 1, 2)


def _outside(book: KeptYear) -> Iterator[Block]:
    """Yield the figures from outside as the year keeps them, corrections of them beside."""
    then, _later = outside.kept_and_added(
        [*book.outside, *book.behind["outside_before"]], outside.published()
    )
    if not then:
        return
    yield heading(3, _("Told by others"))
    head = [_("Period"), pgettext("how many", "Number"), _("How it is known"), _("Source")]
    for series in outside.series(then):
        yield heading(4, series.what)
        title = f"{series.what} ({series.figures[0].unit}, {series.figures[0].known_words})"
        rows = [_from_outside(one) for one in series.figures]
        yield table(title, head, rows, [3, 2, 4, 4], 1)


def _from_outside(one: outside.Shown) -> list[str | Run]:
    known = [_known(one), one.way]
    if one.reported:
        known.append(_("%(n)s of %(all)s reported") % {"n": one.reported, "all": one.asked})
    source = f"{one.source}, {day_in_words(one.source_on)}"
    number = f"{written(one.number)} {one.unit}"
    return [
        f"{day_in_words(one.from_on)} – {day_in_words(one.to_on)}",
        f"{number}. {one.since}" if one.since else number,
        ". ".join(words.rstrip(".") for words in known if words),
        Run(source, link=one.source_link),
    ]


def _known(one: outside.Shown) -> str:
    if one.known == Known.REPORTED:
        return _("Reported by %(who)s") % {"who": one.known_by}
    return ": ".join(filter(None, (one.known_words, one.known_by)))


def _charts(book: KeptYear) -> Iterator[Block]:
    """Yield a picture of each series that has something to show, and its table."""
    series = {BY_KEY[key]: found for key, found in book.behind["series"].items()}
    shown = {one: found for one, found in series.items() if any(number for _y, number in found)}
    if not shown:
        return
    yield heading(3, _("Year by year"))
    for measure, found in shown.items():
        title = capfirst(str(measure.label % 2))
        values = [(str(year), number) for year, number in found]
        yield heading(4, title)
        yield chart(title, values)
        head = [_("Year"), *(year for year, _number in values)]
        numbers: list[str | Run] = [written(number) for _year, number in values]
        cells: list[str | Run] = [pgettext("how many", "Number"), *numbers]
        widths = [2, *[1] * len(values)]
        yield table(_("Year by year") + f": {title}", head, [cells], widths, *range(1, len(head)))


def chart(title: str, values: list[tuple[str, int]]) -> Picture:
    """Return bars as a drawing; the table beside it says the same in words."""
    drawn = [
        f'<rect fill="{AMBER}" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}"/>'
        + (_label(bar.middle, bar.y - 5, str(bar.value)) if bar.value else "")
        + _label(bar.middle, HEIGHT - 8, bar.label)
        for bar in bars(values)
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}"><path stroke="currentColor" d="M0 {FLOOR}h{WIDTH}"/>'
        f"{''.join(drawn)}</svg>"
    )
    told = ", ".join(f"{label}: {written(number)}" for label, number in values)
    alt = _("Bars: %(title)s. %(values)s.") % {"title": title, "values": told}
    return Picture(alt, 9, (WIDTH, HEIGHT), svg=svg)


def _label(x: int, y: int, words: str) -> str:
    style = 'fill="currentColor" font-family="Libertinus Serif" font-size="11" text-anchor="middle"'
    return f'<text x="{x}" y="{y}" {style}>{escape(words)}</text>'


def _goals(until: date) -> Iterator[Block]:
    """Yield each goal with the day it was set and every change of it, until a day."""
    goals = Goal.objects.published().prefetch_related("steps")
    known = [(goal, [one for one in goal.steps.all() if one.on <= until]) for goal in goals]
    known = [(goal, steps) for goal, steps in known if steps]
    if known:
        yield heading(3, _("Goals"))
    head = [_("Day"), _("What happened"), pgettext("how many", "Number"), _("To be reached by")]
    for number, (goal, steps) in enumerate(known, 1):
        yield heading(4, goal.what)
        title = _("Goals") + f" {number}: {goal.what}"
        yield table(title, head, [_step(goal, step) for step in steps], [3, 5, 3, 3], 2)


def _step(goal: Goal, step: Any) -> list[str | Run]:
    words = ". ".join(filter(None, (step.get_kind_display(), step.reason.rstrip("."))))
    number = f"{written(step.number)} {goal.unit}"
    return [day_in_words(step.on), words, number, day_in_words(step.due_on)]
