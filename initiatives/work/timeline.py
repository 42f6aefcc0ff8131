"""Initiatives on a timeline: a bar for each, its milestones, and today.

Positions are percentages of the picture's width, written with a point, as SVG reads them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from initiatives.models import Milestone

TICKS = 4  # at most, so that their labels fit on a phone


@dataclass(frozen=True)
class Tick:
    x: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A milestone's position, and whether it is done, late or ahead."""

    x: str
    kind: str


@dataclass(frozen=True)
class TimelineBar:
    """An initiative's bar (empty without dates), the part of it that is done, and its marks."""

    row: dict[str, Any]
    x: str
    width: str
    done: str
    marks: list[Mark]
    dates: list[tuple[date, StrOrPromise, str]]


@dataclass(frozen=True)
class Picture:
    ticks: list[Tick]
    today: str
    lines: list[TimelineBar]


def picture(
    rows: list[dict[str, Any]], milestones: Iterable[Milestone], today: date
) -> Picture | None:
    """Return the timeline of rows of `board.ready`; None where no date is known."""
    of: dict[int, list[Milestone]] = {row["pk"]: [] for row in rows}
    for milestone in milestones:
        of[milestone.initiative_id].append(milestone)
    known = [day for row in rows for day in _days(row, of[row["pk"]])]
    if not known:
        return None
    scale = _Scale(min(*known, today), max(*known, today))
    lines = [_bar(row, of[row["pk"]], today, scale) for row in rows]
    return Picture(ticks=[*scale.ticks()], today=scale.place(today), lines=lines)


class _Scale:
    """The time from the first day's month to the last day, as percentages."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first.replace(day=1)
        self.last = last
        self.days = max((last - self.first).days + 7, 60)

    def share(self, day: date) -> float:
        return 100 * (day - self.first).days / self.days

    def place(self, day: date) -> str:
        return _percent(self.share(day))

    def ticks(self) -> Iterator[Tick]:
        """Yield marks at first days of months, at even distances."""
        step = max(1, -(-self.days // (31 * TICKS)))
        for number in range(TICKS):
            months = self.first.month - 1 + number * step
            year = self.first.year + months // 12
            if year > date.max.year:
                return
            day = date(year, months % 12 + 1, 1)
            # A label at the very edge would be cut off.
            if self.share(day) <= 85:
                yield Tick(self.place(day), date_format(day, "M Y"))


def _percent(share: float) -> str:
    return f"{share:.2f}%"


def _days(row: dict[str, Any], milestones: Iterable[Milestone]) -> list[date]:
    known = [row["starts_on"], row["due_on"], row["ended_on"]]
    return [day for day in known if day] + [milestone.due_on for milestone in milestones]


def _bar(
    row: dict[str, Any], milestones: list[Milestone], today: date, scale: _Scale
) -> TimelineBar:
    known = _days(row, milestones)
    begin = row["starts_on"] or min(known, default=None)
    end = row["ended_on"] or row["due_on"] or max(known, default=None)
    if end is not None and row["state"] == "running" and not row["due_on"]:
        end = max(end, today)  # it has no end yet
    width = max(scale.share(end) - scale.share(begin), 0) if begin and end else 0.0
    return TimelineBar(
        row=row,
        x=scale.place(begin) if begin else "0%",
        width=_percent(width),
        done=_percent(width * (row["percent"] or 0) / 100),
        marks=[Mark(scale.place(each.due_on), _kind(each, today)) for each in milestones],
        dates=_in_words(row, milestones, today),
    )


def _kind(milestone: Milestone, today: date) -> str:
    if milestone.done_on:
        return "done"
    return "late" if milestone.due_on < today else "ahead"


def _in_words(
    row: dict[str, Any], milestones: list[Milestone], today: date
) -> list[tuple[date, StrOrPromise, str]]:
    """Return the same as text: each day with its label and state, in order."""
    stands = {"done": _("reached"), "late": _("late"), "ahead": ""}
    known: list[tuple[date | None, StrOrPromise, Any]] = [
        (row["starts_on"], _("starts"), ""),
        *((each.due_on, each.title, stands[_kind(each, today)]) for each in milestones),
        (row["due_on"], _("is due"), ""),
        (row["ended_on"], _("ended"), ""),
    ]
    return sorted(
        ((day, words, how) for day, words, how in known if day), key=lambda found: found[0]
    )
