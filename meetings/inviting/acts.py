"""Invite to a meeting, send its agenda: who is asked, and the letters that go to each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import indent
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from meetings.agenda import schedule
from meetings.calendar.ical import Method, enclosure
from meetings.inviting import answer_links
from meetings.models import Attendance, AttendanceStatus, Meeting, Precision
from taskforce.core import mail
from taskforce.core.rich_text import as_html, as_text
from taskforce.members.models import Member


@dataclass(frozen=True)
class Guest:
    """Somebody from outside who comes along; the portal writes no mail to guests."""

    name: str
    organisation: str


def can_invite(meeting: Meeting) -> bool:
    """Tell whether there is a day to invite to, and it is ahead."""
    is_day = meeting.date_precision == Precision.DAY
    return meeting.state == "planned" and is_day and meeting.over_at > timezone.now()


def not_yet_invited(meeting: Meeting) -> QuerySet[Member]:
    """Return the members of today whom the meeting's list lacks."""
    listed = meeting.attendances.filter(member__isnull=False).values("member")
    return (
        Member.objects.current()
        .exclude(pk__in=listed)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )


@transaction.atomic
def invite(
    *, meeting: Meeting, members: Iterable[Member], guests: Sequence[Guest] = ()
) -> int | None:
    """Put people on the meeting's list and write to the members among them, once a person.

    Returns how many letters went out; None where there is nothing to invite to any more.
    """
    # Under the lock of the meeting the second of two senders finds everybody invited.
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not can_invite(locked):
        return None
    asked = not_yet_invited(locked).filter(pk__in=[member.pk for member in members])
    invited = Attendance.objects.bulk_create(_of_member(locked, member) for member in asked)
    Attendance.objects.bulk_create(_of_guest(locked, guest) for guest in _new(guests, locked))
    agenda = _agenda(locked)
    if locked.invited_at is None:
        locked.invited_at = timezone.now()
        locked.agenda_sent_at = locked.invited_at if agenda else None
        locked.save(update_fields=["invited_at", "agenda_sent_at"])
    _write("meeting_invitation", locked, invited, agenda=agenda)
    return len(invited)


def can_send_agenda(meeting: Meeting) -> bool:
    """Tell whether there is somebody to send an agenda to, and the meeting is ahead."""
    return can_invite(meeting) and meeting.invited_at is not None and meeting.agenda.exists()


def last_sent(meeting: Meeting) -> str:
    """Return a mark of when the agenda was last sent, for the button that sends it."""
    return meeting.agenda_sent_at.isoformat() if meeting.agenda_sent_at else ""


@transaction.atomic
def send_agenda(*, meeting: Meeting, sent_before: str) -> int | None:
    """Send everybody on the list the agenda as it stands now.

    Returns how many letters went out; None where there is nothing to send, or somebody has sent
    it since the button's page was made (`last_sent`): a button may be pressed twice.
    """
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not can_send_agenda(locked) or last_sent(locked) != sent_before:
        return None
    locked.agenda_sent_at = timezone.now()
    locked.save(update_fields=["agenda_sent_at"])
    told = [*_listed(locked)]
    _write("meeting_agenda", locked, told, agenda=_agenda(locked))
    return len(told)


def tell_moved(*, before: Meeting, meeting: Meeting) -> None:
    """Tell everybody invited of another time or place, with the old and the new."""
    _write("meeting_moved", meeting, _listed(meeting), before=before)


def tell_cancelled(meeting: Meeting) -> None:
    """Tell everybody invited that the meeting is cancelled, and free the time."""
    _write("meeting_cancelled", meeting, _listed(meeting), method=Method.CANCEL)


def remind(meeting: Meeting, attendances: Iterable[Attendance]) -> None:
    """Ask again those who have not answered."""
    _write("meeting_reminder", meeting, attendances)


def _of_member(meeting: Meeting, member: Member) -> Attendance:
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
    return Attendance(meeting=meeting, name=guest.name, organisation_name=guest.organisation)


def _new(guests: Sequence[Guest], meeting: Meeting) -> list[Guest]:
    """Leave out guests who are on the list already: a form may be sent twice."""
    listed = meeting.attendances.filter(member=None).values_list("name", "organisation_name")
    known = {(name.casefold(), organisation.casefold()) for name, organisation in listed}
    return [
        guest
        for guest in guests
        if (guest.name.casefold(), guest.organisation.casefold()) not in known
    ]


def _listed(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.of_current_members().select_related("member__user")


def _agenda(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the agenda as everybody may read it, since mail is passed on, with its times."""
    items = [*meeting.agenda.with_responsible(AnonymousUser())]
    begins = schedule.beginnings(meeting, items)
    return [
        {
            "item": item,
            "begins": begins.get(item.pk),
            "details": indent(as_text(as_html(item.details)), "    "),
        }
        for item in items
    ]


def _write(
    name: str,
    meeting: Meeting,
    attendances: Iterable[Attendance],
    *,
    method: Method = Method.REQUEST,
    **context: Any,
) -> None:
    """Put a letter to each person in the outbox, with their own links and the calendar entry."""
    for attendance in attendances:
        assert attendance.member is not None  # noqa: S101  # guests are left out above
        entry = enclosure(meeting, to=attendance.member, method=method)
        with translation.override("da"):
            links = answer_links.of(attendance, meeting)
        mail.send(
            name,
            to=attendance.member.user.email,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"meeting": meeting, "attendance": attendance, "links": links, **context},
            attachments=[(f"moede-{meeting.number}.ics", entry, f"text/calendar; method={method}")],
        )
