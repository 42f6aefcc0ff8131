"""How far a goal is, as a picture with its figures in words."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from taskforce.results.goals import progress
from taskforce.results.models import Goal
from tests.factories import make_case, make_figure, make_goal, make_meeting

PAGE = "/en/resultater/"


def shown(client: Client) -> progress.Progress:
    (found,) = client.get(PAGE).context["goals"]
    assert isinstance(found, progress.Progress)
    return found


def test_counted_number_stands_beside_the_goal_and_is_cut_not_rounded(client: Client, db: None):
    make_goal("Meetings", measure="moeder", unit="meetings")
    Goal.objects.get().steps.update(number=3)
    make_meeting()
    make_meeting()

    found = shown(client)

    assert (found.target, found.reached and found.reached.number) == (3, 2)
    assert (found.percent, found.mark) == ("66.66", "100.00")
    words = client.get(PAGE).content.decode()
    assert "<strong>2</strong> of 3" in words
    assert 'width="66.66%"' in words
    assert 'href="/en/resultater/tal/moeder/"' in words


def test_goal_that_was_passed_shows_where_it_stood(client: Client, db: None):
    make_goal(measure="moeder")
    Goal.objects.get().steps.update(number=1)
    for _ in range(4):
        make_meeting()

    assert (shown(client).percent, shown(client).mark) == ("100.00", "25.00")


@pytest.mark.parametrize("measure", ["", "moeder", "oplyst:job", "udefra:9", "x", "udefra:"])
def test_without_a_number_there_is_no_picture(client: Client, db: None, measure: str):
    make_goal(measure=measure)

    assert shown(client).reached is None
    page = client.get(PAGE).content.decode()
    assert "No number says yet how far it is." in page
    assert "bar go goal" not in page


def test_numbers_of_others_count_too_and_overlapping_ones_are_not_added(client: Client, db: None):
    make_case(number=60, unit="Job")
    early = make_figure("Job i alt", number=40)
    make_goal(measure="oplyst:job")
    assert shown(client).reached == progress.Number(60, "Job", "/en/resultater/#eksempler")

    Goal.objects.update(measure=f"udefra:{early.pk}")
    late = make_figure("Job i alt", number=45)  # of the same period
    found = shown(client).reached
    assert found is not None
    assert found.number in (early.number, late.number)


def test_ended_goal_shows_what_was_reached_of_what_was_wanted(client: Client, db: None):
    goal = make_goal(measure="moeder")
    make_meeting()
    due = timezone.localdate()
    goal.steps.create(kind="missed", number=78, due_on=due, reason="Tiden løb.")

    found = shown(client)

    assert (found.target, found.reached and found.reached.number) == (100, 78)
    assert found.percent == "78.00"


def test_secretariat_chooses_the_number_and_changes_it(as_secretary: Client, db: None):
    make_case(number=60, unit="Job")
    typed = {"what": "Flere job", "unit": "job", "number": "100", "due_on": "31/12-2027"}
    page = as_secretary.post(
        "/sekretariat/resultater/maal/nyt/", {**typed, "measure": "moeder"}
    ).url
    assert Goal.objects.get().measure == "moeder"

    step: dict[str, Any] = {"kind": "changed", "number": "90", "due_on": "2028-12-31"}
    step |= {"reason": "x", "version": Goal.objects.get().version, "measure": "oplyst:job"}
    as_secretary.post(page, step)
    assert Goal.objects.get().measure == "oplyst:job"

    wrong = as_secretary.post(
        "/sekretariat/resultater/maal/nyt/", {**typed, "measure": "dage-til-svar"}
    )
    assert [*wrong.context["form"].errors] == ["measure"]
