"""What people must do before a meeting, for its page, a member's page and the desk."""

from collections.abc import Callable
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
    Precision,
    RoundTableNews,
)
from meetings.round_table import acts as round_table
from taskforce.core.mailing import noted
from taskforce.core.relations import related
from taskforce.members.models import Member, Role, User, Viewer, names_shown_to
from taskforce.members.roles import membership


def section(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return what a meeting's page shows to members before the meeting; nothing to strangers."""
    if (member := membership(viewer)) is None:
        return {}
    is_open = answering.takes_answers(meeting)
    own = meeting.attendances.filter(member=member).select_related("answered_by__user").first()
    return {
        "own_attendance": own,
        "own_key": (str(own.pk) if own else OWN) if own or is_late(member, meeting) else "",
        "own_answer": given(own) if own else None,
        "own_answer_by": _who_answered(own, viewer) if own else "",
        "answers": choices(meeting) if is_open else [],
        "counts": answering.counts(meeting) if _is_counted(meeting, member) else [],
        "round_table": related(meeting, "round_table", viewer).select_related("organisation"),
        "takes_news": round_table.takes_news(meeting),
        **agenda_pages.section(meeting, viewer),
    }


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
    """Return the coming meetings that wait for the member's answer, and for round-table news."""
    coming = Meeting.objects.coming(timezone.localdate())
    asked = [
        row
        for row in Attendance.objects.unanswered()
        .filter(member=member, meeting__in=coming)
        .select_related("meeting")
        if answering.takes_answers(row.meeting)
    ]
    unlisted = coming.filter(invited_at__isnull=False).exclude(attendances__member=member)
    written = RoundTableNews.objects.filter(
        meeting=OuterRef("pk"), organisation=member.organisation_id
    )
    return {
        "to_answer": [
            *(row.meeting for row in asked),
            *(meeting for meeting in unlisted if is_late(member, meeting)),
        ],
        # Whose answer it is, in the form of an answer: rows not in here are of a latecomer.
        "own_rows": {row.meeting_id: str(row.pk) for row in asked},
        "to_write_for": coming.filter(invited_at__isnull=False, minutes=None).exclude(
            Exists(written)
        ),
    }


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
