"""The feed of all meetings and the file of one."""

from datetime import date, time

import icalendar
from django.test import Client

from tests.factories import make_meeting
from tests.meetings.planning.plans import make_planned, unfolded, values


def test_calendar_file_has_the_link_for_members_only(client: Client, as_member: Client):
    make_planned(sequence=4)

    everybody, members = (
        unfolded(browser.get("/moeder/7/kalender.ics").content) for browser in (client, as_member)
    )

    assert "secret-room" not in everybody
    assert "secret-room" in members
    assert values(everybody, "SEQUENCE") == ["4"]
    assert values(everybody, "LOCATION") == [r"Rådhuset\; sal 2\, Odense"]
    assert client.get("/moeder/7/kalender.ics")["Content-Type"].startswith("text/calendar")
    assert values(unfolded(client.get("/meetings.ics").content), "SEQUENCE") == ["4"]
    assert "secret-room" not in unfolded(as_member.get("/meetings.ics").content)


def test_calendar_keeps_times_and_zones(client, db):
    make_meeting(3, starts=time(14), ends=time(15, 30), place="Odense", date=date(2022, 11, 15))

    answer = client.get("/meetings.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    by_uid = {str(event["uid"]).partition("@")[0]: event for event in events}
    third = by_uid["meeting-3"]
    assert third["dtstart"].dt.isoformat() == "2022-11-15T14:00:00+01:00"
    assert third["dtend"].dt.isoformat() == "2022-11-15T15:30:00+01:00"
    assert third["location"] == "Odense"
