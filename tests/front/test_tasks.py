"""How pressing a task is, in words and in order; and which day the secretariat must answer by."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils.translation import override

from taskforce.front.desk.tasks import weekdays_after
from taskforce.front.tasks import Task, by_urgency

TODAY = date(2026, 3, 5)


def due(days: int | None, **fields: object) -> Task:
    day = None if days is None else TODAY + timedelta(days=days)
    return Task(title=str(days), url="/", about="", due=day, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (None, "", "No deadline"),
        (-1, "late", "Overdue"),
        (0, "soon", "Today"),
        (1, "soon", "In 1 day"),
        (14, "soon", "In 14 days"),
        (15, "", "In 15 days"),
    ],
)
@time_machine.travel(TODAY)
@override("en")
def test_state_tells_how_many_days_are_left(days, state, words):
    assert (due(days).state, due(days).words) == (state, words)


@time_machine.travel(TODAY)
def test_tasks_stand_by_deadline_and_apart_where_they_press_nobody():
    tasks = [due(None), due(3), due(-91), due(-90), due(1, can_wait=True)]

    found = by_urgency(tasks)

    assert [task.title for task in found["tasks"]] == ["-90", "3", "None"]
    assert [task.title for task in found["can_wait"]] == ["-91", "1"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("2026-11-23", "2026-11-26"), ("2026-11-26", "2026-12-01"), ("2026-11-28", "2026-12-02")],
)
def test_three_weekdays_step_over_the_weekend(asked, answered):
    assert weekdays_after(date.fromisoformat(asked), 3) == date.fromisoformat(answered)
