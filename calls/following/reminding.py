"""Remind followers of dates 30, 14, 3 and 1 days ahead."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import translation

from calls.deadlines import in_words, time_left
from calls.following import dates, followers, letters
from calls.following.dates import ReminderDate
from calls.following.followers import Following
from taskforce.core.models import How
from taskforce.following.reminding import Due, reminders


@reminders
def of_deadlines(now: datetime) -> Iterator[Due]:
    """Yield what each follower who wants to hear of it is to be reminded of."""
    for found in followers.of_all():
        if found.how not in (None, How.NEVER):
            yield from (_due(found, each, step, now) for each, step in _steps(found, now))


def _steps(found: Following, now: datetime) -> Iterator[tuple[ReminderDate, int]]:
    """Yield the dates that are due, each with its step.

    Whoever begins to follow looks at the page with these dates, so what was due then is known.
    """
    with translation.override("da"):
        for each in _dates(found):
            step = each.due(now)
            if step is not None and step != each.due(found.follow.since):
                yield each, step


def _due(found: Following, each: ReminderDate, step: int, now: datetime) -> Due:
    def send(rows: Sequence[Following]) -> Sequence[Following]:
        with translation.override("da"):
            left, day = time_left(each.passes_at, now), in_words(each.passes_at)
            letters.send(found, "call_reminder", moment=each, left=left, day=day)
        return rows

    return Due(
        each.named(step),
        lambda: [found] if letters.may_name(found) else [],
        lambda one: one.reader,
        send,
    )


def _dates(found: Following) -> list[ReminderDate]:
    """Return the dates that they may read: not those of a consortium that hides."""
    if found.consortium is None:
        return dates.of_call(found.followed)  # type: ignore[arg-type]  # one of the two
    if letters.may_show_dates(found):
        return dates.of_consortium(found.consortium)
    return dates.of_call(found.consortium.call)
