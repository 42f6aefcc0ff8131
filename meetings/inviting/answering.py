"""Answer an invitation: for oneself, for a colleague, or as the secretariat for anyone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.inviting import letters
from meetings.inviting.acts import is_late, of_member
from meetings.inviting.answers import Answer, choices, given
from meetings.models import Attendance, AttendanceStatus, Format, Meeting, MeetingState
from taskforce.core.acts import Refused
from taskforce.members.models import Member, Role, names_shown_to

COUNTED = {
    "room": gettext_lazy("coming, in the room"),
    "online": gettext_lazy("coming, online"),
    "apologies": gettext_lazy("sent apologies"),
    "waiting": gettext_lazy("have not answered"),
}


def takes_answers(meeting: Meeting) -> bool:
    """Tell whether the meeting is still planned and not over; answers may change until it ends."""
    return meeting.state == MeetingState.PLANNED and meeting.over_at > timezone.now()


def why_closed_to(attendance: Attendance) -> str:
    """Return in a word why a person's link takes no answer any more; empty where it does."""
    member = attendance.member
    if not (member.is_current if member else attendance.email):
        return "former"
    if attendance.meeting.state == MeetingState.CANCELLED:
        return "cancelled"
    if attendance.status == AttendanceStatus.PRESENT:
        return "there"
    return "" if takes_answers(attendance.meeting) else "over"


def answerable_by(member: Member, meeting: Meeting) -> QuerySet[Attendance]:
    """Return the rows that a member may answer for.

    No list may name colleagues who show their names to nobody, so they answer for themselves.
    """
    listed = meeting.attendances.exclude(status=AttendanceStatus.PRESENT)
    if member.role == Role.SECRETARIAT:
        return listed.order_by("organisation_name", "name")
    shown = {"name_visibility__in": names_shown_to(member.user)}
    colleagues = Q(member__organisation=member.organisation_id, member__to_date=None, **shown)
    return listed.filter(Q(member=member) | colleagues).order_by("name")


@transaction.atomic
def answer(*, attendance: Attendance, answer: Answer, by: Member | None) -> Attendance:
    """Save an answer; who did not give it is notified. `by` is None where a guest answers.

    Refused where the meeting takes no answers any more, or is held in a way that this one does
    not fit.
    """
    meeting = Meeting.objects.select_for_update().get(pk=attendance.meeting_id)
    people = meeting.attendances.exclude(status=AttendanceStatus.PRESENT)
    row = people.select_related("member__user").filter(pk=attendance.pk).first()
    if attendance.pk is None and by and by == attendance.member:
        row = _own_row(meeting, by)
    if row is None or not takes_answers(meeting) or answer not in choices(meeting):
        raise Refused(_("The meeting takes no answers any more."))
    is_new = given(row) != answer
    row.status, row.online = answer.status, answer.is_online
    row.answered_at, row.answered_by = timezone.now(), by
    row.earlier_status, row.earlier_online, row.earlier_day = "", False, None
    earlier = ["earlier_status", "earlier_online", "earlier_day"]
    row.save(update_fields=["status", "online", "answered_at", "answered_by", *earlier])
    if is_new and by and row.member != by:
        letters.notify_answered(meeting, row, answer, by=by)
    return row


def _own_row(meeting: Meeting, member: Member) -> Attendance | None:
    """Return a member's row; whoever joined after the invitations went out gets one."""
    found = meeting.attendances.filter(member=member).select_related("member__user").first()
    if found is None and is_late(member, meeting):
        found = of_member(meeting, member)
        found.save()
    return None if found is None or found.status == AttendanceStatus.PRESENT else found


def answer_by_link(attendance: Attendance, given: Answer) -> Attendance:
    """Save the answer of whose link it is; refused as `answer` is."""
    return answer(attendance=attendance, answer=given, by=attendance.member)


def ask_again(meeting: Meeting, *, before: date) -> None:
    """Ask everybody again after a meeting was moved to another day.

    The answers of before are kept with their day. Whoever answered for the day that it is moved
    back to need not answer a second time.
    """
    people = meeting.attendances.exclude(status=AttendanceStatus.PRESENT)
    anew = {"answered_at": None, "answered_by": None}
    people.exclude(status=AttendanceStatus.INVITED).update(
        earlier_status=F("status"),
        earlier_online=F("online"),
        earlier_day=before,
        status=AttendanceStatus.INVITED,
        online=False,
        **anew,
    )
    people.filter(earlier_day=meeting.date, status=AttendanceStatus.INVITED).update(
        status=F("earlier_status"),
        online=F("earlier_online"),
        answered_at=timezone.now(),
        earlier_status="",
        earlier_online=False,
        earlier_day=None,
    )


def fit_to(meeting: Meeting) -> None:
    """Change the answers that do not fit any more after the meeting's format changed.

    Without a room, whoever would come to it comes online. Without a link, whoever would come
    online did not say that they would travel, and is asked again.
    """
    coming = meeting.attendances.filter(status=AttendanceStatus.COMING)
    if meeting.format == Format.ONLINE:
        coming.update(online=True)
    elif meeting.format == Format.IN_PERSON:
        coming.filter(online=True).update(
            status=AttendanceStatus.INVITED, online=False, answered_at=None
        )


def counts(meeting: Meeting) -> list[tuple[Any, int, int]]:
    """Return for each answer its words, how many gave it, and their share in percent."""
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
