"""Time changes pages too: a kept page ends at the next such moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from calls.models import CallDeadline
from taskforce.front.page_cache import moments
from tests.factories import make_barrier, make_call, make_meeting, make_news, make_round

HERE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 12, 1, 10, 30, tzinfo=HERE)
MIDNIGHT = datetime(2026, 12, 2, tzinfo=HERE)


def test_a_day_ends_at_midnight(db: None):
    assert moments.next_after(NOW) == MIDNIGHT
    assert moments.next_after(MIDNIGHT) == MIDNIGHT + timedelta(days=1)


def test_days_on_which_clocks_change(db: None):
    for day in (date(2027, 3, 28), date(2026, 10, 25)):
        noon = datetime.combine(day, time(12), HERE)
        assert moments.next_after(noon) == datetime.combine(day + timedelta(days=1), time(), HERE)


def test_a_deadline_passes(db: None):
    call = make_call(day=date(2027, 1, 1))
    CallDeadline.objects.create(call=call, day=NOW.date(), time=time(17), label="First stage")

    assert moments.next_after(NOW) == datetime(2026, 12, 1, 17, tzinfo=HERE)


@pytest.mark.parametrize("field", ["opens_at", "closes_at"])
def test_a_round_opens_or_closes(field: str, db: None):
    hours = {"opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=9)}
    make_round(**{**hours, field: NOW + timedelta(hours=2)})

    assert moments.next_after(NOW) == NOW + timedelta(hours=2)


def test_a_meeting_begins_and_ends(db: None):
    make_meeting(date=NOW.date(), starts=time(14), ends=time(15, 30))

    begins = moments.next_after(NOW)
    assert begins == NOW.replace(hour=14, minute=0)
    assert moments.next_after(begins) == NOW.replace(hour=15, minute=30)


def test_news_have_a_time(db: None):
    make_news(published_at=None, publish_at=NOW + timedelta(hours=1))

    assert moments.next_after(NOW) == NOW + timedelta(hours=1)


def test_open_data_are_looked_at_again(made: list[str], stranger: Client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        stranger.get("/data/barriers.json")
        clock.shift(10)
        make_barrier("Complex law")
        assert "Complex law" not in stranger.get("/data/barriers.json").text
        clock.shift(50)
        assert "Complex law" in stranger.get("/data/barriers.json").text


def test_a_kept_page_ends_with_its_moment(made: list[str], stranger: Client):
    today = timezone.localdate()
    call = make_call("Money", day=today + timedelta(days=30))
    passes_at = call.deadlines.get().passes_at
    with time_machine.travel(passes_at - timedelta(minutes=2), tick=False) as clock:
        texts = {stranger.get("/opslag/").text for _turn in range(2)}
        assert len(texts) == len(made) == 1
        clock.move_to(passes_at + timedelta(seconds=1))
        assert stranger.get("/opslag/").text not in texts
        assert len(made) == 2
