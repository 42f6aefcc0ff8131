"""Meetings as iCalendar (RFC 5545): a feed, a file, and the entry in a letter."""

from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import translation

from meetings.models import Meeting, MeetingState
from meetings.models.meeting import day_after
from taskforce.core import ical
from taskforce.core.mailing import Reader


class Method(StrEnum):
    """What a letter asks the reader's calendar to do (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def feed(meetings: list[Meeting]) -> bytes:
    """Return the meetings as UTF-8, without what only members may read."""
    found = ical.begin()
    found.add("x-wr-calname", ical.PORTAL)
    for meeting in meetings:
        found.add_component(event(meeting))
    return ical.write(found)


def file(meeting: Meeting, *, with_link: bool) -> bytes:
    """Return one meeting, for members with the link to the online meeting."""
    found = ical.begin()
    entry = event(meeting)
    if with_link:
        _add_link(entry, meeting)
    found.add_component(entry)
    return ical.write(found)


def enclosure(meeting: Meeting, *, to: Reader, method: Method) -> bytes:
    """Return the calendar's part of a letter: it reserves the time, or frees it again.

    It names only the reader, since others who are invited may not show their names.
    """
    found = ical.begin()
    found.add("method", method)
    with translation.override("da"):
        entry = event(meeting)
        _add_link(entry, meeting)
    # Calendars take an invitation from nobody but its sender; a reply reaches the secretariat.
    entry.add("organizer", _person(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], CN=ical.PORTAL))
    # People answer in the portal; an answer from a calendar would not reach the meeting's list.
    entry.add("attendee", _person(to.email, CN=to.name, RSVP="FALSE"))
    entry.pop("status", None)
    entry.add("status", "CANCELLED" if method == Method.CANCEL else "CONFIRMED")
    found.add_component(entry)
    return ical.write(found)


def event(meeting: Meeting) -> icalendar.Event:
    """Return one meeting with a day. Without hours it takes a whole day that leaves people free."""
    found = ical.event(f"meeting-{meeting.number}", meeting.sequence, meeting.get_absolute_url())
    found.add("summary", f"{meeting} · {ical.PORTAL}")
    if meeting.place:
        found.add("location", meeting.place)
    if meeting.state == MeetingState.CANCELLED:
        found.add("status", "CANCELLED")
    _add_times(found, meeting)
    return found


def _add_times(found: icalendar.Event, meeting: Meeting) -> None:
    zone = ZoneInfo(settings.TIME_ZONE)
    if meeting.starts:
        found.add("dtstart", datetime.combine(meeting.date, meeting.starts, zone))
        if meeting.ends:
            found.add("dtend", datetime.combine(meeting.date, meeting.ends, zone))
        return
    found.add("dtstart", meeting.date)
    found.add("dtend", day_after(meeting.date, meeting.date_precision))
    found.add("transp", "TRANSPARENT")


def _add_link(found: icalendar.Event, meeting: Meeting) -> None:
    if meeting.link:
        found.add("description" if meeting.place else "location", meeting.link)


def _person(email: str, **parameters: str) -> icalendar.vCalAddress:
    found = icalendar.vCalAddress(f"mailto:{email}")
    for name, value in parameters.items():
        found.params[name] = value
    return found
