"""Reminders: whom, when, once. Each app says which are due; here each is sent once.

A source may be asked at any time and however often: what it names as due and was sent before is
not sent again, so that a worker that was away catches up, and two do no harm.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from taskforce.core import jobs
from taskforce.following.models import Follower, Reminder
from taskforce.members.models import User


@dataclass(frozen=True)
class Due:
    """Reminders of one thing and one date, such as "meeting-7 2027-01-12".

    `rows` is asked inside the transaction, under a lock of its own, for those who still wait;
    `whose` names the user or follower of each, or, for anybody else, such as a guest, the row.
    `send` gets those who are new, and returns whom it reached.
    """

    of: str
    rows: Callable[[], Iterable[Any]]
    whose: Callable[[Any], User | Follower | str]
    send: Callable[[Sequence[Any]], Sequence[Any]]


Source = Callable[[datetime], Iterable[Due]]
_sources: list[Source] = []


def reminders(source: Source) -> Source:
    """Register a function that yields what is due at a moment."""
    _sources.append(source)
    return source


def remind_all(now: datetime) -> int:
    """Send what is due of every source; return how many. A fault of one stops no other."""
    return jobs.all_of("reminders", (partial(remind_due, source, now) for source in _sources))


def remind_due(source: Source, now: datetime) -> int:
    """Send what is due of one source; return how many."""
    return jobs.all_of("reminders of a kind", (partial(_number, due) for due in source(now)))


def _number(due: Due) -> int:
    return len(remind(due))


@transaction.atomic
def remind(due: Due) -> Sequence[Any]:
    """Send what was not sent before, recorded in the transaction of its mail; return to whom."""
    rows = [row for row in due.rows() if note(due.of, due.whose(row))]
    return due.send(rows) if rows else []


def note(of: str, whose: User | Follower | str) -> bool:
    """Record a reminder; tell whether it is new. The database keeps out a second row."""
    _row, is_new = Reminder.objects.get_or_create(of=of, **_named(whose))
    return is_new


def _named(whose: User | Follower | str) -> dict[str, Any]:
    """Return the column that names who was reminded."""
    if isinstance(whose, User):
        return {"user": whose}
    return {"row": f"follower-{whose.pk}" if isinstance(whose, Follower) else whose}


def hand_over(follower: Follower, user: User) -> None:
    """Let what a follower was reminded of count for the member that they are now."""
    known = Reminder.objects.filter(user=user).values("of")
    sent = Reminder.objects.filter(**_named(follower))
    sent.exclude(of__in=known).update(user=user, row="")
    sent.delete()


def was_sent(of: str) -> bool:
    """Tell whether anybody was reminded of this thing and date."""
    return Reminder.objects.filter(of=of).exists()
