"""Ask the EU portal, and fill in the form of a call with its answer."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.utils import translation

from calls.editing import portal
from calls.reader import Topic, TopicReference, find, read
from tests.calls.portal import TOPIC, Portal, topic
from tests.refusing import refused


def reference(text: str = TOPIC) -> TopicReference:
    found = find(text)
    assert found is not None
    return found


def stated(**fields: Any) -> Topic:
    return read(topic(**fields))


def test_ask_returns_the_topic(eu_portal: Portal):
    found = portal.ask(reference())

    assert (found.identifier, found.title) == (TOPIC, "Workshops and buyers")


def test_ask_refuses_calls_without_data(eu_portal: Portal):
    with refused("The EU portal keeps no data that can be read for calls of this kind."):
        portal.ask(reference("https://ec.europa.eu/competitive-calls-cs/8281"))

    assert eu_portal.asked == []


@pytest.mark.parametrize(
    ("status", "content", "sentence"),
    [
        (404, b"", "The EU portal knows no topic of that identifier."),
        (500, b"", "The EU portal answers with an error."),
        (200, b"<html>", "The EU portal's answer could not be read."),
        (200, b"", "The EU portal's answer could not be read."),
        (200, b"{}", "The EU portal's answer could not be read."),
    ],
)
def test_ask_refuses_without_a_topic(eu_portal: Portal, status: int, content: bytes, sentence: str):
    eu_portal.answer(status, content)

    with refused(sentence):
        portal.ask(reference())


def test_ask_takes_the_identifier_where_the_answer_names_none(eu_portal: Portal):
    eu_portal.body = topic(identifier=None)  # type: ignore[arg-type]  # as an answer may be

    assert portal.ask(reference()).identifier == TOPIC


def test_initial_values_without_an_answer_are_topic_and_link():
    found = reference()

    assert portal.initial_values(found, None) == ({"topic_id": TOPIC, "link": found.link}, [])


def test_initial_values_are_what_the_portal_states():
    values, rows = portal.initial_values(reference(), stated())

    assert values == {
        "topic_id": TOPIC,
        "title": "Workshops and buyers",
        "link": reference().link,
        "description": "<p><strong>Scope</strong></p><p>Buying socially.</p>",
        "programme": "SMP",
        "type_of_action": "SMP-GFS",
        "opens_on": date(2029, 9, 29),
        "budget": 1_300_000,
        "grant_min": None,
        "grant_max": 300_000,
    }
    assert rows == [{"day": date(2030, 1, 10), "time": time(17), "label": ""}]


TWO_STAGES = {"submissionProcedure": {"abbreviation": "two-stage"}}
ONE_DAY, TWO_DAYS = ["10 January 2030"], ["10 January 2030", "20 June 2030"]


@pytest.mark.parametrize(
    ("action", "labels"),
    [
        ({**TWO_STAGES, "deadlineDates": TWO_DAYS}, ["1. trin", "2. trin"]),
        ({**TWO_STAGES, "deadlineDates": ONE_DAY}, [""]),
        ({**TWO_STAGES, "deadlineDates": [*TWO_DAYS, "1 July 2030"]}, ["", "", ""]),
        ({"deadlineDates": TWO_DAYS}, ["", ""]),
        ({"deadlineDates": []}, []),
    ],
)
def test_deadline_rows_of_two_stages_are_labelled(action: dict[str, Any], labels: list[str]):
    with translation.override("en"):  # labels are Danish, whatever the page's language
        rows = portal.deadline_rows(stated(actions=[action]))

    assert [row["label"] for row in rows] == labels


def test_deadline_rows_have_day_and_time_in_brussels():
    (row,) = portal.deadline_rows(stated())

    assert (row["day"], row["time"]) == (date(2030, 1, 10), time(17))
    assert stated().deadlines == [datetime(2030, 1, 10, 16, tzinfo=UTC)]
