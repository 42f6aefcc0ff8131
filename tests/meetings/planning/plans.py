"""What tests of planning, inviting and answering share."""

import re
from datetime import date, time, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
from django.utils import timezone

from meetings.inviting import acts as inviting
from meetings.models import Meeting, MeetingState
from taskforce.members.models import Member
from tests.factories import make_meeting


def days_ahead(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


NEW = {
    "number": "8",
    "day": str(days_ahead(30)),
    "starts": "14:00",
    "ends": "15.30",
    "format": "hybrid",
    "place": "Odense",
    "link": "https://meet.example.org/room",
}


def make_planned(number: int = 7, **fields: Any) -> Meeting:
    """Make a meeting in three weeks, with everything known about it."""
    facts = {
        "date": days_ahead(21),
        "starts": time(14),
        "ends": time(15, 30),
        "format": "hybrid",
        "place": "Rådhuset; sal 2, Odense",
        "link": "https://meet.example.org/secret-room",
        "state": MeetingState.PLANNED,
    }
    return make_meeting(number, **(facts | fields))


def invite(meeting: Meeting, *members: Member) -> None:
    """Invite members as the secretariat does, its letters included."""
    inviting.invite(meeting=meeting, members=members)
    meeting.refresh_from_db()


def typed(meeting: Meeting, **changes: Any) -> dict[str, Any]:
    """Return the fields of the form that edits a meeting, as they are filled in from the start."""
    from meetings.planning.forms import MeetingForm

    form = MeetingForm(instance=meeting)
    shown = {field.name: field.value() for field in form}
    as_sent = {name: "" if value is None else str(value) for name, value in shown.items()}
    return as_sent | {name: str(value) for name, value in changes.items()}


def body(letter: EmailMessage) -> str:
    """Return the text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text


def links(letter: EmailMessage) -> list[str]:
    """Return the addresses by which the letter's reader may answer, in the order of the mail."""
    return re.findall(r"https?://[^/\s]+(/moeder/svar/\S+)", body(letter))


def attached(letter: EmailMessage) -> str:
    """Return the calendar entry of a letter, its folded lines put together again."""
    (part,) = letter.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    # The entry's method stands in the mail too, where a calendar looks for it first.
    assert f"METHOD:{part.get_param('method')}" in payload.decode()
    return unfolded(payload)


def unfolded(content: bytes) -> str:
    return re.sub(r"\r?\n[ \t]", "", content.decode()).replace("\r\n", "\n")


def values(text: str, name: str) -> list[str]:
    """Return the values of a property, as they stand, by a reader that knows lines only."""
    return re.findall(rf"^{name}(?:;[^:\n]*)?:(.*)$", text, re.MULTILINE)


def the_event(content: str) -> Any:
    (event,) = icalendar.Calendar.from_ical(content.replace("\n", "\r\n")).walk("VEVENT")
    return event
