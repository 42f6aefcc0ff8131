"""The dates that are reminded of: deadlines of calls, and days that consortia set themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from calls.deadlines import days_left
from calls.models import Call, CallDeadline, Consortium, SentReminder
from calls.models.call import BRUSSELS
from taskforce.members.models import Member

STEPS = (1, 3, 14, 30)  # days before a date


@dataclass(frozen=True)
class Moment:
    """A date ahead of a call; with a consortium, one that the consortium set itself."""

    call: Call
    consortium: Consortium | None
    passes_at: datetime
    label: str

    def due(self, now: datetime) -> int | None:
        """Return which reminder is the one to send now; None where it is too early or too late.

        A worker that was away sends the latest alone: those before it say what is no longer so.
        """
        if self.passes_at <= now:
            return None
        left = days_left(self.passes_at, now)
        return next((step for step in STEPS if left <= step), None)


def of_call(call: Call) -> list[Moment]:
    """Return every deadline of a call."""
    return [_moment(deadline, call) for deadline in call.deadlines.all()]


def of_consortium(consortium: Consortium) -> list[Moment]:
    """Return the deadlines of a consortium's call, and its own date."""
    found = of_call(consortium.call)
    if consortium.suggestions_by:
        after = datetime.combine(consortium.suggestions_by + timedelta(days=1), time.min)
        passes_at = after.replace(tzinfo=ZoneInfo(BRUSSELS))
        found.append(Moment(consortium.call, consortium, passes_at, _("Suggestions")))
    return found


def _moment(deadline: CallDeadline, call: Call) -> Moment:
    return Moment(call, None, deadline.passes_at, deadline.label)


def is_first(*, member: Member, moment: Moment, days: int) -> bool:
    """Write down that a member is told of a moment; False where somebody did already."""
    _row, is_new = SentReminder.objects.get_or_create(
        member=member,
        call=moment.call,
        consortium=moment.consortium,
        passes_at=moment.passes_at,
        days=days,
    )
    return is_new


def count_as_told(*, member: Member, moments: Iterable[Moment], now: datetime) -> None:
    """Take the reminders that are due as sent: the member reads of these dates right now."""
    for moment in moments:
        if days := moment.due(now):
            is_first(member=member, moment=moment, days=days)
