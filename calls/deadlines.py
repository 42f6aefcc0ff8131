"""Deadlines as people read them: the day in Brussels, the time left in words, a timeline."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import CallDeadline
from calls.models.call import BRUSSELS
from taskforce.core.addresses import address_of

SOON = 30  # days before a deadline from which it is marked
DRAWN = 30  # deadlines in the timeline

# The timeline, in units of its view box.
WIDTH, MARGIN, STEP, BASE = 480, 14, 24, 30
SHORTEST = 60  # days that it shows at least


def in_brussels(moment: datetime) -> datetime:
    """Return a moment as a clock in Brussels shows it, whatever the server's zone is."""
    return moment.astimezone(ZoneInfo(BRUSSELS))


def today() -> date:
    """Return today's date in Brussels, where the days of calls are counted."""
    return in_brussels(timezone.now()).date()


def last_day(passes_at: datetime) -> date:
    """Return the day of a deadline. Midnight is the end of the day before."""
    return in_brussels(passes_at - timedelta(seconds=1)).date()


def days_left(passes_at: datetime, now: datetime) -> int:
    """Return the number of days from today to the day of a deadline."""
    return (last_day(passes_at) - in_brussels(now).date()).days


def time_left(passes_at: datetime | None, now: datetime) -> str:
    """Return in words how much time is left."""
    if passes_at is None:
        return _("No deadline known")
    if passes_at <= now:
        return _("Closed")
    days = days_left(passes_at, now)
    if days > 1:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    clock = clock_of(passes_at)
    if not clock:
        return _("Closes tomorrow") if days else _("Closes today")
    at = {"clock": clock}
    return _("Tomorrow at %(clock)s") % at if days else _("Today at %(clock)s") % at


def clock_of(passes_at: datetime) -> str:
    """Return the time in Brussels; empty where a deadline ends with its day."""
    there = in_brussels(passes_at)
    return f"{there:%H.%M}" if (there.hour, there.minute) != (0, 0) else ""


def in_words(passes_at: datetime) -> str:
    """Return day and time, "7. december 2022 kl. 17.00"; the day alone where it has no time."""
    day = str(formats.date_format(last_day(passes_at), "DATE_FORMAT"))
    clock = clock_of(passes_at)
    return _("%(day)s at %(clock)s") % {"day": day, "clock": clock} if clock else day


def is_soon(passes_at: datetime | None, now: datetime) -> bool:
    return passes_at is not None and passes_at > now and days_left(passes_at, now) <= SOON


@dataclass(frozen=True)
class Dot:
    """A deadline as a dot in the timeline, and its texts for the list below."""

    number: int
    x: int
    y: int
    day: str
    left: str
    title: str
    stage: str
    url: str
    is_soon: bool


@dataclass(frozen=True)
class Timeline:
    """The next deadlines along the months; a list below has a line for each dot."""

    dots: list[Dot]
    months: list[tuple[int, str]]
    height: int

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def line(self) -> int:
        """Return the vertical position of the line with the months."""
        return self.height - BASE


def timeline(deadlines: QuerySet[CallDeadline], now: datetime) -> Timeline | None:
    """Return the next deadlines as a timeline; None where none is ahead."""
    ahead = deadlines.filter(passes_at__gt=now).order_by("passes_at", "pk")
    rows = [*ahead.values("passes_at", "label", "call__title", "call__slug")[:DRAWN]]
    if not rows:
        return None
    first_day = in_brussels(now).date()
    days = max(SHORTEST, days_left(rows[-1]["passes_at"], now))
    scale = (WIDTH - 2 * MARGIN) / days
    places = [MARGIN + days_left(row["passes_at"], now) * scale for row in rows]
    levels = [*_levels(places)]
    height = BASE + STEP * (max(levels) + 1) + STEP // 2
    dots = [
        _dot(number, row, x, height - BASE - STEP * level - STEP // 2 - 4, now)
        for number, (row, x, level) in enumerate(zip(rows, places, levels, strict=True), 1)
    ]
    months = [
        (round(MARGIN + (first - first_day).days * scale), name)
        for first, name in _months(first_day, days)
    ]
    return Timeline(dots, months, height)


def _dot(number: int, row: Mapping[str, Any], x: float, y: int, now: datetime) -> Dot:
    passes_at = row["passes_at"]
    return Dot(
        number=number,
        x=round(x),
        y=y,
        day=in_words(passes_at),
        left=time_left(passes_at, now),
        title=row["call__title"],
        stage=row["label"],
        url=address_of("calls:detail", row["call__slug"]),
        is_soon=is_soon(passes_at, now),
    )


def _levels(places: Iterable[float]) -> Iterator[int]:
    """Yield the level of each dot above the line, so that none hides another."""
    ends: list[float] = []
    for x in places:
        level = next((at for at, end in enumerate(ends) if x - end >= STEP), len(ends))
        ends[level:] = [x, *ends[level + 1 :]]
        yield level


def _months(begins: date, days: int) -> Iterator[tuple[date, str]]:
    """Yield first days of months with their names, no more than there is room for."""
    first = (begins.replace(day=1) + timedelta(days=32)).replace(day=1)
    every = max(1, days // 330)
    place = 0
    while (first - begins).days <= days:
        if place % every == 0:
            yield first, str(formats.date_format(first, "M"))
        first = (first + timedelta(days=32)).replace(day=1)
        place += 1
