"""Dates that followers are reminded of: deadlines of calls, and days that consortia set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from calls.deadlines import days_left
from calls.models import Call, Consortium
from calls.models.call import BRUSSELS
from taskforce.following import reminding
from taskforce.following.wishes import Reader

STEPS = (1, 3, 14, 30)  # days before a date


@dataclass(frozen=True)
class ReminderDate:
    """A date of a call; with a consortium, one that the consortium set itself."""

    call: Call
    consortium: Consortium | None
    passes_at: datetime
    label: str

    def due(self, now: datetime) -> int | None:
        """Return the step of the reminder to send now; None where it is too early or too late.

        A worker that was away sends the latest reminder alone: the earlier ones are out of date.
        """
        if self.passes_at <= now:
            return None
        left = days_left(self.passes_at, now)
        return next((step for step in STEPS if left <= step), None)

    def named(self, step: int) -> str:
        """Name the reminder a step ahead of this date. A deadline that moves is another date."""
        own = self.consortium
        thing = f"consortium-{own.pk}" if own else f"call-{self.call.pk}"
        return f"{thing} {self.passes_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S} {step}"


def of_call(call: Call) -> list[ReminderDate]:
    """Return every deadline of a call."""
    return [
        ReminderDate(call, None, deadline.passes_at, deadline.label)
        for deadline in call.deadlines.all()
    ]


def of_consortium(consortium: Consortium) -> list[ReminderDate]:
    """Return the deadlines of a consortium's call, and its own date."""
    found = of_call(consortium.call)
    if consortium.suggestions_by and consortium.is_forming:
        after = datetime.combine(consortium.suggestions_by + timedelta(days=1), time.min)
        passes_at = after.replace(tzinfo=ZoneInfo(BRUSSELS))
        found.append(ReminderDate(consortium.call, consortium, passes_at, _("Suggestions")))
    return found


def mark_sent(
    *, reader: Reader, dates: Iterable[ReminderDate], now: datetime
) -> list[ReminderDate]:
    """Record the reminders that are due now as sent; return the dates of those not sent before."""
    return [
        found
        for found in dates
        if (step := found.due(now)) and reminding.note(found.named(step), reader)
    ]
