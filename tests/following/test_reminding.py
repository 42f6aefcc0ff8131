"""Each reminder is sent once, however often its source names it, and a fault stops no other."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from taskforce.following import reminding
from taskforce.following.models import Reminder
from taskforce.following.reminding import Due, remind, remind_all, remind_due
from taskforce.members.models import User
from tests.factories import make_member
from tests.racing import at_once

GUEST = "attendance-3"


def due(*whom: User | str, of: str = "meeting-7 2027-01-12", sent: list[Any]) -> Due:
    def send(rows: Sequence[Any]) -> Sequence[Any]:
        sent.extend(rows)
        return rows

    return Due(of, lambda: whom, lambda row: row, send)


def test_each_is_reminded_once_and_who_comes_later_too(db: None):
    ea, bo = make_member().user, make_member().user
    sent: list[Any] = []

    remind(due(ea, GUEST, sent=sent))
    remind(due(ea, bo, GUEST, sent=sent))

    assert sent == [ea, GUEST, bo]


def test_another_date_is_another_reminder(db: None):
    ea, sent = make_member().user, []

    for day in ("12", "12", "19"):
        remind(due(ea, of=f"meeting-7 2027-01-{day}", sent=sent))

    assert sent == [ea, ea]


def test_reminder_that_cannot_be_sent_counts_as_not_sent(db: None):
    def send(rows: Sequence[Any]) -> Sequence[Any]:
        raise OSError

    ea, sent = make_member().user, []
    with pytest.raises(OSError):
        remind(Due("meeting-7", lambda: [ea], lambda row: row, send))

    remind(due(ea, of="meeting-7", sent=sent))
    assert sent == [ea]


def test_two_workers_remind_once(transactional_db: None):
    ea, sent = make_member().user, []

    at_once(*[lambda: remind(due(ea, sent=sent))] * 4)

    assert sent == [ea]
    assert Reminder.objects.count() == 1


def test_fault_of_one_source_stops_no_other_and_is_told(db: None, monkeypatch: Any):
    ea, sent = make_member().user, []

    def broken(now: datetime) -> Iterator[Due]:
        raise KeyError("who")

    def works(now: datetime) -> Iterator[Due]:
        yield due(ea, sent=sent)

    monkeypatch.setattr(reminding, "_sources", [broken, works])
    with pytest.raises(ExceptionGroup):
        remind_all(timezone.now())

    assert sent == [ea]
    assert remind_due(works, timezone.now()) == 0


def test_fault_of_one_thing_stops_no_other_of_its_kind(db: None):
    ea, sent = make_member().user, []

    def whom() -> Any:
        raise KeyError("who")

    def some(now: datetime) -> Iterator[Due]:
        yield Due("meeting-6", whom, lambda row: row, lambda rows: rows)
        yield due(ea, sent=sent)

    with pytest.raises(ExceptionGroup):
        remind_due(some, timezone.now())

    assert sent == [ea]
