"""meetings.ics: the meetings as a calendar that programs subscribe to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import timezone

from meetings.models import Meeting, MeetingState, Precision


def calendar(meetings: list[Meeting]) -> bytes:
    """Return the meetings as iCalendar (RFC 5545), in UTF-8."""
    found = icalendar.Calendar()
    found.add("prodid", "-//Buy Social Taskforce Danmark//taskforce//DA")
    found.add("version", "2.0")
    found.add("x-wr-calname", "Buy Social Taskforce Danmark")
    for meeting in meetings:
        found.add_component(event(meeting))
    found.add_missing_timezones()
    written: bytes = found.to_ical()
    return written


def event(meeting: Meeting) -> icalendar.Event:
    """Return one meeting. Without hours it takes whole days that leave people free.

    Where only the month is known it takes the month: no day is invented.
    """
    found = icalendar.Event()
    found.add("uid", f"meeting-{meeting.number}@{settings.SITE_URL.split('//')[-1]}")
    found.add("dtstamp", timezone.now())
    found.add("summary", f"{meeting} · Buy Social Taskforce Danmark")
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
    length = timedelta(days=32 if meeting.date_precision == Precision.MONTH else 1)
    end = meeting.date + length
    if meeting.date_precision == Precision.MONTH:
        end = end.replace(day=1)
    found.add("dtstart", meeting.date)
    found.add("dtend", end)
    found.add("transp", "TRANSPARENT")
