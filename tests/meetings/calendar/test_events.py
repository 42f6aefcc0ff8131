"""The calendar of meetings, as another program reads it."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.test import Client

from meetings.models import MeetingState, Precision
from tests.factories import (
    make_meeting,
)

PLANNED = {"state": MeetingState.PLANNED}


def event(client: Client) -> icalendar.Event:
    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)
    (only,) = found.walk("VEVENT")
    return only


def test_meeting_with_hours_is_in_danish_time(client, db):
    make_meeting(4, date=date(2030, 7, 1), starts=time(9), ends=time(11, 30), **PLANNED)

    found = event(client)

    zone = ZoneInfo("Europe/Copenhagen")
    assert found.start == datetime(2030, 7, 1, 9, tzinfo=zone)
    assert found.end == datetime(2030, 7, 1, 11, 30, tzinfo=zone)
    assert found["dtstart"].params["TZID"] == "Europe/Copenhagen"


def test_calendar_defines_the_time_zone_that_it_names(client, db):
    make_meeting(4, date=date(2030, 7, 1), starts=time(9), **PLANNED)

    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)

    assert [str(zone["tzid"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Copenhagen"]


def test_meeting_without_a_day_is_in_no_calendar(client, db):
    make_meeting(4, date=date(2030, 1, 1), date_precision=Precision.MONTH, **PLANNED)
    make_meeting(5, date=date(2030, 2, 1), **PLANNED)

    assert [str(found["summary"])[:8] for found in all_events(client)] == ["5. møde "]
    assert client.get("/moeder/4/kalender.ics").status_code == 404
    assert "kalender.ics" not in client.get("/moeder/4/").content.decode()
    assert "kalender.ics" in client.get("/moeder/5/").content.decode()


def test_day_without_hours_is_a_whole_day(client, db):
    make_meeting(4, date=date(2030, 7, 1), **PLANNED)

    found = event(client)

    assert (found.start, found.end) == (date(2030, 7, 1), date(2030, 7, 2))


def test_moved_meeting_is_the_same_event(client, db):
    meeting = make_meeting(4, date=date(2030, 7, 1), **PLANNED)
    before = event(client)["uid"]
    meeting.date, meeting.title = date(2030, 8, 1), "Summer meeting"
    meeting.save()

    assert event(client)["uid"] == before == "meeting-4@localhost:8000"
    assert event(client).start == date(2030, 8, 1)


def test_cancelled_meeting_says_so(client, db):
    make_meeting(4, state=MeetingState.CANCELLED, place="Odense, Rådhuset; sal 3")

    found = event(client)

    assert found["status"] == "CANCELLED"
    assert found["location"] == "Odense, Rådhuset; sal 3"


def test_every_meeting_has_an_event_of_its_own(client, db):
    for number in (1, 2, 3):
        make_meeting(number)

    found = icalendar.Calendar.from_ical(client.get("/meetings.ics").content)

    assert len({str(found["uid"]) for found in found.walk("VEVENT")}) == 3


def all_events(client: Client) -> list[Any]:
    return icalendar.Calendar.from_ical(client.get("/meetings.ics").content).walk("VEVENT")
