"""Read topics in every shape, the odd ones too: the reader answers or refuses."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls.reader import as_json, read
from taskforce.core.acts import Refused

T = "SMP-EKS-2022-X-01"


def topic(**details: Any) -> dict[str, Any]:
    return as_json(read(json.dumps({"TopicDetails": {"identifier": T, **details}}).encode()))


def map_of(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"budgetTopicActionMap": {"1": [{"action": f"{T} - GFS", **row} for row in rows]}}


def test_read_ignores_numbers_that_json_does_not_know():
    rows = f'[{{"action": "{T}", "budgetYearMap": {{"2022": NaN, "2023": 5, "2024": -Infinity}},'
    rows += f'"maxContribution": 1e999999999, "minContribution": {"9" * 5000}}}]'
    overview = f'{{"budgetTopicActionMap": {{"1": {rows}}}}}'
    details = f'{{"identifier": "{T}", "budgetOverviewJSONItem": {overview}}}'
    found = read(f'{{"TopicDetails": {details}}}'.encode())

    assert (found.budget, found.grant_min, found.grant_max) == (5, None, None)


def test_read_takes_one_day_in_several_shapes_as_one_deadline():
    days = ["07 December 2022", 1670367600000, "2022-12-06T23:00Z", "2022-12-07", None, "?"]

    found = topic(actions=[{"deadlineDates": days}, {"deadlineDates": days}])

    assert found["deadlines"] == ["2022-12-07T17:00+01:00"]


def test_read_takes_deadlines_from_the_budget_where_actions_have_none():
    rows = map_of({"deadlineDates": ["27 October 2024"]}, {"deadlineDates": ["31 March 2024"]})

    found = topic(actions=[{"deadlineDates": []}], budgetOverviewJSONItem=rows)

    assert found["deadlines"] == ["2024-03-31T17:00+02:00", "2024-10-27T17:00+01:00"]


def test_read_adds_up_every_year_and_action_once():
    one = {"budgetYearMap": {"2022": "100", "2023": 200}, "minContribution": 5}
    two = {"budgetYearMap": {"2022": "50"}, "minContribution": "3", "maxContribution": 40}

    found = topic(budgetOverviewJSONItem=map_of(one, one, two))

    assert (found["budget"], found["grant_min"], found["grant_max"]) == (350, 3, 40)


@pytest.mark.parametrize(
    ("action", "is_own"),
    [
        (f"{T} - SMP-GFS", True),
        (T, True),
        (T.lower(), True),
        (f" {T}: SMP-GFS", True),
        (f"{T}-02 - SMP-GFS", False),
        (f"{T}1 - SMP-GFS", False),
        ("SMP-EKS-2022-X-02 - SMP-GFS", False),
        (f"X{T}", False),
    ],
)
def test_read_takes_the_topics_own_rows_by_their_beginning(action: str, is_own: bool):
    rows = {"budgetTopicActionMap": {"1": [{"action": action, "budgetYearMap": {"2022": 9}}]}}
    other = [{"action": "SMP-EKS-2022-Y-01 - GFS", "budgetYearMap": {"2022": 1}}]
    rows["budgetTopicActionMap"]["2"] = other

    assert topic(budgetOverviewJSONItem=rows)["budget"] == (9 if is_own else None)


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        ([31094501], "forthcoming"),
        (["31094502"], "open"),
        ([31094503], "closed"),
        ([31094503, 31094501], "forthcoming"),
        ([31094503, 31094502, 31094501], "open"),
        ([7], None),
        ([None], None),
    ],
)
def test_read_takes_the_status_of_the_action_that_counts_most(
    statuses: list[Any], word: str | None
):
    assert topic(actions=[{"status": {"id": status}} for status in statuses])["status"] == word


def test_read_knows_two_stages_by_procedure_or_model():
    assert read(
        _plain(actions=[{"submissionProcedure": {"abbreviation": "two-stage"}}])
    ).is_two_stage
    assert read(_plain(budgetOverviewJSONItem=map_of({"deadlineModel": "two-stage"}))).is_two_stage
    assert not read(
        _plain(actions=[{"submissionProcedure": {"abbreviation": "single-stage"}}])
    ).is_two_stage


def _plain(**details: Any) -> bytes:
    return json.dumps({"TopicDetails": {"identifier": T, **details}}).encode()


KEYS = [
    *("identifier", "title", "actions", "status", "id", "types", "typeOfAction", "deadlineDates"),
    *("budgetOverviewJSONItem", "budgetTopicActionMap", "budgetYearMap", "action", "1"),
    *("plannedOpeningDate", "minContribution", "frameworkProgramme", "abbreviation", "description"),
]
VALUES = ["07 December 2022", 1670367600000, T, 31094502, "1 300 000", "<p>"]
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    PLAIN | st.sampled_from(VALUES),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_read_reads_or_refuses_anything(found: Any):
    for document in (
        found,
        {"TopicDetails": found},
        {"TopicDetails": {"identifier": T, "x": found}},
    ):
        try:
            told = as_json(read(json.dumps(document).encode()))
        except Refused:
            continue
        json.dumps(told, ensure_ascii=False).encode()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_read_reads_or_refuses_any_bytes(content: bytes):
    with pytest.raises(Refused):
        read(content)
