"""Publishing minutes: one act, a frozen version, and a look at the names in the text."""

import pytest
from django.db import OperationalError

from meetings import consent, publishing
from meetings.models import MeetingState
from taskforce.activity.models import Activity
from taskforce.members.models import NameVisibility
from tests.factories import (
    make_attendance,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_user,
)


def test_publishes_once_and_freezes_what_was_published(secretary):
    meeting = make_meeting(3, state=MeetingState.PLANNED)
    minutes = make_minutes(meeting)
    speaker = make_attendance(meeting, name="Ea")
    entry = make_entry(minutes, "<p>Enige.</p>", speaker=speaker)

    assert publishing.publish(minutes=minutes, by=secretary)
    assert not publishing.publish(minutes=minutes, by=secretary)

    minutes.refresh_from_db()
    meeting.refresh_from_db()
    assert minutes.is_published
    assert meeting.state == MeetingState.HELD
    version = minutes.versions.get()
    (frozen,) = version.content["entries"]
    assert (frozen["id"], frozen["text"]) == (entry.pk, "<p>Enige.</p>")
    assert frozen["speaker_id"] == speaker.pk
    assert "Ea" not in str(version.content)  # a name must still be able to come off
    assert Activity.objects.get().verb == "published"


def test_nothing_is_published_where_the_record_cannot_be_written(secretary, monkeypatch):
    minutes = make_minutes()

    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(publishing, "record", refuse)
    with pytest.raises(OperationalError):
        publishing.publish(minutes=minutes, by=secretary)

    minutes.refresh_from_db()
    assert not minutes.is_published
    assert not minutes.versions.exists()


def test_opening_the_page_publishes_nothing(as_secretary):
    minutes = make_minutes(make_meeting(3))

    assert as_secretary.get("/moeder/3/referat/offentliggoer/").status_code == 200

    minutes.refresh_from_db()
    assert not minutes.is_published


def test_published_minutes_cannot_be_published_again(as_secretary):
    make_minutes(make_meeting(3), published=True)

    assert as_secretary.post("/moeder/3/referat/offentliggoer/").status_code == 404


def test_names_in_the_text_take_another_look(as_secretary):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting)
    make_attendance(meeting, name="Ea Hemmelig")
    make_attendance(meeting, name="Bo Åben", name_visibility=NameVisibility.PUBLIC)
    make_member(user=make_user(name="Ida Medlem"))
    make_entry(minutes, "<p>Tak til EA <em></em>hemmelig, Ea Hemmelig, Bo Åben og Ida Medlem.</p>")

    page = as_secretary.get("/moeder/3/referat/offentliggoer/")
    assert page.context["names"] == ["Ea Hemmelig", "Ida Medlem"]
    refused = as_secretary.post("/moeder/3/referat/offentliggoer/")
    assert list(refused.context["form"].errors) == ["names_seen"]
    as_secretary.post("/moeder/3/referat/offentliggoer/", {"names_seen": "on"})

    minutes.refresh_from_db()
    assert minutes.is_published


def test_names_in_headings_take_another_look_too(db):
    meeting = make_meeting(3)
    minutes = make_minutes(meeting)
    make_attendance(meeting, name="Ea Hemmelig")
    make_entry(minutes, heading="Ea Hemmelig, Odense Kommune")

    assert consent.names_in_text(minutes) == ["Ea Hemmelig"]


def test_name_comes_off_in_past_meetings_too(db):
    member = make_member(name_visibility=NameVisibility.PUBLIC)
    past = make_attendance(make_meeting(), member=member, name_visibility=NameVisibility.PUBLIC)
    other = make_attendance(make_meeting(), name_visibility=NameVisibility.PUBLIC)

    consent.take_name_off(user=member.user)

    for row, expected in (
        (member, NameVisibility.NOBODY),
        (past, NameVisibility.NOBODY),
        (other, NameVisibility.PUBLIC),
    ):
        row.refresh_from_db()
        assert row.name_visibility == expected
