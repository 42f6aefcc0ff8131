"""Answer an invitation: for oneself, for a colleague, or as the secretariat for anyone."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from meetings.inviting import acts as inviting
from meetings.inviting import answer_links
from meetings.inviting.answers import Answer, choices, given
from meetings.models import Attendance, AttendanceStatus, Format, Meeting, MeetingState, Precision
from taskforce.core import mail
from taskforce.members.models import Member, NameVisibility, Role, names_shown_to

REMINDED_BEFORE = timedelta(days=5)
COUNTED = {
    "room": _("coming, in the room"),
    "online": _("coming, online"),
    "apologies": _("sent apologies"),
    "waiting": _("have not answered"),
}


def takes_answers(meeting: Meeting) -> bool:
    """Tell whether the meeting is still ahead; answers may change until it ends."""
    return meeting.state == MeetingState.PLANNED and meeting.over_at > timezone.now()


def why_closed_to(attendance: Attendance) -> str:
    """Return in a word why somebody's link answers nothing any more; empty where it does."""
    if attendance.member is None or not attendance.member.is_current:
        return "former"
    if attendance.meeting.state == MeetingState.CANCELLED:
        return "cancelled"
    if attendance.status == AttendanceStatus.PRESENT:
        return "there"
    return "" if takes_answers(attendance.meeting) else "over"


def answerable_by(member: Member, meeting: Meeting) -> QuerySet[Attendance]:
    """Return whom a member may answer for.

    Colleagues who show their names to nobody answer for themselves, for no list may name them.
    """
    listed = meeting.attendances.exclude(status=AttendanceStatus.PRESENT)
    if member.role == Role.SECRETARIAT:
        return listed.order_by("organisation_name", "name")
    shown = {"name_visibility__in": names_shown_to(member.user)}
    colleagues = Q(member__organisation=member.organisation_id, member__to_date=None, **shown)
    return listed.filter(Q(member=member) | colleagues).order_by("name")


@transaction.atomic
def answer(*, attendance: Attendance, answer: Answer, by: Member) -> bool:
    """Take an answer; False where the meeting takes none, or not this one, any more.

    Somebody whom another person answered for is told by mail.
    """
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    people = meeting.attendances.exclude(status=AttendanceStatus.PRESENT)
    row = people.select_related("member__user").filter(pk=attendance.pk).first()
    if row is None or not takes_answers(meeting) or answer not in choices(meeting):
        return False
    is_new = given(row) != answer
    row.status, row.online = answer.status, answer.is_online
    row.answered_at, row.answered_by = timezone.now(), by
    row.save(update_fields=["status", "online", "answered_at", "answered_by"])
    if is_new and row.member and row.member != by and row.member.is_current:
        _tell(meeting, row, answer, by=by)
    return True


def fit_to(meeting: Meeting) -> None:
    """Keep the answers true where the meeting is held in another way than when they were given.

    Who would come to the room comes online where there is no room. Who would come online has not
    said that they would travel, and is asked anew.
    """
    coming = meeting.attendances.filter(status=AttendanceStatus.COMING)
    if meeting.format == Format.ONLINE:
        coming.update(online=True)
    elif meeting.format == Format.IN_PERSON:
        coming.filter(online=True).update(
            status=AttendanceStatus.INVITED, online=False, answered_at=None, reminded_at=None
        )


def answer_by_link(attendance: Attendance, given: Answer) -> bool:
    """Take the answer of the person whose link it is; False where `answer` says so."""
    assert attendance.member is not None  # noqa: S101  # links are made for members only
    return answer(attendance=attendance, answer=given, by=attendance.member)


def _tell(meeting: Meeting, row: Attendance, answer: Answer, *, by: Member) -> None:
    assert row.member is not None  # noqa: S101  # asked before
    with translation.override("da"):
        links = answer_links.of(row, meeting)
    mail.send(
        "meeting_answered",
        to=row.member.user.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={
            "meeting": meeting,
            "answer": answer,
            "by": by,
            "by_name": "" if by.name_visibility == NameVisibility.NOBODY else by.user.name,
            "links": links,
        },
    )


def counts(meeting: Meeting) -> list[tuple[Any, int, int]]:
    """Return each answer in words, how many gave it, and how many percent of all they are."""
    coming = Q(status=AttendanceStatus.COMING)
    apologies = Q(status=AttendanceStatus.APOLOGIES)
    found: dict[str, Any] = meeting.attendances.aggregate(
        room=Count("pk", filter=coming & Q(online=False)),
        online=Count("pk", filter=coming & Q(online=True)),
        apologies=Count("pk", filter=apologies),
        waiting=Count("pk", filter=Q(status=AttendanceStatus.INVITED)),
    )
    total = sum(found.values()) or 1
    return [(COUNTED[name], number, round(100 * number / total)) for name, number in found.items()]


def remind_due(now: datetime) -> int:
    """Remind those who have not answered of the meetings that are near; return how many."""
    today = timezone.localdate(now)
    near = Meeting.objects.planned().filter(
        date_precision=Precision.DAY,
        date__range=(today, today + REMINDED_BEFORE),
        invited_at__isnull=False,
    )
    return sum(_remind(meeting, now) for meeting in near)


@transaction.atomic
def _remind(meeting: Meeting, now: datetime) -> int:
    """Remind each person of a meeting once, however often and by how many it is tried."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not takes_answers(locked):
        return 0
    waiting = locked.attendances.unanswered().of_current_members().filter(reminded_at=None)
    asked = [*waiting.select_related("member__user")]
    inviting.remind(locked, asked)
    Attendance.objects.filter(pk__in=[row.pk for row in asked]).update(reminded_at=now)
    return len(asked)
