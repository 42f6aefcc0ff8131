"""What the portal counts by itself, and what it leaves out."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from barriers.models import BarrierState
from calls.models import Openness, Outcome
from initiatives.models import CaseState
from taskforce.results.counting import IN_ALL, count, rows_behind, told, told_rows
from taskforce.results.measures import BY_KEY
from tests.factories import make_barrier, make_call, make_case, make_consortium, make_meeting

TODAY = timezone.localdate()


def number(key: str, year: int = IN_ALL) -> Any:
    found = count().get((key, year))
    return found and found.number


def test_days_to_an_answer_are_those_of_the_one_in_the_middle(db: None):
    for days in (1, 10, 200, 30):
        make_barrier(
            state=BarrierState.RESOLVED,
            answer="Løst.",
            raised_on=date(2024, 1, 1),
            resolved_on=date(2024, 1, 1) + timedelta(days=days),
        )

    assert (number("dage-til-svar"), number("dage-til-svar", 2024)) == (20, 20)
    assert number("dage-til-svar", 2025) is None


def test_what_a_stranger_does_not_see_counts_nowhere(db: None):
    make_barrier(hidden_at=timezone.now())
    make_consortium(make_call(), outcome=Outcome.GRANTED, openness=Openness.HIDDEN)
    make_case(state=CaseState.DRAFT)

    assert {key for key, _year in count()} <= {"organisationer"}


def test_examples_count_only_where_nothing_is_real(db: None):
    make_meeting(state="held", date=date(2024, 5, 1), is_example=True)
    assert count()["moeder", 2024].is_example

    make_meeting(state="held", date=date(2025, 5, 1))

    counts = count()
    assert ("moeder", 2024) not in counts
    assert (counts["moeder", IN_ALL].number, counts["moeder", IN_ALL].is_example) == (1, False)
    assert rows_behind(BY_KEY["moeder"]).count() == 1


def test_numbers_of_good_examples_are_added_up_by_unit(db: None):
    for amount, unit in ((80, "job"), (20, "Job "), (3, "praktikpladser"), (5, "kontrakter")):
        make_case(number=amount, unit=unit)

    found = told()[IN_ALL]

    assert [(one.unit.strip().lower(), one.number, one.cases) for one in found] == [
        ("job", 100, 2),
        ("kontrakter", 5, 1),
        ("praktikpladser", 3, 1),
    ]
    assert sum(told_rows("job").values_list("number", flat=True)) == 100


@pytest.mark.parametrize(
    "path",
    [
        *("/resultater/0/", "/resultater/1995/", "/resultater/99999/", "/resultater/tal/noget/"),
        *("/resultater/tal/moeder/?aar=x", "/resultater/tal/moeder/?aar=1"),
    ],
)
def test_there_is_no_such_page(db: None, client: Client, path: str):
    assert client.get(path).status_code == 404


def test_without_anything_the_page_says_none(db: None, client: Client):
    page = client.get("/en/resultater/")

    assert page.status_code == 200
    assert {one.number for part in page.context["sections"] for one in part["figures"]} == {""}
    assert page.context["years"] == [TODAY.year]
