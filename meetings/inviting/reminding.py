"""Remind those who have not answered of a meeting in the next days."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from meetings.inviting import letters
from meetings.inviting.answering import takes_answers
from meetings.models import Attendance, Meeting, Precision
from taskforce.following.reminding import Due, reminders
from taskforce.members.models import User

REMINDED_BEFORE = timedelta(days=5)


@reminders
def of_meetings(now: datetime) -> Iterator[Due]:
    """Yield the meetings of the next days; one that is moved to another day is another date."""
    today = timezone.localdate(now)
    near = Meeting.objects.planned().filter(
        date_precision=Precision.DAY,
        date__range=(today, today + REMINDED_BEFORE),
        invited_at__isnull=False,
    )
    yield from map(_due, near)


def _due(meeting: Meeting) -> Due:
    def waiting() -> list[Attendance]:
        locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if not takes_answers(locked) or locked.date != meeting.date:
            return []
        rows = locked.attendances.unanswered().who_get_mail()
        return [*rows.select_related("member__user")]

    of = f"meeting-{meeting.pk} {meeting.date}"
    return Due(of, waiting, _whose, lambda rows: letters.remind(meeting, rows))


def _whose(row: Attendance) -> User | str:
    return row.member.user if row.member else f"attendance-{row.pk}"
