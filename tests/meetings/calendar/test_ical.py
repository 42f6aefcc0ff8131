"""What is sent to calendars, read by a library that did not write it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.test import Client

from meetings.calendar import ical
from taskforce.core.mailing import Reader
from tests.conftest import Mailbox
from tests.factories import make_member
from tests.meetings.planning.plans import calendar_of, invite, make_planned, save, typed

WINTER, SUMMER = date(2031, 3, 4), date(2031, 7, 1)
HERE = "/moeder/7/"


def read(content: bytes) -> Any:
    return vobject.readOne(content.decode())


def enclosed(letter: Any) -> Any:
    """Return the calendar that a letter carries."""
    return read(calendar_of(letter))


@pytest.mark.parametrize(
    ("day", "hours", "in_greenwich"), [(WINTER, 1, time(13)), (SUMMER, 2, time(12))]
)
@pytest.mark.parametrize("path", [f"{HERE}kalender.ics", "/meetings.ics"])
def test_hours_are_those_of_copenhagen(client: Client, db: None, path, day, hours, in_greenwich):
    make_planned(date=day)

    found = read(client.get(path).content)

    event = found.vevent
    assert found.vtimezone.tzid.value == "Europe/Copenhagen"
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/Copenhagen"]
    assert event.dtstart.value.utcoffset() == timedelta(hours=hours)
    assert event.dtstart.value.astimezone(UTC) == datetime.combine(day, in_greenwich, UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=1, minutes=30)
    assert event.location.value == "Rådhuset; sal 2, Odense"


def test_letters_speak_of_one_event_by_its_uid_and_count_its_changes(
    as_secretary: Client, mailbox: Mailbox
):
    meeting = make_planned(date=WINTER)
    member = make_member()
    invite(meeting, member)
    save(as_secretary, typed(meeting, day=SUMMER, starts="09:00"))
    as_secretary.post(f"{HERE}aflys/", {"reason": "For få kan komme."})

    invited, moved, cancelled = (enclosed(letter) for letter in mailbox.letters)

    letters = (invited, moved, cancelled)
    assert [letter.method.value for letter in letters] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [letter.vevent.sequence.value for letter in letters] == ["0", "1", "2"]
    (uid,) = {letter.vevent.uid.value for letter in letters}
    assert uid == "meeting-7@localhost:8000"
    assert invited.vevent.dtstart.value.utcoffset() == timedelta(hours=1)
    assert moved.vevent.dtstart.value.astimezone(UTC) == datetime(2031, 7, 1, 7, tzinfo=UTC)
    assert cancelled.vevent.status.value == "CANCELLED"
    download = read(as_secretary.get(f"{HERE}kalender.ics").content)
    assert download.vevent.uid.value == uid
    assert download.vevent.sequence.value == "2"
    for letter in letters:
        assert letter.vevent.attendee.value == f"mailto:{member.user.email}"


def test_hour_changes_as_it_does_in_copenhagen(client: Client, db: None):
    """Each Monday of ten years, by the rule that stands in the file and by that of the world."""
    make_planned(date=WINTER)
    rule = read(client.get("/meetings.ics").content).vevent.dtstart.value.tzinfo

    days = [datetime(2026, 1, 5, 12) + timedelta(weeks=number) for number in range(520)]
    there = ZoneInfo("Europe/Copenhagen")
    assert [day.replace(tzinfo=rule).utcoffset() for day in days] == [
        day.replace(tzinfo=there).utcoffset() for day in days
    ]


def read_one(content: bytes) -> Any:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")[0]


def test_time_without_an_end_has_none(db: None):
    event = ical.event(make_planned(date=SUMMER, ends=None))

    assert event["dtstart"].dt == datetime(2031, 7, 1, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))
    assert "dtend" not in event
    assert "transp" not in event


def test_day_without_hours_leaves_people_free(db: None):
    event = ical.event(make_planned(date=SUMMER, starts=None, ends=None))

    assert (event["dtstart"].dt, event["dtend"].dt) == (SUMMER, SUMMER + timedelta(days=1))
    assert event["transp"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("fields", "location", "description"),
    [
        ({}, "Rådhuset; sal 2, Odense", "https://meet.example.org/secret-room"),
        ({"place": ""}, "https://meet.example.org/secret-room", None),
        ({"link": ""}, "Rådhuset; sal 2, Odense", None),
        ({"place": "", "link": ""}, None, None),
    ],
)
def test_file_of_a_member_says_where(
    db: None, fields: dict[str, str], location: str | None, description: str | None
):
    event = read_one(ical.file(make_planned(**fields), with_link=True))

    assert (event.get("location"), event.get("description")) == (location, description)


def test_feed_holds_no_link(db: None):
    content = ical.feed([make_planned(place="")])

    assert b"secret-room" not in content
    assert b"secret-room" not in ical.file(make_planned(8), with_link=False)


@pytest.mark.parametrize("state", ["cancelled", "planned"])  # moved to a month, it is planned
def test_entry_of_a_letter_frees_the_time(db: None, state: str):
    meeting = make_planned(state=state, sequence=2)

    found = read(
        ical.enclosure(meeting, to=Reader("Ea Bæk", "ea@example.org"), method=ical.Method.CANCEL)
    )

    assert (found.method.value, found.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert found.vevent.sequence.value == "2"
