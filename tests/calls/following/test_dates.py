"""Dates to remind of: which there are, which reminder is due, and which were sent."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation

from calls.following import dates
from calls.following.dates import ReminderDate
from calls.models import Call, CallDeadline
from taskforce.following.models import Reminder
from taskforce.members.models import Member
from tests.factories import make_call, make_member, make_open_consortium, make_organisation

PASSES_AT = datetime(2030, 5, 15, 15, tzinfo=UTC)  # 17:00 in Brussels


@pytest.fixture
def call(db: None) -> Call:
    call = Call.objects.create(title="Penge", summary="x")
    CallDeadline.objects.create(call=call, day=date(2030, 5, 15), time=time(17), label="2. trin")
    return call


@pytest.mark.parametrize(
    ("before", "step"),
    [
        (timedelta(days=31), None),
        (timedelta(days=30), 30),
        (timedelta(days=15), 30),
        (timedelta(days=14), 14),
        (timedelta(days=4), 14),
        (timedelta(days=3), 3),
        (timedelta(days=2), 3),
        (timedelta(days=1), 1),
        (timedelta(hours=1), 1),
        (timedelta(seconds=1), 1),
        (timedelta(0), None),
        (timedelta(seconds=-1), None),
    ],
)
def test_due_is_the_latest_step_that_was_reached(before: timedelta, step: int | None):
    found = ReminderDate(Call(), None, PASSES_AT, "")

    assert found.due(PASSES_AT - before) == step


def test_call_has_its_deadlines(call: Call):
    CallDeadline.objects.create(call=call, day=date(2030, 2, 1), label="1. trin")

    assert dates.of_call(call) == [
        ReminderDate(call, None, datetime(2030, 2, 1, 23, tzinfo=UTC), "1. trin"),
        ReminderDate(call, None, PASSES_AT, "2. trin"),
    ]


def test_consortium_has_the_deadlines_of_its_call_and_its_own_date(call: Call):
    consortium = make_open_consortium(call, make_organisation(), suggestions_by=date(2030, 5, 1))

    with translation.override("en"):
        first, second = dates.of_consortium(consortium)

    assert first == ReminderDate(call, None, PASSES_AT, "2. trin")
    end_of_day = datetime(2030, 5, 1, 22, tzinfo=UTC)
    assert second == ReminderDate(call, consortium, end_of_day, "Suggestions")


def test_consortium_without_a_date_has_those_of_its_call(call: Call):
    consortium = make_open_consortium(call, make_organisation(), suggestions_by=None)

    assert dates.of_consortium(consortium) == dates.of_call(call)


def test_mark_sent_returns_each_date_once(call: Call, member: Member):
    found, now = dates.of_call(call), PASSES_AT - timedelta(days=14)

    assert dates.mark_sent(reader=member.user, dates=found, now=now) == found
    assert dates.mark_sent(reader=member.user, dates=found, now=now) == []

    row = Reminder.objects.get()
    assert (row.user, row.of) == (member.user, found[0].named(14))


def test_mark_sent_tells_members_steps_and_dates_apart(call: Call, member: Member):
    found, now = dates.of_call(call), PASSES_AT - timedelta(days=14)
    dates.mark_sent(reader=member.user, dates=found, now=now)

    assert dates.mark_sent(reader=make_member().user, dates=found, now=now) == found
    assert dates.mark_sent(reader=member.user, dates=found, now=now + timedelta(days=11)) == found
    moved = [ReminderDate(call, None, PASSES_AT - timedelta(hours=1), "")]
    assert dates.mark_sent(reader=member.user, dates=moved, now=now) == moved
    others = [ReminderDate(make_call(), None, PASSES_AT, "")]
    assert dates.mark_sent(reader=member.user, dates=others, now=now) == others


def test_mark_sent_leaves_out_what_is_not_due(call: Call, member: Member):
    found = dates.of_call(call)

    for now in (PASSES_AT - timedelta(days=31), PASSES_AT):
        assert dates.mark_sent(reader=member.user, dates=found, now=now) == []
    assert not Reminder.objects.exists()
