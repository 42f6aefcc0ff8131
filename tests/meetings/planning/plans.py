"""What tests of planning, inviting and answering share."""

import re
from datetime import date, time, timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
from django.test import Client
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


def save(browser: Client, fields: dict[str, Any]) -> Any:
    """Send the form that edits a meeting, and once more where it shows a letter first."""
    page = browser.post("/moeder/7/rediger/", fields)
    if page.status_code == 200 and page.context["post"]:
        fields = fields | {"seen": page.context["post"].mark}
        page = browser.post("/moeder/7/rediger/", fields)
    return page


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
    return unfolded(calendar_of(letter))


def calendar_of(letter: EmailMessage) -> bytes:
    """Return the calendar that a letter carries as the last of its alternatives, and only there."""
    assert letter.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    part = [*letter.iter_parts()][-1]
    assert (part.get_content_disposition(), part.get_filename()) == (None, None)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    # The method stands in the mail, where a calendar looks for it first, and once in the entry.
    assert values(unfolded(payload), "METHOD") == [part.get_param("method")]
    return payload


def unfolded(content: bytes) -> str:
    return re.sub(r"\r?\n[ \t]", "", content.decode()).replace("\r\n", "\n")


def values(text: str, name: str) -> list[str]:
    """Return the values of a property, as they stand, by a reader that knows lines only."""
    return re.findall(rf"^{name}(?:;[^:\n]*)?:(.*)$", text, re.MULTILINE)


def the_event(content: str) -> Any:
    (event,) = icalendar.Calendar.from_ical(content.replace("\n", "\r\n")).walk("VEVENT")
    return event
