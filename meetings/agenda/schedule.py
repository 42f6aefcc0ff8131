"""When each item of an agenda begins, and whether the meeting is long enough for them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetings.models import AgendaItem, Meeting

ANY_DAY = date.min  # clocks alone cannot be added to


def beginnings(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, time]:
    """Return when items begin, by primary key; items whose time nobody can know are left out.

    The first item begins with the meeting, each other one when the one before it ends. An item
    with a time of its own, read from a document, begins then, and those after it follow.
    """
    found: dict[int, time] = {}
    clock = _moment(meeting.starts)
    for item in items:
        clock = _moment(item.starts) or clock
        if clock is None or clock.date() != ANY_DAY:  # no item begins after midnight
            clock = None
            continue
        found[item.pk] = clock.time()
        clock = clock + timedelta(minutes=item.minutes) if item.minutes else None
    return found


def minutes_between(starts: time | None, ends: time | None) -> int | None:
    """Return how many minutes lie between two times of a day; None where one is unknown."""
    if starts is None or ends is None:
        return None
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


def _moment(clock: time | None) -> datetime | None:
    return datetime.combine(ANY_DAY, clock) if clock else None


@dataclass(frozen=True)
class Slice:
    """The bar of one item in the picture: its left edge and its width, in percent."""

    left: float
    width: float


@dataclass(frozen=True)
class Budget:
    """How many minutes the items take, and how many the meeting has (None: nobody knows)."""

    used: int
    available: int | None
    lengths: list[int]
    unknown: int  # how many items have no length; `used` leaves them out

    @property
    def over(self) -> int:
        """How many minutes the agenda runs over the meeting's end."""
        return max(0, self.used - self.available) if self.available is not None else 0

    @property
    def left(self) -> int:
        return max(0, self.available - self.used) if self.available is not None else 0

    @property
    def end(self) -> float:
        """Where the meeting ends in the picture, in percent of its width."""
        return _percent(self.available or self.used, self._whole)

    @property
    def slices(self) -> list[Slice]:
        done, found = 0, []
        for minutes in self.lengths:
            found.append(Slice(_percent(done, self._whole), _percent(minutes, self._whole)))
            done += minutes
        return found

    @property
    def _whole(self) -> int:
        return max(self.used, self.available or 1)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def budget(meeting: Meeting, items: Iterable[AgendaItem]) -> Budget:
    minutes = [item.minutes for item in items]
    lengths = [length for length in minutes if length]
    starts, ends = _moment(meeting.starts), _moment(meeting.ends)
    available = (ends - starts) // timedelta(minutes=1) if starts and ends else None
    return Budget(sum(lengths), available, lengths, unknown=len(minutes) - len(lengths))
