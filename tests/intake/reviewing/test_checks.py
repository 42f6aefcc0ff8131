"""What the forms of a review say of each other and of the portal."""

from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from meetings.models import MeetingState
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import Call
from taskforce.intake.reviewing.review import Review
from tests.factories import make_call, make_meeting, make_member, make_minutes
from tests.intake.drafts import accept, found, make_draft, make_intake, save

AWAY = {"decision": "skip"}
NO_ORGANISATION = "This person is not taken, or has no organisation in the portal."


def faults(intake: Intake, **changes: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Accept everything but for the changes, and return what is wrong, in English, by candidate.

    Barrier and statement always lack a choice that only a person can make, so they are left out.
    """
    with translation.override("en"):
        changes = {"barriers_0": AWAY, "statements_0": AWAY} | changes
        review = accept(intake, **changes)
        return {
            form.candidate.key: {name: [*map(str, all_)] for name, all_ in form.errors.items()}
            for form in review.faulty
        }


def test_document_without_faults(intake: Intake):
    assert faults(intake) == {}


def test_what_is_left_out_has_no_faults(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"number-0-value": "mange", "number-0-decision": "skip"})

    assert Review(Intake.objects.get()).by_key["number-0"].errors
    assert not Review(Intake.objects.get()).faulty


def test_meeting_with_minutes_is_a_fault(intake: Intake):
    make_minutes(make_meeting(7))

    sentence = "Minutes of the 7th meeting are in the portal already."
    assert faults(intake) == {"number-0": {"value": [sentence]}}


def test_cancelled_meeting_is_a_fault(intake: Intake):
    make_meeting(7, state=MeetingState.CANCELLED)

    sentence = "The 7th meeting is cancelled in the portal."
    assert faults(intake) == {"number-0": {"value": [sentence]}}


def test_other_number_for_the_planned_day_is_a_fault(intake: Intake):
    make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    sentence = "The meeting planned for this day has the number 8."
    assert faults(intake) == {"date-0": {"value": [sentence]}}


def test_meeting_without_a_number_is_the_one_planned_for_the_day(intake: Intake):
    planned = make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    assert accept(intake, number_0=AWAY).meeting == planned
    assert faults(intake, number_0=AWAY) == {}


def test_time_with_a_month_is_a_fault(intake: Intake):
    month = {"value": "2023-03"}

    assert faults(intake, date_0=month) == {
        "date-0": {"value": ["Where only the month is known there is no time."]}
    }
    assert faults(intake, date_0=month, start_0=AWAY, end_0=AWAY) == {}


def test_meeting_that_ends_before_it_starts_is_a_fault(intake: Intake):
    make_meeting(7, state=MeetingState.PLANNED, starts=time(9), ends=time(12))
    late = {"value": "13:00"}
    wrong = {"value": ["The meeting ends before it starts."]}

    assert faults(intake, start_0=late) == {"end-0": wrong}
    assert faults(intake, start_0=late, end_0=AWAY) == {"start-0": wrong}  # the planned end


def test_member_listed_twice_is_a_fault(intake: Intake):
    twice = {"member": f"m:{make_member().pk}"}

    sentence = "This member stands on the list once already."
    assert faults(intake, attendees_0=twice, absent_0=twice) == {"absent-0": {"member": [sentence]}}


@pytest.mark.parametrize("change", [AWAY, {"organisation": ""}])
def test_speaker_without_an_organisation_is_a_fault(intake: Intake, change: dict[str, str]):
    known = {"decision": "accept", "barrier": "f:0"}

    wrong = faults(intake, statements_0=known, attendees_0=change)["statements-0"]

    assert wrong["speaker"] == [NO_ORGANISATION]


@pytest.mark.parametrize("change", [AWAY, {"organisation": ""}])
def test_owner_without_an_organisation_is_a_fault(intake: Intake, change: dict[str, str]):
    assert faults(intake, attendees_1=change) == {
        "action_points-0": {"organisation": [NO_ORGANISATION]}
    }


def test_statement_on_a_left_out_barrier_is_a_fault(intake: Intake):
    statement = {"decision": "accept", "barrier": "f:0", "speaker": "0"}

    assert faults(intake, statements_0=statement) == {
        "statements-0": {"barrier": ["This barrier of the document is not taken."]}
    }


@pytest.fixture
def two_calls(db: None) -> Intake:
    """Return a document that tells of two calls with the same topic, written otherwise."""
    calls = [
        found(Call(title, topic=topic), "Social Impact Call, frist")
        for title, topic in (("First", "SMP-1"), ("Second", "smp-1"))
    ]
    return make_intake(make_draft(calls=calls))


def test_two_new_calls_of_one_topic_are_a_fault(two_calls: Intake):
    assert faults(two_calls) == {"calls-1": {"topic": ["Another call here has this topic."]}}


def test_call_of_the_portal_chosen_twice_is_a_fault(two_calls: Intake):
    make_call("Known", topic_id="SMP-1")

    assert faults(two_calls) == {
        "calls-1": {"call": ["This call stands on the list once already."]}
    }


def test_topic_of_a_call_of_the_portal_is_a_fault_for_a_new_call(intake: Intake):
    make_call("Known", topic_id="smp-1")
    new: dict[str, Any] = {"call": ""}

    sentence = "A call with this topic is in the portal already."
    assert faults(intake, calls_0=new) == {"calls-0": {"topic": [sentence]}}
