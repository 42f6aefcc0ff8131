"""Pages of meetings: the list, one meeting as each may see it, its materials, the calendar."""

from datetime import date, time, timedelta

import icalendar
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from meetings.models import Material, MeetingState
from taskforce.members.models import Kind, NameVisibility
from tests.conftest import put_away
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
)


def test_lists_the_latest_first_and_says_what_comes_next(client, db):
    make_minutes(make_meeting(1), published=True)
    make_minutes(make_meeting(2))
    day = timezone.localdate() + timedelta(days=9)
    coming = make_meeting(3, date=day, state=MeetingState.PLANNED)

    page = client.get("/moeder/")

    rows = [(row["number"], row["published"]) for row in page.context["rows"]]
    assert rows == [(3, None), (2, False), (1, True)]
    assert page.context["next_meeting"] == coming


def test_month_is_shown_as_a_month(client, db):
    make_meeting(4, date=date(2023, 1, 1), date_precision="month", state=MeetingState.PLANNED)

    assert "januar 2023" in client.get("/moeder/4/").content.decode()
    assert "1. januar" not in client.get("/moeder/").content.decode()
    assert "January 2023" in client.get("/en/moeder/4/").content.decode()


def test_month_counts_as_coming_until_it_ends(db):
    meeting = make_meeting(4, date=date(2023, 1, 1), date_precision="month", state="planned")

    coming = type(meeting).objects.coming

    assert coming(date(2023, 1, 31)).get() == meeting
    assert not coming(date(2023, 2, 1)).exists()


def test_people_show_by_kind_of_organisation_as_they_agreed(client, as_member, db):
    meeting = make_meeting(3)
    make_minutes(meeting, published=True)
    odense = make_organisation("Odense", kind=Kind.MUNICIPALITY)
    for name, visibility in (
        ("Ea", NameVisibility.PUBLIC),
        ("Bo", NameVisibility.MEMBERS),
        ("Per", NameVisibility.NOBODY),
    ):
        make_attendance(
            meeting,
            name=name,
            name_visibility=visibility,
            organisation=odense,
            organisation_name="Odense by",
        )

    def shown(browser) -> list[str]:
        ((_kind, people),) = browser.get("/moeder/3/").context["attendance"]
        return sorted(person.shown_name for person in people)

    assert shown(client) == ["", "", "Ea"]
    assert shown(as_member) == ["", "Bo", "Ea"]
    assert "Odense by" in client.get("/moeder/3/").content.decode()  # as it was at the meeting


def test_minutes_stand_under_their_agenda_items(client, db):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting, published=True)
    first, second = make_agenda_item(meeting, "Velkommen"), make_agenda_item(meeting, "Nyt")
    entries = [make_entry(minutes, agenda_item=item) for item in (first, first, second)]

    page = client.get("/moeder/3/")

    parts = [(part.item, part.passages) for part in page.context["parts"]]
    assert parts == [(first, entries[:2]), (second, entries[2:])]
    assert f'id="{entries[0].anchor}"' in page.content.decode()


def test_text_of_minutes_brings_nothing_active(client, db):
    minutes = make_minutes(make_meeting(3), published=True)
    make_entry(
        minutes,
        '<p onclick="x()">Vi <strong>aftalte</strong><script>bad()</script>'
        '<a href="javascript:bad()">dette</a><img src="https://example.org/x"></p>',
    )

    text = client.get("/moeder/3/").content.decode()

    assert "<p>Vi <strong>aftalte</strong>" in text
    for active in ("onclick", "bad()", "javascript:", "<img"):
        assert active not in text


def test_calendar_keeps_times_zones_and_months(client, db):
    make_meeting(3, starts=time(14), ends=time(15, 30), place="Odense", date=date(2022, 11, 15))
    make_meeting(4, date=date(2023, 1, 1), date_precision="month", state=MeetingState.PLANNED)
    make_meeting(5, date=date(2023, 12, 1), date_precision="month", state=MeetingState.CANCELLED)

    answer = client.get("/meetings.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    by_uid = {str(event["uid"]).partition("@")[0]: event for event in events}
    third, fourth, fifth = (by_uid[f"meeting-{number}"] for number in (3, 4, 5))
    assert third["dtstart"].dt.isoformat() == "2022-11-15T14:00:00+01:00"
    assert third["dtend"].dt.isoformat() == "2022-11-15T15:30:00+01:00"
    assert third["location"] == "Odense"
    assert (fourth["dtstart"].dt, fourth["dtend"].dt) == (date(2023, 1, 1), date(2023, 2, 1))
    assert fourth["transp"] == "TRANSPARENT"
    assert (fifth["dtend"].dt, fifth["status"]) == (date(2024, 1, 1), "CANCELLED")


@pytest.fixture
def uploads(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": "Paper"}, "__all__"),
        ({"title": "", "link": "https://example.org/"}, "title"),
        ({"title": "Paper", "link": "nonsense"}, "link"),
        ({"title": "Paper", "file": SimpleUploadedFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_bad_material_is_said_at_its_field(as_secretary, uploads, typed, field):
    make_meeting(3)

    page = as_secretary.post("/moeder/3/materiale/ny/", typed)

    assert field in page.context["form"].errors
    assert not Material.objects.exists()


def test_material_is_a_file_or_a_link_and_never_both(as_secretary, uploads):
    make_meeting(3)
    file, link = {"file": SimpleUploadedFile("a.txt", b"a")}, {"link": "https://example.org/"}

    page = as_secretary.post("/moeder/3/materiale/ny/", {"title": "Both", **file, **link})
    assert "__all__" in page.context["form"].errors
    as_secretary.post("/moeder/3/materiale/ny/", {"title": "Link", **link})
    as_secretary.post(
        "/moeder/3/materiale/ny/", {"title": "File", "file": SimpleUploadedFile("a.txt", b"a")}
    )

    assert {material.title for material in Material.objects.all()} == {"Link", "File"}


def test_file_that_the_disk_lost_is_not_there(as_secretary, uploads):
    material = Material(meeting=make_meeting(3), title="Paper")
    material.file.save("paper.txt", ContentFile(b"text"))
    (uploads / material.file.name).unlink()

    answer = as_secretary.get(material.get_absolute_url())
    put_away(answer)

    assert answer.status_code == 404
