"""Invite members and guests to a meeting, and send its agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.inviting import letters
from meetings.models import Attendance, AttendanceStatus, Meeting, MeetingState, Precision
from taskforce.core.acts import Refused
from taskforce.core.danish import spelling
from taskforce.core.models import MailingCopy
from taskforce.members.models import Member, User

GUESTS_KEPT = timedelta(days=30)
NOT_SENT = gettext_lazy(
    "Nothing was sent: somebody has just sent it, or there is nobody to send it to."
)


@dataclass(frozen=True)
class Guest:
    """Somebody from outside who is invited; without an e-mail they get no letter."""

    name: str
    organisation: str
    email: str = ""


def can_invite(meeting: Meeting) -> bool:
    """Tell whether the meeting has a day, and that day is ahead."""
    is_day = meeting.date_precision == Precision.DAY
    return meeting.state == MeetingState.PLANNED and is_day and meeting.over_at > timezone.now()


def not_yet_invited(meeting: Meeting) -> QuerySet[Member]:
    """Return the current members who are not on the meeting's list."""
    listed = meeting.attendances.filter(member__isnull=False).values("member")
    return (
        Member.objects.current()
        .exclude(pk__in=listed)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )


def is_late(member: Member, meeting: Meeting) -> bool:
    """Tell whether somebody became a member after the invitations to a meeting went out."""
    sent = meeting.invited_at
    if sent is None or not can_invite(meeting):
        return False
    day = timezone.localdate(sent)
    return member.from_date > day or (member.from_date == day and member.user.date_joined > sent)


def invited_too_early_for() -> list[tuple[Meeting, list[Member]]]:
    """Return coming meetings with those who became members after the invitations went out."""
    coming = Meeting.objects.coming(timezone.localdate()).filter(invited_at__isnull=False)
    meetings = [meeting for meeting in coming if can_invite(meeting)]
    listed = {*Attendance.objects.filter(meeting__in=meetings).values_list("meeting", "member")}
    first = min((timezone.localdate(meeting.invited_at) for meeting in meetings), default=None)
    if first is None:
        return []
    new = Member.objects.current().filter(from_date__gte=first).order_by("user__name")
    members = [*new.select_related("user", "organisation")]
    late = [
        (meeting, [each for each in members if _is_missing(each, meeting, listed)])
        for meeting in meetings
    ]
    return [(meeting, people) for meeting, people in late if people]


def _is_missing(member: Member, meeting: Meeting, listed: set[tuple[int, int]]) -> bool:
    return (meeting.pk, member.pk) not in listed and is_late(member, meeting)


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    members: Iterable[Member],
    guests: Sequence[Guest] = (),
    note: str = "",
    by: User | None = None,
) -> list[Attendance]:
    """Put people on the meeting's list; return the rows of those who got an invitation.

    Whoever is on the list already is left out, so a form sent twice invites once. A guest who was
    listed without an e-mail is invited once there is one.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not can_invite(locked):
        raise Refused(_("There is no day ahead to invite to any more. Nothing was sent."))
    asked = not_yet_invited(locked).filter(pk__in=[member.pk for member in members])
    rows = [of_member(locked, member) for member in asked]
    rows += [_of_guest(locked, guest) for guest in _new(guests, locked)]
    invited = [*_with_address_now(guests, locked), *Attendance.objects.bulk_create(rows)]
    if locked.invited_at is None:
        locked.invited_at = timezone.now()
        locked.agenda_sent_at = locked.invited_at if locked.agenda.exists() else None
        locked.save(update_fields=["invited_at", "agenda_sent_at"])
    return letters.invite(locked, invited, note=note, by=by)


def can_send_agenda(meeting: Meeting) -> bool:
    """Tell whether there is an agenda, somebody to send it to, and the meeting is ahead."""
    return can_invite(meeting) and meeting.invited_at is not None and meeting.agenda.exists()


def must_have_readers(meeting: Meeting) -> None:
    """Raise Refused where there is no agenda, or nobody to send it to."""
    if not can_send_agenda(meeting):
        raise Refused(NOT_SENT)


def last_sent(meeting: Meeting) -> str:
    """Return when the agenda was last sent, for the button that sends it; empty if never."""
    return meeting.agenda_sent_at.isoformat() if meeting.agenda_sent_at else ""


@transaction.atomic
def send_agenda(
    *, meeting: Meeting, sent_before: str, note: str = "", by: User | None = None
) -> list[Attendance]:
    """Send the agenda of now to everybody on the list; return the rows of those who got it.

    Refused if it was sent after the page with the button was made (`last_sent`): people press
    a button twice.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    must_have_readers(locked)
    if last_sent(locked) != sent_before:
        raise Refused(NOT_SENT)
    locked.agenda_sent_at = timezone.now()
    locked.save(update_fields=["agenda_sent_at"])
    return letters.send_agenda(locked, note=note, by=by)


@transaction.atomic
def forget_guests(today: date) -> int:
    """Delete the e-mails of guests a month after their meeting; return how many."""
    guests = Attendance.objects.filter(member=None, meeting__date__lt=today - GUESTS_KEPT)
    MailingCopy.objects.filter(user=None, mailing__sent_at__date__lt=today - GUESTS_KEPT).update(
        email=""
    )
    return guests.exclude(email="").update(email="")


def of_member(meeting: Meeting, member: Member) -> Attendance:
    """Return a row of the list, not saved yet, with the member's name and organisation of today."""
    return Attendance(
        meeting=meeting,
        member=member,
        name=member.user.name,
        name_visibility=member.name_visibility,
        organisation=member.organisation,
        organisation_name=member.organisation.name,
        status=AttendanceStatus.INVITED,
    )


def _of_guest(meeting: Meeting, guest: Guest) -> Attendance:
    return Attendance(
        meeting=meeting, name=guest.name, organisation_name=guest.organisation, email=guest.email
    )


def _new(guests: Sequence[Guest], meeting: Meeting) -> list[Guest]:
    """Return the guests who are not on the list: a form may be sent twice."""
    known = {_spelled(row.name, row.organisation_name) for row in _guests_of(meeting)}
    return [guest for guest in guests if _spelled(guest.name, guest.organisation) not in known]


def _with_address_now(guests: Sequence[Guest], meeting: Meeting) -> list[Attendance]:
    """Give listed guests the e-mail that they lacked; return their rows."""
    emails = {_spelled(guest.name, guest.organisation): guest.email for guest in guests}
    found = []
    for row in _guests_of(meeting).filter(email=""):
        if email := emails.get(_spelled(row.name, row.organisation_name), ""):
            row.email = email
            row.save(update_fields=["email"])
            found.append(row)
    return found


def _guests_of(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.filter(member=None)


def _spelled(name: str, organisation: str) -> tuple[str, str]:
    return spelling(name), spelling(organisation)
