"""Remind those who follow of the dates ahead: at 30, 14, 3 and 1 days, each once."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from calls.deadlines import in_words, time_left
from calls.following import letters, moments
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
    """Send one follower what is due; it is written down in the same transaction as the mail."""
    with translation.override("da"):
        due = [(moment, days) for moment in _moments(follow) if (days := moment.due(now))]
        if not due or not letters.is_shown(follow):
            return 0
        sent = 0
        for moment, days in due:
            if moments.is_first(member=follow.member, moment=moment, days=days):
                _write(follow, moment, now)
                sent += 1
        return sent


def _moments(follow: Follow) -> list[moments.Moment]:
    """Return the dates of what is followed, without those of a room that keeps to itself."""
    if follow.consortium is None:
        return moments.of_call(follow.followed)  # type: ignore[arg-type]  # one of the two
    if letters.shows_itself(follow):
        return moments.of_consortium(follow.consortium)
    return moments.of_call(follow.consortium.call)


def _write(follow: Follow, moment: moments.Moment, now: datetime) -> None:
    letters.write(
        follow,
        "call_reminder",
        moment=moment,
        left=time_left(moment.passes_at, now),
        day=in_words(moment.passes_at),
    )
