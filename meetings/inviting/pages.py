"""What people must do before a meeting, for its page, a member's page and the desk."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from meetings.agenda import pages as agenda_pages
from meetings.inviting import acts as inviting
from meetings.inviting import answering
from meetings.inviting.acts import is_late
from meetings.inviting.answers import choices, given
from meetings.inviting.forms import OWN, InviteForm
from meetings.models import (
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    Precision,
    RoundTableNews,
)
from meetings.round_table import acts as round_table
from taskforce.core.mailing import noted
from taskforce.core.prepared import prepared
from taskforce.members.models import Member, Role, User, Viewer, names_shown_to
from taskforce.members.roles import membership


def section(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return what a meeting's page shows to members before the meeting; nothing to strangers."""
    if (member := membership(viewer)) is None:
        return {}
    is_open = answering.takes_answers(meeting)
    listed = meeting.attendances.filter(member=member).select_related("answered_by__user")
    own = listed.first() if is_open else None
    return {
        "own_attendance": own,
        "own_key": (str(own.pk) if own else OWN) if own or is_late(member, meeting) else "",
        "own_answer": given(own) if own else None,
        "own_answer_by": _who_answered(own, viewer) if own else "",
        "answers": choices(meeting) if is_open else [],
        "counts": answering.counts(meeting) if _is_counted(meeting, member) else [],
        "round_table": _round_table(viewer, meeting.pk),
        "takes_news": round_table.takes_news(meeting),
        **agenda_pages.section(meeting, viewer),
    }


@prepared
def _round_table(viewer: Viewer, meeting: int) -> QuerySet[RoundTableNews]:
    found = RoundTableNews.objects.visible_to(viewer).filter(meeting=meeting)
    return found.select_related("organisation")


def _is_counted(meeting: Meeting, member: Member) -> bool:
    is_out = meeting.state == MeetingState.PLANNED and meeting.invited_at is not None
    return is_out and member.role == Role.SECRETARIAT


def _who_answered(own: Attendance, viewer: Viewer) -> str:
    """Return who answered for this person; the organisation, if the name may not be read."""
    by = own.answered_by
    if by is None or by.pk == own.member_id:
        return ""
    return by.user.name if by.name_visibility in names_shown_to(viewer) else str(by.organisation)


def waiting_for(member: Member) -> dict[str, Any]:
    """Return the next meeting, and those that wait for the member's answer, and for news."""
    coming: dict[int, Any] = {row.pk: row for row in _coming(timezone.localdate())}
    next_meeting = next(iter(coming.values()), None)
    own = _attendances(member, tuple(coming))
    for row in own:
        row.meeting = coming[row.meeting_id]
    is_asked = (row for row in own if row.status == AttendanceStatus.INVITED)
    asked = [row for row in is_asked if answering.takes_answers(row.meeting)]
    listed, written = {row.meeting_id for row in own}, {*_written_for(member, tuple(coming))}
    invited = [meeting for meeting in coming.values() if meeting.invited_at]
    return {
        "meeting": next_meeting,
        "answer": next((row for row in own if row.meeting == next_meeting), None),
        "to_answer": [
            *(row.meeting for row in asked),
            *(row for row in invited if row.pk not in listed and is_late(member, row)),
        ],
        # Whose answer it is, in the form of an answer: rows not in here are of a latecomer.
        "own_rows": {row.meeting_id: str(row.pk) for row in asked},
        "to_write_for": [row for row in invited if not row.has_minutes and row.pk not in written],
    }


@prepared
def _coming(day: date) -> QuerySet[Meeting]:
    has_minutes = Exists(Minutes.objects.filter(meeting=OuterRef("pk")))
    return Meeting.objects.coming(day).annotate(has_minutes=has_minutes)


@prepared
def _attendances(member: Member, meetings: tuple[int, ...]) -> QuerySet[Attendance]:
    return Attendance.objects.filter(member=member, meeting__in=meetings)


@prepared
def _written_for(member: Member, meetings: tuple[int, ...]) -> QuerySet[RoundTableNews, int]:
    """Return the keys of the meetings for which the member's organisation wrote news."""
    own = RoundTableNews.objects.filter(organisation=member.organisation_id, meeting__in=meetings)
    return own.values_list("meeting", flat=True)


def to_invite(meeting: Meeting) -> dict[str, Any]:
    """Return what the page that invites shows beside its form and its letter."""
    listed = meeting.attendances.select_related("organisation")
    return {
        "meeting": meeting,
        "open": inviting.can_invite(meeting),
        "no_agenda": not meeting.agenda.exists(),
        "attendances": listed.order_by("organisation_name", "name"),
    }


def invitation(meeting: Meeting, form: InviteForm, *, by: User) -> Callable[[], list[Attendance]]:
    """Return the act that invites whom a form chose, for its letter to be shown, or sent."""
    return partial(
        inviting.invite,
        meeting=meeting,
        members=form.chosen,
        guests=form.guests,
        note=noted(form),
        by=by,
    )


def at_the_desk() -> QuerySet[Meeting]:
    """Return the coming meetings, with the numbers of people invited, of answers and of news."""
    unanswered = Q(attendances__status=AttendanceStatus.INVITED)
    return (
        Meeting.objects.coming(timezone.localdate())
        .annotate(
            listed=Count("attendances", distinct=True),
            unanswered=Count("attendances", filter=unanswered, distinct=True),
            news_written=Count("round_table", distinct=True),
            organisations=Count("attendances__member__organisation", distinct=True),
            is_day=Q(date_precision=Precision.DAY),
        )
        .order_by("date", "number")
    )


def not_written_down() -> QuerySet[Meeting]:
    """Return the meetings of the past whose minutes nobody has begun."""
    return Meeting.objects.passed(timezone.localdate()).filter(minutes=None).order_by("date")
