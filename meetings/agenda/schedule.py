"""When each item of an agenda begins, and whether the meeting is long enough for them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetings.models import AgendaItem, Meeting

ANY_DAY = date(2000, 1, 1)  # clocks alone cannot be added to


def beginnings(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, time]:
    """Return when items begin, by their key; an item whose time nobody can know is left out.

    The first begins with the meeting and each other one when the one before it is over. A time
    that a document told stands as it is, and those after it are counted from there.
    """
    found: dict[int, time] = {}
    clock = _moment(meeting.starts)
    for item in items:
        clock = _moment(item.starts) or clock
        if clock is None or clock.date() != ANY_DAY:  # past midnight there is no agenda
            clock = None
            continue
        found[item.pk] = clock.time()
        clock = clock + timedelta(minutes=item.minutes) if item.minutes else None
    return found


def _moment(clock: time | None) -> datetime | None:
    return datetime.combine(ANY_DAY, clock) if clock else None


@dataclass(frozen=True)
class Slice:
    """What one item takes of the picture: from where, and how wide, in percent."""

    left: float
    width: float


@dataclass(frozen=True)
class Budget:
    """How many minutes the items take, of those that the meeting has (None: nobody knows)."""

    used: int
    available: int | None
    lengths: list[int]
    unknown: int  # how many items have no length, and so are not in what is used

    @property
    def over(self) -> int:
        """How many minutes the agenda runs over the meeting's end."""
        return max(0, self.used - self.available) if self.available is not None else 0

    @property
    def left(self) -> int:
        return max(0, (self.available or 0) - self.used)

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
        return max(self.used, self.available or 0, 1)


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)


def budget(meeting: Meeting, items: Iterable[AgendaItem]) -> Budget:
    told = [item.minutes for item in items]
    lengths = [minutes for minutes in told if minutes]
    starts, ends = _moment(meeting.starts), _moment(meeting.ends)
    available = int((ends - starts).total_seconds() // 60) if starts and ends else None
    unknown = len(told) - len(lengths)
    return Budget(sum(lengths), available, lengths, unknown)
