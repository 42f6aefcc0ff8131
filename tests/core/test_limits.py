"""What strangers send is counted."""

from datetime import timedelta
from typing import Any

import pytest

from taskforce.core import limits
from taskforce.core.acts import Refused
from taskforce.core.limits import Limit
from taskforce.core.models import Sending
from tests.racing import at_once

LIMIT = Limit("question", most=3, within=timedelta(hours=1))


def test_refuses_one_too_many(db: None) -> None:
    for _ in range(3):
        LIMIT.count("1.2.3.4", "Too many.")

    with pytest.raises(Refused, match=r"^Too many\.$"):
        LIMIT.count("1.2.3.4", "Too many.")


def test_counts_each_visitor_and_each_limit_alone(db: None) -> None:
    for _ in range(3):
        LIMIT.count("1.2.3.4", "Too many.")
    LIMIT.count("5.6.7.8", "Too many.")
    Limit("join", most=1, within=timedelta(hours=1)).count("1.2.3.4", "Too many.")

    assert Sending.objects.count() == 5


def test_begins_again_when_the_time_is_over(db: None, time_machine: Any) -> None:
    time_machine.move_to("2026-03-01 12:00Z")
    for _ in range(3):
        LIMIT.count("1.2.3.4", "Too many.")

    time_machine.move_to("2026-03-01 13:01Z")
    LIMIT.count("1.2.3.4", "Too many.")


def test_holds_for_twenty_at_the_same_moment(transactional_db: None) -> None:
    answers = at_once(*[lambda: LIMIT.count("1.2.3.4", "Too many.")] * 20)

    assert sum(isinstance(answer, Sending) for answer in answers) == 3
    assert sum(isinstance(answer, Refused) for answer in answers) == 17


def test_keeps_no_address(db: None) -> None:
    assert "1.2.3.4" not in LIMIT.count("1.2.3.4", "Too many.").who


def test_forget_deletes_what_is_a_day_old(db: None, time_machine: Any) -> None:
    time_machine.move_to("2026-03-01 12:00Z")
    LIMIT.count("1.2.3.4", "Too many.")

    time_machine.move_to("2026-03-02 12:01Z")
    limits.forget()

    assert not Sending.objects.exists()
