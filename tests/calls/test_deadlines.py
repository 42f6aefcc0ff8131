"""Deadlines around 17:00 in Brussels, in words and as a picture, whatever the server's zone is."""

import os
import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from calls.deadlines import in_words, last_day, time_left, timeline
from calls.models import Call, CallDeadline
from calls.since_last import deadlines
from tests.factories import make_call

ZONES = ["UTC", "Asia/Tokyo", "Europe/Copenhagen"]


@pytest.fixture(params=ZONES)
def server_zone(request: Any, settings: Any, monkeypatch: Any) -> Iterator[str]:
    """Let the server and Django live in another zone."""
    settings.TIME_ZONE = request.param
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    with timezone.override(request.param):
        yield request.param
    monkeypatch.undo()
    os.environ.pop("TZ", None)
    clock.tzset()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def make(day: date, *, hour: time | None = time(17), title: str = "Penge") -> Call:
    call = Call.objects.create(title=title, summary="x")
    CallDeadline.objects.create(call=call, day=day, time=hour)
    call.refresh_from_db()
    return call


# A winter's and a summer's day, and those on which the clocks change.
MOMENTS = [
    (date(2022, 12, 7), "2022-12-07T16:00:00+00:00"),
    (date(2022, 7, 7), "2022-07-07T15:00:00+00:00"),
    (date(2024, 3, 31), "2024-03-31T15:00:00+00:00"),
    (date(2024, 10, 27), "2024-10-27T16:00:00+00:00"),
]


@pytest.mark.parametrize(("day", "passes"), MOMENTS)
def test_open_at_1659_and_closed_at_1700(
    db: None, client: Client, time_machine: Any, server_zone: str, day: date, passes: str
):
    call = make(day)
    assert call.closes_at is not None
    assert call.closes_at.astimezone(UTC).isoformat() == passes

    time_machine.move_to(at(passes) - timedelta(minutes=1), tick=False)
    page = client.get("/opslag/")
    assert [row["left"] for row in page.context["open_rows"]] == ["I dag kl. 17.00"]
    assert page.context["open_rows"][0]["iso"] == day.isoformat()
    assert client.get("/opslag/penge/").context["is_open"]

    time_machine.move_to(at(passes), tick=False)
    page = client.get("/opslag/")
    assert page.context["open_rows"] == []
    assert [row["left"] for row in page.context["rows"]] == ["Lukket"]
    assert not client.get("/opslag/penge/").context["is_open"]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2024-03-27T12:00+01:00", "4 dage tilbage"),
        ("2024-03-29T23:59+01:00", "2 dage tilbage"),
        ("2024-03-30T00:01+01:00", "I morgen kl. 17.00"),
        ("2024-03-31T01:59+01:00", "I dag kl. 17.00"),
        ("2024-03-31T03:01+02:00", "I dag kl. 17.00"),
        ("2024-03-31T16:59+02:00", "I dag kl. 17.00"),
        ("2024-03-31T17:00+02:00", "Lukket"),
    ],
)
def test_what_is_left_over_a_change_of_clocks(server_zone: str, now: str, words: str):
    with translation.override("da"):
        assert time_left(at("2024-03-31T17:00+02:00"), at(now)) == words


def test_a_day_without_an_hour_lasts_to_its_end(db: None, server_zone: str):
    call = make(date(2023, 2, 14), hour=None)

    assert last_day(call.closes_at) == date(2023, 2, 14)
    with translation.override("da"):
        assert in_words(call.closes_at) == "14. februar 2023"
        assert time_left(call.closes_at, at("2023-02-14T23:59+01:00")) == "Lukker i dag"
        assert time_left(call.closes_at, at("2023-02-13T23:59+01:00")) == "Lukker i morgen"
        assert time_left(call.closes_at, at("2023-02-15T00:00+01:00")) == "Lukket"


def test_the_agenda_tells_the_day_in_brussels(db: None, time_machine: Any, server_zone: str):
    time_machine.move_to(at("2022-12-01T12:00+01:00"))
    make(date(2022, 12, 7), hour=time(23, 30))

    (line,) = deadlines(at("2022-11-01T12:00+01:00"))

    assert line.words == "Penge: frist 7. december 2022"


def test_of_two_stages_the_next_one_counts(db: None, client: Client, time_machine: Any):
    call = make(date(2023, 5, 1))
    first = {"day": date(2022, 12, 7), "time": time(17), "label": "1. trin"}
    CallDeadline.objects.create(call=call, **first)
    make(date(2022, 12, 20), title="Mellem")

    time_machine.move_to(at("2022-12-04T12:00+01:00"))
    page = client.get("/opslag/")
    told = [(row["title"], row["left"], row["next_stage"]) for row in page.context["open_rows"]]
    assert told == [("Penge", "3 dage tilbage", "1. trin"), ("Mellem", "16 dage tilbage", "")]
    assert "1. trin" in client.get("/opslag/penge/").content.decode()

    time_machine.move_to(at("2022-12-07T17:00+01:00"))
    page = client.get("/opslag/")
    assert [row["title"] for row in page.context["open_rows"]] == ["Mellem", "Penge"]


# The picture


def test_picture_and_list_tell_the_same(db: None, client: Client, time_machine: Any):
    time_machine.move_to(at("2022-12-04T12:00+01:00"))
    for day, title in ((date(2022, 12, 7), "A"), (date(2022, 12, 8), "B"), (date(2023, 3, 1), "C")):
        make(day, title=title)
    make(date(2022, 12, 1), title="Over")

    page = client.get("/opslag/")

    picture = page.context["timeline"]
    assert [(dot.number, dot.title, dot.left) for dot in picture.dots] == [
        (1, "A", "3 dage tilbage"),
        (2, "B", "4 dage tilbage"),
        (3, "C", "87 dage tilbage"),
    ]
    assert [name for _x, name in picture.months] == ["Jan", "Feb", "Mar"]
    text = page.content.decode()
    assert text.count('class="dot') == text.count('<span class="number') == 3
    for dot in picture.dots:
        assert f"{dot.day}" in text


def test_dots_stand_within_the_picture_and_on_none_another(db: None, time_machine: Any):
    time_machine.move_to(at("2022-12-04T12:00+01:00"))
    for number in range(12):
        make(date(2022, 12, 7) + timedelta(days=number // 3), title=f"Call {number}")

    picture = timeline(CallDeadline.objects.all(), timezone.now())

    assert picture is not None
    places = [(dot.x, dot.y) for dot in picture.dots]
    assert all(0 < x < picture.width and 0 < y < picture.line for x, y in places)
    for place, (x, y) in enumerate(places):
        for other_x, other_y in places[:place]:
            assert abs(x - other_x) >= 18 or abs(y - other_y) >= 18


def test_without_a_deadline_ahead_there_is_no_picture(db: None, client: Client):
    make(date(2022, 12, 7))

    page = client.get("/opslag/")

    assert page.context["timeline"] is None
    assert "<svg viewBox" not in page.content.decode().partition("<main")[2]


def test_months_of_many_years_can_be_read(db: None, time_machine: Any):
    time_machine.move_to(at("2022-12-04T12:00+01:00"))
    make_call(day=date(2032, 12, 4))

    picture = timeline(CallDeadline.objects.all(), timezone.now())

    assert picture is not None
    assert len(picture.months) < 14
