"""What nobody should write and somebody does: the reader answers or refuses, and never breaks."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls.reader import as_json, read
from calls.reader.values import amount, day, rich, text
from taskforce.core.acts import Refused

T = "SMP-EKS-2022-X-01"


def topic(**details: Any) -> dict[str, Any]:
    return as_json(read(json.dumps({"TopicDetails": {"identifier": T, **details}}).encode()))


def map_of(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"budgetTopicActionMap": {"1": [{"action": f"{T} - GFS", **row} for row in rows]}}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("07 December 2022", "2022-12-07"),
        ("7 Dec 2022", "2022-12-07"),
        ("Wednesday, 07 December 2022 17:00:00 Brussels time", "2022-12-07"),
        ("07\u00a0December\u00a02022", "2022-12-07"),
        ("7th December 2022", "2022-12-07"),
        ("07/12/2022", "2022-12-07"),
        ("2022-12-07", "2022-12-07"),
        ("2022-12-07T00:00:00", "2022-12-07"),
        ("2022-12-07T00:00:00.000+0000", "2022-12-07"),
        ("2022-12-06T23:00:00Z", "2022-12-07"),
        ("2022-12-07T17:00:00+01:00", "2022-12-07"),
        ("2022-06-06T22:00Z", "2022-06-07"),
        ("2022-06-06T21:59Z", "2022-06-06"),
        ("2022-12-06T22:59Z", "2022-12-06"),  # in winter the day begins an hour later
        (1670367600000, "2022-12-07"),
        ("1670367600000", "2022-12-07"),
        # The nights in which the clocks change.
        ("2024-03-30T23:00Z", "2024-03-31"),
        ("2024-10-26T22:00Z", "2024-10-27"),
        ("2024-10-27T23:00Z", "2024-10-28"),
    ],
)
def test_dates(written: Any, read_as: str):
    assert str(day(written)) == read_as


@pytest.mark.parametrize(
    "written",
    [
        *("", "soon", "31 February 2022", "2022-13-01", "2022-12-07T99:00Z", "07 Brumaire 2022"),
        *(0, -1, True, None, [], {}, 10**30, 10**13, "9" * 50, "0001-01-01T00:00Z", "9999-12-31"),
        "2022-12-07T00:00+9999",
    ],
)
def test_what_is_no_date(written: Any):
    assert day(written) is None


@pytest.mark.parametrize(
    ("written", "euro"),
    [
        *((1300000, 1300000), ("1300000", 1300000), ("1 300 000", 1300000)),
        *(("1.300.000", 1300000), ("1,300,000", 1300000), ("1.300.000,50", 1300000)),
        *(("1,300,000.50", 1300000), ("1300000.00", 1300000), ("1.300", 1300)),
        *(
            ("EUR 300 000", 300000),
            ("300.000 €", 300000),
            ("1'300'000", 1300000),
            ("1.3E6", 1300000),
        ),
        *((0, None), ("0", None), ("0.00", None), (-5, None), ("-5", None), (True, None)),
        *(("", None), ("many", None), (None, None), ([], None), ("NaN", None), ("Infinity", None)),
        *(("1E999999999", None), (10**20, None), ("1.2.3", None)),
    ],
)
def test_amounts(written: Any, euro: int | None):
    assert amount(written) == euro


def test_numbers_that_json_does_not_know_state_nothing():
    rows = f'[{{"action": "{T}", "budgetYearMap": {{"2022": NaN, "2023": 5, "2024": -Infinity}},'
    rows += f'"maxContribution": 1e999999999, "minContribution": {"9" * 5000}}}]'
    overview = f'{{"budgetTopicActionMap": {{"1": {rows}}}}}'
    details = f'{{"identifier": "{T}", "budgetOverviewJSONItem": {overview}}}'
    found = read(f'{{"TopicDetails": {details}}}'.encode())

    assert (found.budget, found.grant_min, found.grant_max) == (5, None, None)


def test_the_same_day_in_several_shapes_is_one_deadline():
    days = ["07 December 2022", 1670367600000, "2022-12-06T23:00Z", "2022-12-07", None, "?"]

    found = topic(actions=[{"deadlineDates": days}, {"deadlineDates": days}])

    assert found["deadlines"] == ["2022-12-07T17:00+01:00"]


def test_deadlines_of_the_map_stand_in_where_the_actions_have_none():
    rows = map_of({"deadlineDates": ["27 October 2024"]}, {"deadlineDates": ["31 March 2024"]})

    found = topic(actions=[{"deadlineDates": []}], budgetOverviewJSONItem=rows)

    assert found["deadlines"] == ["2024-03-31T17:00+02:00", "2024-10-27T17:00+01:00"]


def test_every_year_of_every_action_of_the_topic_counts_once():
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
def test_a_row_is_the_topics_own_by_what_it_begins_with(action: str, is_own: bool):
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
def test_status(statuses: list[Any], word: str | None):
    assert topic(actions=[{"status": {"id": status}} for status in statuses])["status"] == word


def test_two_stages_are_known_by_procedure_or_model():
    assert read(
        _plain(actions=[{"submissionProcedure": {"abbreviation": "two-stage"}}])
    ).is_two_stage
    assert read(_plain(budgetOverviewJSONItem=map_of({"deadlineModel": "two-stage"}))).is_two_stage
    assert not read(
        _plain(actions=[{"submissionProcedure": {"abbreviation": "single-stage"}}])
    ).is_two_stage


def _plain(**details: Any) -> bytes:
    return json.dumps({"TopicDetails": {"identifier": T, **details}}).encode()


def test_nothing_active_is_left_of_a_description():
    found = rich(
        '<h2 onclick="x()">Scope</h2><script>alert(1)</script><p style="color:red">A <b>market</b>'
        '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
        '<a href="https://ec.europa.eu/">y</a><iframe src="//x"></iframe><svg onload=x>\0\ud800'
    )

    for bad in (
        "script",
        "onclick",
        "onerror",
        "style",
        "iframe",
        "img",
        "svg",
        "h2",
        "\0",
        "\ud800",
    ):
        assert bad not in found
    assert "<strong>Scope</strong>" in found
    assert "<strong>market</strong>" in found
    assert 'href="https://ec.europa.eu/"' in found


def test_texts_are_one_line_of_words_that_can_be_written():
    assert text("A &lt;b&gt; &amp;\n <i>c</i>\0\ud800") == "A <b> & c"
    assert text(["list"]) == text(None) == text(7) == ""


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
def test_anything_is_read_or_refused(found: Any):
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
def test_any_bytes_are_read_or_refused(content: bytes):
    with pytest.raises(Refused):
        read(content)
