"""Calls: open or closed, and which deadline comes next; deadlines as instants in a zone."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from calls.models import Call, CallDeadline
from calls.models.call import check_zone
from tests.factories import make_call

NOW = datetime(2030, 5, 15, 12, tzinfo=UTC)


def make(title: str, *days: date | tuple[date, str]) -> Call:
    """Make a call with deadlines at 17:00 in Brussels, each with a stage where one is given."""
    call = Call.objects.create(title=title, summary="x")
    for found in days:
        day, label = found if isinstance(found, tuple) else (found, "")
        CallDeadline.objects.create(call=call, day=day, time=time(17), label=label)
    call.refresh_from_db()
    return call


# Deadlines


@pytest.mark.parametrize(
    ("day", "hour", "zone", "passes"),
    [
        (date(2022, 12, 7), time(17), "Europe/Brussels", "2022-12-07T16:00:00+00:00"),
        (date(2022, 7, 7), time(17), "Europe/Brussels", "2022-07-07T15:00:00+00:00"),  # summer
        (date(2023, 2, 14), None, "Europe/Brussels", "2023-02-14T23:00:00+00:00"),
        (date(2024, 3, 30), None, "Europe/Brussels", "2024-03-30T23:00:00+00:00"),
        (date(2024, 3, 31), None, "Europe/Brussels", "2024-03-31T22:00:00+00:00"),
        (date(2023, 12, 31), None, "UTC", "2024-01-01T00:00:00+00:00"),
        (date(2022, 12, 7), time(17), "Asia/Tokyo", "2022-12-07T08:00:00+00:00"),
    ],
)
def test_deadline_passes_in_its_zone(day: date, hour: time | None, zone: str, passes: str):
    deadline = CallDeadline(day=day, time=hour, zone=zone)

    assert deadline.moment.astimezone(UTC).isoformat() == passes


def test_deadline_is_in_brussels_unless_the_call_says_otherwise(db: None):
    deadline = CallDeadline.objects.create(call=make_call(), day=date(2022, 12, 7), time=time(17))

    assert deadline.passes_at.astimezone(UTC).isoformat() == "2022-12-07T16:00:00+00:00"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "\0"])
def test_check_zone_refuses_what_is_no_time_zone(name: str):
    with pytest.raises(ValidationError) as raised:
        check_zone(name)

    assert raised.value.messages == ["Det er ikke en tidszone. Skriv fx Europe/Brussels."]


def test_check_zone_accepts_a_time_zone():
    check_zone("Europe/Copenhagen")


# Calls


def test_call_closes_with_its_last_deadline(db: None):
    call = make("Penge", date(2030, 5, 1), date(2030, 2, 1))
    assert call.closes_at == datetime(2030, 5, 1, 15, tzinfo=UTC)

    call.deadlines.get(day=date(2030, 5, 1)).delete()
    call.refresh_from_db()
    assert call.closes_at == datetime(2030, 2, 1, 16, tzinfo=UTC)

    call.deadlines.get().delete()
    call.refresh_from_db()
    assert call.closes_at is None


def test_deadline_of_another_call_does_not_count(db: None):
    call = make("Penge", date(2030, 2, 1))
    make("Andet", date(2031, 2, 1))

    call.refresh_from_db()
    assert call.closes_at == datetime(2030, 2, 1, 16, tzinfo=UTC)


def test_open_calls_have_the_next_deadline_first(db: None):
    make("To trin", (date(2030, 5, 20), "1. trin"), (date(2030, 9, 1), "2. trin"))
    make("Snart", date(2030, 5, 16))
    make("Ukendt")
    make("Lukket", date(2030, 5, 14))

    rows = Call.objects.open_at(NOW).values_list("title", "next_at", "next_stage")

    assert [*rows] == [
        ("Snart", datetime(2030, 5, 16, 15, tzinfo=UTC), ""),
        ("To trin", datetime(2030, 5, 20, 15, tzinfo=UTC), "1. trin"),
        ("Ukendt", None, ""),
    ]


def test_closed_calls_have_the_latest_first(db: None):
    make("Før", date(2030, 5, 1))
    make("Sidst", (date(2030, 4, 1), "1. trin"), (date(2030, 5, 14), "2. trin"))
    make("Åbent", date(2030, 5, 16))
    make("Ukendt")

    rows = Call.objects.closed_at(NOW).values_list("title", "next_at", "next_stage")

    assert [*rows] == [
        ("Sidst", datetime(2030, 5, 14, 15, tzinfo=UTC), ""),
        ("Før", datetime(2030, 5, 1, 15, tzinfo=UTC), ""),
    ]


@pytest.mark.parametrize(
    ("hour", "is_open"),
    [(datetime(2030, 5, 15, 14, 59, tzinfo=UTC), True)]
    + [(datetime(2030, 5, 15, 15, minute, tzinfo=UTC), False) for minute in (0, 1)],
)
def test_call_is_open_until_its_last_deadline(db: None, hour: datetime, is_open: bool):
    call = make("Penge", date(2030, 5, 15))

    assert call.is_open(hour) == is_open
    assert Call.objects.open_at(hour).exists() == is_open
    assert Call.objects.closed_at(hour).exists() == (not is_open)


def test_call_without_deadline_is_open(db: None):
    assert make("Penge").is_open(NOW)


def test_two_calls_without_topic_may_stand_beside_each_other(db: None):
    for _time in range(2):
        make_call(topic_id="")

    assert [*Call.objects.values_list("topic_id", flat=True)] == [None, None]
