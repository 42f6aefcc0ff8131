"""Meetings in calendars: a list to subscribe to, one to download, and the letter that invites."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import timezone, translation

from meetings.models import Meeting, MeetingState
from meetings.models.meeting import day_after
from taskforce.core import ical
from taskforce.members.models import Member


class Method(StrEnum):
    """What a letter asks of the reader's calendar (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def feed(meetings: list[Meeting]) -> bytes:
    """Return the meetings as iCalendar (RFC 5545), in UTF-8, as everybody may read them."""
    found = ical.begin()
    found.add("x-wr-calname", ical.PORTAL)
    for meeting in meetings:
        found.add_component(event(meeting))
    return ical.write(found)


def file(meeting: Meeting, *, with_link: bool) -> bytes:
    """Return one meeting as iCalendar; members get the link to the online meeting too."""
    found = ical.begin()
    told = event(meeting)
    if with_link:
        _add_link(told, meeting)
    found.add_component(told)
    return ical.write(found)


def enclosure(meeting: Meeting, *, to: Member, method: Method) -> bytes:
    """Return what a letter carries: a request to keep the time, or word that it is free again.

    It names the reader alone; who else is invited is theirs to show.
    """
    found = ical.begin()
    found.add("method", method)
    with translation.override("da"):
        told = event(meeting)
        _add_link(told, meeting)
    told.add("organizer", _person(settings.SECRETARIAT_EMAIL, CN=ical.PORTAL))
    # Answers are given in the portal; one that a calendar sent would reach nobody's list.
    told.add("attendee", _person(to.user.email, CN=to.user.name, RSVP="FALSE"))
    if method == Method.REQUEST:
        told.add("status", "CONFIRMED")
    found.add_component(told)
    return ical.write(found)


def event(meeting: Meeting) -> icalendar.Event:
    """Return one meeting. Without hours it takes whole days that leave people free.

    Where only the month is known it takes the month: no day is invented.
    """
    found = icalendar.Event()
    found.add("uid", f"meeting-{meeting.number}@{settings.SITE_URL.split('//')[-1]}")
    found.add("sequence", meeting.sequence)
    found.add("dtstamp", timezone.now())
    found.add("summary", f"{meeting} · {ical.PORTAL}")
    found.add("url", settings.SITE_URL + meeting.get_absolute_url())
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
