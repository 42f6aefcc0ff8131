"""What every calendar of the portal has in common (iCalendar, RFC 5545)."""

import icalendar
from django.conf import settings
from django.utils import timezone

PORTAL = "Buy Social Taskforce Danmark"
# The hour changes by the rule of the EU (directive 2000/84). Calendars that do not know the zone by
# its name follow a rule; lists of dates, which the library writes, many of them leave out.
CENTRAL_EUROPE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
ZONES = ("Europe/Brussels", "Europe/Copenhagen")


def begin() -> icalendar.Calendar:
    """Return a calendar without events."""
    found = icalendar.Calendar()
    found.add("prodid", f"-//{PORTAL}//taskforce//DA")
    found.add("version", "2.0")
    return found


def event(key: str, version: int, url: str) -> icalendar.Event:
    """Return an event without a time. Its UID never changes, so that calendars move it."""
    found = icalendar.Event()
    found.add("uid", f"{key}@{settings.SITE_URL.split('//')[-1]}")
    found.add("sequence", version)
    found.add("dtstamp", timezone.now())
    found.add("url", settings.SITE_URL + url)
    return found


def write(calendar: icalendar.Calendar) -> bytes:
    """Return a calendar in UTF-8, with the zones that its events use."""
    used = calendar.get_used_tzids()
    for name in reversed([zone for zone in ZONES if zone in used]):
        rule = CENTRAL_EUROPE.format(name=name)
        calendar.subcomponents.insert(0, icalendar.Timezone.from_ical(rule))
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
