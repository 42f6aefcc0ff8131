"""Remind followers of dates 30, 14, 3 and 1 days ahead, once each."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from calls.deadlines import in_words, time_left
from calls.following import dates, letters
from calls.following.dates import ReminderDate
from calls.models import Follow


def remind_due(now: datetime) -> int:
    """Send every reminder that is due, however long the worker was away; return how many."""
    follows = Follow.objects.of_current_members().select_related(
        "member__user", "call", "consortium__call", "consortium__lead"
    )
    ahead = follows.prefetch_related("call__deadlines", "consortium__call__deadlines")
    return sum(_remind(follow, now) for follow in ahead)


@transaction.atomic
def _remind(follow: Follow, now: datetime) -> int:
    """Send a follower what is due. The reminder is recorded in the transaction of its mail."""
    with translation.override("da"):
        due = [found for found in _dates(follow) if found.due(now)]
        if not due or not letters.may_name(follow):
            return 0
        unsent = dates.mark_sent(member=follow.member, dates=due, now=now)
        for found in unsent:
            _send(follow, found, now)
        return len(unsent)


def _dates(follow: Follow) -> list[ReminderDate]:
    """Return the dates that the member may read: not those of a consortium that hides."""
    if follow.consortium is None:
        return dates.of_call(follow.followed)  # type: ignore[arg-type]  # one of the two
    if letters.may_show_dates(follow):
        return dates.of_consortium(follow.consortium)
    return dates.of_call(follow.consortium.call)


def _send(follow: Follow, found: ReminderDate, now: datetime) -> None:
    letters.send(
        follow,
        "call_reminder",
        moment=found,
        left=time_left(found.passes_at, now),
        day=in_words(found.passes_at),
    )
