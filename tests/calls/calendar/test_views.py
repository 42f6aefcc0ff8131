"""Calendars of all deadlines, and of what one member follows."""

from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from calls.calendar import keys
from calls.models import Call, CallDeadline, Openness
from taskforce.members.models import Member
from tests.calls.following import moving as following
from tests.conftest import LogIn
from tests.factories import (
    make_call,
    make_consortium,
    make_member,
    make_open_consortium,
    make_secretary,
)


def events(answer: Any) -> list[Any]:
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")


def path_of(member: Member) -> str:
    return keys.address(member).removeprefix(settings.SITE_URL)


@pytest.fixture
def call(db: None) -> Call:
    call = Call.objects.create(title="Penge", summary="x")
    CallDeadline.objects.create(call=call, day=date(2022, 12, 7), time=time(17), label="1. trin")
    CallDeadline.objects.create(call=call, day=date(2023, 7, 14))
    return call


def test_calendar_has_every_deadline_at_its_time_in_brussels(client: Client, call: Call):
    answer = client.get("/opslag.ics")

    first, second = events(answer)
    assert first["summary"] == "Frist: Penge (1. trin)"
    assert first["dtstart"].params["TZID"] == "Europe/Brussels"
    assert first.decoded("dtstart").astimezone(UTC) == datetime(2022, 12, 7, 16, tzinfo=UTC)
    assert "dtend" not in first
    assert second.decoded("dtstart") == date(2023, 7, 14)
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert b"TZID:Europe/Brussels" in answer.content
    assert answer.content.count(b"RRULE:FREQ=YEARLY") == 2
    assert b"RDATE" not in answer.content


def test_calendar_takes_the_filters_of_the_list(client: Client, call: Call):
    make_call("Andre midler", day=date(2023, 1, 1))

    assert len(events(client.get("/opslag.ics"))) == 3
    found = events(client.get("/opslag.ics?q=andre"))
    assert [str(event["summary"]) for event in found] == ["Frist: Andre midler"]
    assert '/opslag.ics?q=andre"' in client.get("/opslag/?q=andre").content.decode()


def test_entry_keeps_its_uid_where_its_date_moves(client: Client, call: Call):
    before = events(client.get("/opslag.ics"))[0]
    deadline = call.deadlines.first()
    assert deadline is not None
    deadline.day = date(2022, 12, 9)
    deadline.save()
    Call.objects.update(version=2)

    after = events(client.get("/opslag.ics"))[0]

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.decoded("dtstart").day == 9


def test_own_calendar_has_what_the_member_follows(client: Client, call: Call, member: Member):
    make_call("Andet")
    following.follow(followed=call, member=member)
    other = make_call("Tredje")
    consortium = make_open_consortium(
        other, member.organisation, name="Vores", openness=Openness.HIDDEN
    )
    following.follow(followed=consortium, member=member)

    found = events(client.get(path_of(member)))

    assert {event["summary"] for event in found} == {
        *("Frist: Penge (1. trin)", "Frist: Penge", "Frist: Tredje", "Forslag: Vores"),
    }


def test_consortium_that_hides_leaves_the_calendar(client: Client, member: Member, db: None):
    consortium = make_open_consortium(make_call("Penge"), make_member().organisation, name="Deres")
    following.follow(followed=consortium, member=member)
    assert "Forslag: Deres" in client.get(path_of(member)).content.decode()

    consortium.openness = Openness.HIDDEN
    consortium.save()

    assert events(client.get(path_of(member))) == []


def test_secretariats_calendar_has_no_date_of_a_hidden_consortium(client: Client, call: Call):
    consortium = make_open_consortium(call, make_member().organisation, openness=Openness.HIDDEN)
    secretary = make_secretary()
    following.follow(followed=consortium, member=secretary)

    found = events(client.get(path_of(secretary)))

    assert {event["summary"] for event in found} == {"Frist: Penge (1. trin)", "Frist: Penge"}


def test_new_address_ends_the_old_one(client: Client, log_in: LogIn, member: Member):
    old = path_of(member)
    assert client.get(old).status_code == 200

    for _time in range(2):
        log_in(member).post("/opslagskalender/forny/")

    new = path_of(member)
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    assert new in log_in(member).get("/opslagskalender/").content.decode()


@pytest.mark.parametrize("key", ["x", "1-1", "1-1:forged", "-:x", "1:" + "x" * 300])
def test_forged_key_is_not_found(client: Client, db: None, key: str):
    assert client.get(f"/opslagskalender/{key}.ics").status_code == 404


def test_former_members_key_is_not_found(client: Client, member: Member):
    path = path_of(member)
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())

    assert client.get(path).status_code == 404


def test_key_opens_one_members_calendar(client: Client, call: Call, member: Member):
    following.follow(followed=call, member=member)

    assert events(client.get(path_of(make_member()))) == []


def test_own_calendar_is_not_cached(client: Client, member: Member):
    assert "no-store" in client.get(path_of(member)).headers["Cache-Control"]


def test_own_calendar_has_the_call_of_an_own_hidden_consortium(
    client: Client, member: Member, db: None
):
    hidden = make_consortium(make_call("Penge"), lead=member.organisation)
    following.follow(followed=hidden, member=member)

    assert [event["summary"] for event in events(client.get(path_of(member)))] == ["Frist: Penge"]
