"""A review: what is decided, what is accepted at once, what is missing, what is lost."""

import pytest
from django.utils import translation

from meetings.models import MeetingState
from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import Person
from taskforce.intake.reviewing.review import ALL, Review, typed_in
from tests.factories import make_meeting, make_minutes, make_organisation
from tests.intake.drafts import accept, found, make_draft, make_intake


def test_typed_in_sorts_fields_by_candidate():
    sent = {
        "version": "3",
        "number-0-value": "7",
        "action_points-12-name": "a\r\nb",
        "links-0-decision": "accept",
        "csrfmiddlewaretoken": "x",
    }

    assert typed_in(sent) == {"number-0": {"value": "7"}, "action_points-12": {"name": "a\nb"}}


def test_what_is_typed_goes_before_what_is_kept(intake: Intake):
    intake.decisions = {"place-0": {"value": "Rådhuset", "decision": "accept"}}

    review = Review(intake, {"place-0": {"value": "Havnen"}})

    assert review.decisions["place-0"] == {"value": "Havnen", "decision": "accept"}
    assert review.value("place") == "Havnen"


def test_value_of_what_is_left_out_or_wrong_is_none(intake: Intake):
    review = accept(intake, number_0={"value": "many"}, start_0={"decision": "skip"})

    assert (review.value("number"), review.value("start")) == (None, None)
    assert review.value("place") is None  # which the document does not hold


def test_groups_hold_candidates_with_the_unsure_ones_first(intake: Intake):
    groups = {group.name: group for group in Review(intake).groups()}

    assert [form.candidate.key for form in groups["meeting"].forms[:3]] == [
        "start-0",
        "end-0",
        "place-0",
    ]
    assert groups["meeting"].undecided_count == 5  # all but the place, which is empty
    assert list(groups) == [
        "meeting",
        "attendees",
        "absent",
        "agenda",
        "passages",
        "barriers",
        "action_points",
        "next_meeting",
        "calls",
        "news",
        "materials",
    ]


def test_accept_all_accepts_what_is_ready_and_counts_the_rest(intake: Intake):
    review = Review(intake)

    assert review.accept_all("barriers") == (0, 2)  # they need a theme and a barrier
    assert review.accept_all(ALL) == (19, 2)
    assert {form.candidate.key for form in review.undecided} == {"barriers-0", "statements-0"}


def test_accept_all_leaves_undecided_what_refers_to_something_undecided(db: None):
    """The action point is ready by itself; its owner is not accepted, since the name is missing."""
    draft = make_draft(attendees=[found(Person("", "Værkstedet"), "Bo Lund")])
    intake = make_intake(draft)
    review = Review(intake, {"action_points-0": {"organisation": "a:0"}})
    assert not review.by_key["action_points-0"].errors

    review.accept_all(ALL)

    assert review.by_key["attendees-0"].is_undecided
    assert review.by_key["action_points-0"].is_undecided


def test_missing_names_date_and_number(intake: Intake):
    nothing = Review(intake)

    assert [key for key, _sentence in nothing.missing()] == ["date-0", "number-0"]
    assert not nothing.is_ready()


def test_missing_leaves_a_wrong_date_to_its_own_form(intake: Intake):
    review = accept(intake, date_0={"value": "soon"}, number_0={"value": "many"})

    assert review.missing() == []
    assert {form.candidate.key for form in review.faulty} >= {"date-0", "number-0"}


def test_missing_names_minutes_of_a_meeting_that_is_matched_by_its_day(intake: Intake):
    make_minutes(make_meeting(8, date="2023-03-14", state=MeetingState.PLANNED))

    review = accept(intake, number_0={"decision": "skip"})

    assert review.missing() == [("date-0", "Referatet af 8. møde er i portalen i forvejen.")]
    assert not review.is_ready()


def test_loose_ends_name_what_refers_to_something_left_out(intake: Intake):
    away = {"decision": "skip"}

    review = accept(
        intake, agenda_1=away, attendees_0=away, passages_3={"text": "", "heading": "Hvem"}
    )

    with translation.override("en"):
        assert review.loose_ends() == [
            "“Hvem”: its agenda item is not taken.",
            "“Hvem”: who speaks is not taken.",
        ]


@pytest.mark.parametrize(("known", "is_new"), [("Værkstedet", False), ("Huset", True)])
def test_organisation_is_new_unless_the_portal_has_its_name(
    intake: Intake, known: str, is_new: bool
):
    review = accept(intake)
    make_organisation(known)  # since the review was read: the form still says "new"
    again = Review(intake, {"attendees-1": review.by_key["attendees-1"].kept})

    assert again.is_new_organisation(again.by_key["attendees-1"]) is is_new
