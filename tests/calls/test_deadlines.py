"""Deadlines at 17:00 in Brussels, in words and on the timeline, whatever the server's zone is."""

import os
import time as clock
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.text import slugify

from calls.deadlines import (
    Dot,
    Timeline,
    clock_of,
    days_left,
    in_brussels,
    in_words,
    is_soon,
    last_day,
    time_left,
    timeline,
    today,
)
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
    call = Call.objects.create(title=title, slug=slugify(title), summary="x")
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
    assert page.context["open_rows"][0]["day"] == day
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
def test_time_left_over_a_change_of_clocks(server_zone: str, now: str, words: str):
    with translation.override("da"):
        assert time_left(at("2024-03-31T17:00+02:00"), at(now)) == words


def test_deadline_without_a_time_ends_with_its_day(db: None, server_zone: str):
    call = make(date(2023, 2, 14), hour=None)

    assert last_day(call.closes_at) == date(2023, 2, 14)
    with translation.override("da"):
        assert in_words(call.closes_at) == "14. februar 2023"
        assert time_left(call.closes_at, at("2023-02-14T23:59+01:00")) == "Lukker i dag"
        assert time_left(call.closes_at, at("2023-02-13T23:59+01:00")) == "Lukker i morgen"
        assert time_left(call.closes_at, at("2023-02-15T00:00+01:00")) == "Lukket"


def test_agenda_shows_the_day_in_brussels(db: None, time_machine: Any, server_zone: str):
    time_machine.move_to(at("2022-12-01T12:00+01:00"))
    make(date(2022, 12, 7), hour=time(23, 30))

    (line,) = deadlines(at("2022-11-01T12:00+01:00"))

    assert line.words == "Penge: frist 7. december 2022"


def test_next_of_two_stages_counts(db: None, client: Client, time_machine: Any):
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


# In words


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2022-12-07T16:00+00:00", "2022-12-07T17:00:00+01:00"),
        ("2022-07-07T22:30+00:00", "2022-07-08T00:30:00+02:00"),
    ],
)
def test_in_brussels_is_the_same_moment_by_brussels_clocks(
    server_zone: str, moment: str, expected: str
):
    found = in_brussels(at(moment))

    assert (found.isoformat(), found) == (expected, at(moment))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2022-12-06T22:59Z", date(2022, 12, 6)),
        ("2022-12-06T23:00Z", date(2022, 12, 7)),
        ("2022-07-06T21:59Z", date(2022, 7, 6)),
        ("2022-07-06T22:00Z", date(2022, 7, 7)),
    ],
)
def test_today_begins_at_midnight_in_brussels(
    time_machine: Any, server_zone: str, moment: str, day: date
):
    time_machine.move_to(at(moment), tick=False)

    assert today() == day


@pytest.mark.parametrize(
    ("passes", "day"),
    [
        ("2022-12-07T17:00+01:00", date(2022, 12, 7)),
        ("2022-12-07T00:00:01+01:00", date(2022, 12, 7)),
        ("2022-12-07T00:00+01:00", date(2022, 12, 6)),
        ("2022-12-06T23:59:59+01:00", date(2022, 12, 6)),
    ],
)
def test_last_day_of_a_deadline_at_midnight_is_the_day_before(passes: str, day: date):
    assert last_day(at(passes)) == day


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2022-12-07T16:59+01:00", 0),
        ("2022-12-07T00:00+01:00", 0),
        ("2022-12-06T23:59+01:00", 1),
        ("2022-12-06T00:00+01:00", 1),
        ("2022-12-05T23:59+01:00", 2),
        ("2021-12-07T12:00+01:00", 365),
        ("2022-12-08T00:00+01:00", -1),
    ],
)
def test_days_left_counts_midnights_in_brussels(server_zone: str, now: str, days: int):
    assert days_left(at("2022-12-07T17:00+01:00"), at(now)) == days


@pytest.mark.parametrize(
    ("passes", "clock"),
    [
        ("2022-12-07T16:00Z", "17.00"),
        ("2022-12-07T08:05Z", "09.05"),
        ("2022-12-06T23:00Z", ""),
        ("2022-12-06T23:30Z", "00.30"),
        ("2022-12-07T00:00Z", "01.00"),
    ],
)
def test_clock_of_midnight_is_empty(server_zone: str, passes: str, clock: str):
    assert clock_of(at(passes)) == clock


@pytest.mark.parametrize(
    ("passes", "danish", "english"),
    [
        ("2022-12-07T16:00Z", "7. december 2022 kl. 17.00", "7 December 2022 at 17.00"),
        ("2023-02-14T23:00Z", "14. februar 2023", "14 February 2023"),
    ],
)
def test_in_words_has_the_day_and_the_time(passes: str, danish: str, english: str):
    with translation.override("da"):
        assert in_words(at(passes)) == danish
    with translation.override("en"):
        assert in_words(at(passes)) == english


AT_17, AT_MIDNIGHT = "2022-12-07T17:00+01:00", "2022-12-08T00:00+01:00"


@pytest.mark.parametrize(
    ("passes", "now", "words"),
    [
        (None, "2022-12-07T12:00+01:00", "No deadline known"),
        (AT_17, "2022-11-07T12:00+01:00", "30 days left"),
        (AT_17, "2022-12-05T00:00+01:00", "2 days left"),
        (AT_17, "2022-12-06T00:00+01:00", "Tomorrow at 17.00"),
        (AT_17, "2022-12-07T00:00+01:00", "Today at 17.00"),
        (AT_17, "2022-12-07T16:59:59+01:00", "Today at 17.00"),
        (AT_17, "2022-12-07T17:00+01:00", "Closed"),
        (AT_17, "2022-12-08T17:00+01:00", "Closed"),
        (AT_MIDNIGHT, "2022-12-05T12:00+01:00", "2 days left"),
        (AT_MIDNIGHT, "2022-12-06T12:00+01:00", "Closes tomorrow"),
        (AT_MIDNIGHT, "2022-12-07T23:59+01:00", "Closes today"),
        (AT_MIDNIGHT, "2022-12-08T00:00+01:00", "Closed"),
    ],
)
def test_time_left_in_words(server_zone: str, passes: str | None, now: str, words: str):
    with translation.override("en"):
        assert time_left(passes and at(passes), at(now)) == words


@pytest.mark.parametrize(
    ("passes", "now", "soon"),
    [
        (None, "2022-12-07T12:00+01:00", False),
        (AT_17, "2022-11-06T23:59+01:00", False),
        (AT_17, "2022-11-07T00:00+01:00", True),
        (AT_17, "2022-12-07T16:59+01:00", True),
        (AT_17, "2022-12-07T17:00+01:00", False),
    ],
)
def test_deadline_is_soon_for_its_last_30_days(
    server_zone: str, passes: str | None, now: str, soon: bool
):
    assert is_soon(passes and at(passes), at(now)) is soon


# The timeline


def test_timeline_and_list_show_the_same(db: None, client: Client, time_machine: Any):
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


def test_dots_are_within_the_timeline_and_apart(db: None, time_machine: Any):
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


def test_page_without_a_deadline_ahead_has_no_timeline(db: None, client: Client):
    make(date(2022, 12, 7))

    page = client.get("/opslag/")

    assert page.context["timeline"] is None
    assert "chart" not in page.content.decode()


def test_timeline_of_many_years_has_few_months(db: None, time_machine: Any):
    time_machine.move_to(at("2022-12-04T12:00+01:00"))
    make_call(day=date(2032, 12, 4))

    picture = timeline(CallDeadline.objects.all(), timezone.now())

    assert picture is not None
    assert len(picture.months) < 14


NOW = at("2022-12-04T12:00+01:00")


def drawn(*days: date, now: datetime = NOW) -> Timeline:
    """Return the timeline of calls whose only deadline is on one of the days, at 17:00."""
    for number, day in enumerate(days, 1):
        make(day, title=f"Call {number}")
    with translation.override("en"):
        found = timeline(CallDeadline.objects.all(), now)
    assert found is not None
    return found


def test_timeline_has_dots_by_day_and_stacks_those_that_are_near(db: None):
    call = make(date(2022, 12, 7))
    call.deadlines.update(label="First stage")
    make(date(2022, 12, 8), title="Next day", hour=None)
    make(date(2022, 12, 11), title="Four days later")
    make(date(2023, 2, 2), title="In sixty days")

    with translation.override("en"):
        found = timeline(CallDeadline.objects.all(), NOW)

    at_17 = {"stage": "", "is_soon": True, "url": "/en/opslag/penge/"}
    assert found == Timeline(
        dots=[
            Dot(
                number=1,
                x=37,
                y=44,
                day="7 December 2022 at 17.00",
                left="3 days left",
                title="Penge",
                **at_17 | {"stage": "First stage"},
            ),
            Dot(
                number=2,
                x=44,
                y=20,
                day="8 December 2022",
                left="4 days left",
                title="Next day",
                **at_17 | {"url": "/en/opslag/next-day/"},
            ),
            Dot(
                number=3,
                x=67,
                y=44,
                day="11 December 2022 at 17.00",
                left="7 days left",
                title="Four days later",
                **at_17 | {"url": "/en/opslag/four-days-later/"},
            ),
            Dot(
                number=4,
                x=466,
                y=44,
                day="2 February 2023 at 17.00",
                left="60 days left",
                title="In sixty days",
                **at_17 | {"url": "/en/opslag/in-sixty-days/", "is_soon": False},
            ),
        ],
        months=[(225, "Jan"), (458, "Feb")],
        height=90,
    )
    assert (found.width, found.line) == (480, 60)


def test_timeline_leaves_out_what_has_passed_and_keeps_to_30_deadlines(db: None):
    days = [date(2022, 12, 5) + timedelta(days=number) for number in range(31)]
    make(date(2022, 12, 4), hour=time(12), title="At this moment")

    found = drawn(*days)

    assert [dot.title for dot in found.dots] == [f"Call {number}" for number in range(1, 31)]


def test_timeline_has_deadlines_of_one_moment_in_the_order_they_came(db: None):
    found = drawn(date(2022, 12, 7), date(2022, 12, 7), date(2022, 12, 6))

    assert [dot.title for dot in found.dots] == ["Call 3", "Call 1", "Call 2"]
    assert [dot.y for dot in found.dots] == [68, 44, 20]
    assert found.height == 114


def test_timeline_reaches_to_the_last_deadline(db: None):
    found = drawn(date(2022, 12, 5), date(2023, 12, 4))

    assert [dot.x for dot in found.dots] == [15, 466]  # at 1 and at 365 of 365 days


@pytest.mark.parametrize(
    ("now", "months"),
    [
        ("2022-12-02T12:00+01:00", ["Jan"]),
        ("2022-12-03T12:00+01:00", ["Jan", "Feb"]),
        ("2022-12-01T00:00+01:00", ["Jan"]),
        ("2022-11-30T23:59+01:00", ["Dec", "Jan"]),
    ],
)
def test_timeline_names_the_months_of_sixty_days(db: None, now: str, months: list[str]):
    found = drawn(date(2022, 12, 10), now=at(now))

    assert [name for _x, name in found.months] == months


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (659, ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]),
        (660, ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]),
        (990, ["Jan", "Apr", "Jul", "Oct"]),
    ],
)
def test_timeline_leaves_out_months_where_there_are_many(db: None, days: int, months: list[str]):
    found = drawn(date(2022, 12, 4) + timedelta(days=days))

    names = [name for _x, name in found.months]
    assert names[: len(months)] == months
    assert names[len(months)] == ("Dec" if days == 659 else "Jan")


def test_timeline_moves_a_dot_down_as_soon_as_there_is_room(db: None):
    """On a scale of 452 days a dot needs 24 days of its own."""
    began = date(2022, 12, 4)
    days = [began + timedelta(days=ahead) for ahead in (10, 33, 34, 57, 58, 452)]

    found = drawn(*days)

    assert [dot.x for dot in found.dots] == [24, 47, 48, 71, 72, 466]
    levels = [(found.line - dot.y) // 24 for dot in found.dots]
    assert levels == [0, 1, 0, 1, 0, 0]
