"""Letters about meetings; a reply reaches the secretariat.

Each letter about one meeting carries the reader's own links to answer by and the calendar entry.
"""

from collections.abc import Iterable
from textwrap import indent
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import translation

from meetings.agenda import schedule
from meetings.calendar.ical import Method, enclosure
from meetings.inviting import answer_links
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting, Precision
from taskforce.core import mail
from taskforce.core.rich_text import as_html, as_text
from taskforce.members.models import Member, NameVisibility


def write_to(member: Member, name: str, **context: Any) -> None:
    """Put a letter in the outbox, unless the person is a former member; needs the user."""
    if member.is_current:
        mail.send(name, to=member.user.email, reply_to=settings.SECRETARIAT_EMAIL, context=context)


def listed(meeting: Meeting) -> QuerySet[Attendance]:
    """Return everybody on the meeting's list who gets mail."""
    return meeting.attendances.of_current_members().select_related("member__user")


def invite(meeting: Meeting, attendances: Iterable[Attendance]) -> None:
    _send("meeting_invitation", meeting, attendances, agenda=_agenda(meeting))


def send_agenda(meeting: Meeting, attendances: Iterable[Attendance]) -> None:
    _send("meeting_agenda", meeting, attendances, agenda=_agenda(meeting))


def remind(meeting: Meeting, attendances: Iterable[Attendance]) -> None:
    """Ask those who have not answered once more."""
    _send("meeting_reminder", meeting, attendances)


def notify_moved(*, before: Meeting, meeting: Meeting) -> None:
    """Tell everybody invited the new time and place, and the old.

    Where only the month is known by now, the old day is freed in calendars.
    """
    if meeting.date_precision == Precision.MONTH:
        before.sequence = meeting.sequence
        freed: dict[str, Any] = {"method": Method.CANCEL, "entry_of": before}
    else:
        freed = {}
    _send("meeting_moved", meeting, listed(meeting), before=before, **freed)


def notify_cancelled(meeting: Meeting) -> None:
    """Tell everybody invited that the meeting is cancelled, and free the time."""
    _send("meeting_cancelled", meeting, listed(meeting), method=Method.CANCEL)


def notify_answered(
    meeting: Meeting, attendance: Attendance, answer: Answer, *, by: Member
) -> None:
    """Tell a member what another person answered for them."""
    assert attendance.member is not None  # noqa: S101  # callers leave out guests
    with translation.override("da"):
        links = answer_links.of(attendance, meeting)
    write_to(
        attendance.member,
        "meeting_answered",
        meeting=meeting,
        answer=answer,
        by=by,
        by_name="" if by.name_visibility == NameVisibility.NOBODY else by.user.name,
        links=links,
    )


def _agenda(meeting: Meeting) -> list[dict[str, Any]]:
    """Return the agenda with its times as a stranger may read it, since mail is passed on."""
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


def _send(
    name: str,
    meeting: Meeting,
    attendances: Iterable[Attendance],
    *,
    method: Method = Method.REQUEST,
    entry_of: Meeting | None = None,
    **context: Any,
) -> None:
    kind = f"text/calendar; method={method}"
    for attendance in attendances:
        assert attendance.member is not None  # noqa: S101  # callers leave out guests
        entry = enclosure(entry_of or meeting, to=attendance.member, method=method)
        with translation.override("da"):
            links = answer_links.of(attendance, meeting)
        mail.send(
            name,
            to=attendance.member.user.email,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"meeting": meeting, "attendance": attendance, "links": links, **context},
            attachments=[(f"moede-{meeting.number}.ics", entry, kind)],
            # Calendars that do not look into attachments read this part.
            alternatives=[(entry.decode(), kind)],
        )
