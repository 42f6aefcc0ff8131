"""Figures of the front page: summed from what is in the portal, never mixed with examples."""

from collections import Counter
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.translation import override

from calls.models import Openness, Outcome
from initiatives.models import Case
from taskforce.front.achievements import (
    Figure,
    barriers_resolved,
    figures,
    grants,
    initiatives_done,
    jobs,
)
from tests.factories import make_call, make_case, make_consortium, make_organisation

IN_2022 = datetime(2022, 11, 16, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def make_jobs(number: int, unit: str = "jobs", **fields: Any) -> Any:
    made = make_case(number=number, unit=unit, **fields)
    Case.objects.filter(pk=made.pk).update(published_at=IN_2022)
    return made


def test_jobs_of_one_case_are_told_in_its_words_with_who_said_it(db: None):
    case = make_jobs(80, "fleksjob", written_by=make_organisation("Odense Kommune"))
    make_jobs(7, "måltider")

    source = "As told by Odense Kommune, November 2022"
    expected = Figure("80", "fleksjob", source, case.get_absolute_url(), is_members_word=True)
    assert jobs() == expected


def test_jobs_of_several_cases_are_summed_up_with_the_list_of_them(db: None, client: Client):
    for number in (1200, 40):
        make_jobs(number, title=f"Told of {number}")

    source = "Told by members in 2 good examples since 2022"
    url = "/en/resultater/tal/oplyst/?enhed=jobs"
    assert jobs() == Figure("1,240", "jobs", source, url, is_members_word=True)
    page = client.get(url).content.decode()
    assert "Told of 1200" in page and "Told of 40" in page


def test_jobs_and_places_of_trainees_do_not_add_up(db: None):
    make_jobs(30, "Fleksjob")
    make_jobs(25, "fleksjob ")
    make_jobs(50, "praktikarbejdspladser")

    told = jobs()

    assert told and (told.number, told.label.strip().lower()) == ("55", "fleksjob")


def test_jobs_of_examples_count_only_while_nothing_real_is_told(db: None):
    make_jobs(12, is_example=True)
    invented = jobs()
    make_jobs(80)
    real = jobs()

    assert invented and (invented.number, invented.is_example) == ("12", True)
    assert real and (real.number, real.is_example) == ("80", False)


def test_no_jobs_are_told_of_as_none(db: None):
    make_jobs(7, "meals")

    assert jobs() is None


@pytest.mark.parametrize(
    ("counts", "number", "source"),
    [
        ({(False, "done"): 2, (False, "running"): 1, (True, "done"): 9}, "2", "1 is running"),
        ({(True, "done"): 1, (True, "proposed"): 2}, "1", "2 are proposed"),
        ({(False, "running"): 1}, "", "1 is running"),
    ],
)
def test_initiatives_done(counts: dict[tuple[bool, str], int], number: str, source: str):
    found = initiatives_done(Counter(counts))

    assert found and (found.number, found.source) == (number, source)
    assert bool(found.url) == bool(number)


def test_initiatives_that_are_none_are_not_told_of():
    assert initiatives_done(Counter()) is None
    assert initiatives_done(Counter({(False, "stopped"): 1})) is None


@pytest.mark.parametrize(
    ("states", "number", "source"),
    [
        ({"resolved": 3, "open": 4, "addressed": 1}, "3", "Of 8 that we know"),
        ({"open": 6, "addressed": 2}, "", "We know 8, and work on 2 of them"),
        ({"open": 6}, "", "We know 6"),
    ],
)
def test_barriers_resolved(states: dict[str, int], number: str, source: str):
    found = barriers_resolved(Counter(states))

    assert found and (found.number, found.source) == (number, source)


@pytest.mark.parametrize("states", [{}, {"open": 1000, "resolved": 1}])
def test_barriers_that_are_none_or_too_many_to_count_are_not_told_of(states: dict[str, int]):
    assert barriers_resolved(Counter(states)) is None


def test_grants_are_summed_up_without_those_that_hide(db: None):
    call = make_call()
    won = {"outcome": Outcome.GRANTED, "outcome_amount": 2_100_000}
    for _number in range(2):
        make_consortium(call, openness=Openness.CLOSED, **won)
    make_consortium(call, openness=Openness.HIDDEN, **won)

    url = "/en/opslag/"
    assert grants() == Figure("4.2 million", "euro granted by the EU", "To 2 consortia", url)


def test_grants_without_an_amount_are_counted(db: None):
    make_consortium(make_call(), openness=Openness.CLOSED, outcome=Outcome.GRANTED)

    assert grants() == Figure("1", "application granted", "", "/en/opslag/")


def test_consortia_that_apply_are_told_before_any_grant(db: None):
    make_consortium(make_call(is_example=True), openness=Openness.OPEN)
    make_consortium(make_call(), openness=Openness.OPEN, outcome=Outcome.UNKNOWN)

    expected = Figure("", "EU funding granted", "1 consortium is applying", "", is_example=True)
    assert grants() == expected


def test_nothing_is_told_before_anything_is_achieved(db: None):
    assert figures(Counter({"open": 3}), Counter({(False, "running"): 1})) == []

    told = figures(Counter({"resolved": 1}), Counter({(False, "running"): 1}))
    assert [figure.number for figure in told] == ["", "1"]
