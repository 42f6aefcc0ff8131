"""What the forms of a review say of each other and of the portal."""

from django.test import Client

from meetings.models import MeetingState
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.review import Review
from tests.factories import (
    make_meeting,
    make_member,
    make_minutes,
)
from tests.intake.drafts import accept, save


def test_what_is_left_out_has_no_faults(as_secretary: Client, intake: Intake):
    save(as_secretary, intake, **{"number-0-value": "mange", "number-0-decision": "skip"})

    assert not Review(Intake.objects.get()).faulty


def test_meeting_with_minutes_is_a_fault(intake: Intake):
    make_minutes(make_meeting(7))

    assert "7. møde" in str(accept(intake).by_key["number-0"].errors["value"])


def test_cancelled_meeting_is_a_fault(intake: Intake):
    make_meeting(7, state=MeetingState.CANCELLED)

    assert "aflyst" in str(accept(intake).by_key["number-0"].errors["value"])


def test_other_number_for_the_planned_day_is_a_fault(intake: Intake):
    make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    assert "nummer 8" in str(accept(intake).by_key["date-0"].errors["value"])


def test_meeting_without_a_number_is_the_one_planned_for_the_day(intake: Intake):
    planned = make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED)

    assert accept(intake, number_0={"decision": "skip"}).meeting == planned


def test_time_with_a_month_is_a_fault(intake: Intake):
    month = {"value": "2023-03"}
    away = {"decision": "skip"}

    assert "value" in accept(intake, date_0=month).by_key["date-0"].errors
    assert not accept(intake, date_0=month, start_0=away, end_0=away).by_key["date-0"].errors


def test_member_listed_twice_is_a_fault(intake: Intake):
    member = make_member()
    twice = {"member": f"m:{member.pk}"}

    review = accept(intake, attendees_0=twice, absent_0=twice)

    assert [line.candidate.key for line in review.faulty if "member" in line.errors] == ["absent-0"]


def test_speaker_without_an_organisation_is_a_fault(intake: Intake):
    for change in ({"decision": "skip"}, {"organisation": ""}):
        review = accept(intake, attendees_0=change)
        assert "speaker" in review.by_key["statements-0"].errors


def test_owner_without_an_organisation_is_a_fault(intake: Intake):
    review = accept(intake, attendees_1={"decision": "skip"})

    assert "organisation" in review.by_key["action_points-0"].errors


def test_statement_on_a_left_out_barrier_is_a_fault(intake: Intake):
    review = accept(
        intake, barriers_0={"decision": "skip"}, statements_0={"barrier": "f:0", "speaker": "0"}
    )

    assert "barrier" in review.by_key["statements-0"].errors
