"""The form of each kind of candidate: where it starts, and what it refuses by itself."""

from typing import Any

import pytest
from django.utils import translation

from taskforce.intake.models import Intake
from taskforce.intake.reader.draft import Call, Mode, NextMeeting, Person
from taskforce.intake.reviewing.review import Review
from tests.factories import make_member, make_organisation, make_theme, make_user
from tests.intake.drafts import accept, found, make_draft, make_intake


def errors(intake: Intake, key: str, **typed: str) -> dict[str, list[str]]:
    """Accept everything, type into one candidate, and return its errors in English."""
    with translation.override("en"):
        form = accept(intake, **{key.replace("-", "_"): typed}).by_key[key]
        return {name: [*map(str, wrong)] for name, wrong in form.errors.items()}


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("number-0", {"value": ""}, {"value": ["This field is required."]}),
        (
            "date-0",
            {"value": "14/3"},
            {"value": ["Write the day as 17.1.2023, or the month as januar 2023."]},
        ),
        ("agenda-0", {"ends": "09:00"}, {"ends": ["It ends before it starts."]}),
        ("passages-2", {"text": "", "heading": ""}, {"text": ["Write a heading or a text."]}),
        (
            "action_points-0",
            {"organisation": "?"},
            {"organisation": ["Choose the organisation that took it on."]},
        ),
        (
            "next_meeting-0",
            {"value": "2023-05", "starts": "10:00"},
            {"starts": ["Where only the month is known there is no time."]},
        ),
        (
            "next_meeting-0",
            {"value": "2023-05-09", "starts": "10:00", "ends": "09:00"},
            {"ends": ["It ends before it starts."]},
        ),
        ("calls-0", {"due_on": "", "due_at": "17:00"}, {"due_on": ["A time needs its date."]}),
        (
            "calls-0",
            {"name": "", "summary": ""},
            {
                "name": ["Write the title of the new call."],
                "summary": ["Write what the new call is about."],
            },
        ),
        (
            "materials-0",
            {"link": ""},
            {"link": ["Give a link, or leave it out and add the file on the page of the meeting."]},
        ),
    ],
)
def test_form_refuses(intake: Intake, key: str, typed: dict[str, str], expected: Any):
    assert errors(intake, key, **typed) == expected


def test_new_organisation_that_is_chosen_needs_a_name(intake: Intake):
    make_organisation("Odense Kommune")

    wrong = errors(intake, "attendees-0", organisation="new", written="")

    assert wrong == {"written": ["Write the name of the new organisation."]}


@pytest.mark.parametrize("key", ["barriers-0", "statements-0"])
def test_new_barrier_needs_a_title_and_a_theme(intake: Intake, key: str):
    theme = str(make_theme().pk)

    assert errors(intake, key, barrier="new", name="", theme="") == {
        "name": ["Write the title of the new barrier."],
        "theme": ["Choose the theme of the new barrier."],
    }
    assert errors(intake, key, barrier="new", name="Too large", theme=theme) == {}


def form(**fields: Any) -> Any:
    """Return the form of the only candidate of a draft with a field changed."""
    (name,) = fields
    return Review(make_intake(make_draft(**fields))).by_key[f"{name}-0"]


def test_format_starts_from_what_the_reader_names(db: None):
    online = form(mode=found(Mode.HYBRID, "online"))

    assert (online.raw("value"), online.title) == ("hybrid", "Fysisk og online")


def test_next_meeting_is_titled_by_its_day_and_place(db: None):
    planned = form(
        next_meeting=found(NextMeeting("2023-05-09", "10:00", "12:00", "Havnen"), "maj 2023")
    )

    assert planned.title == "9. maj 2023 · Havnen"
    assert [planned.raw(name) for name in ("starts", "ends")] == ["10:00", "12:00"]


def test_call_is_described_by_the_words_around_its_title_and_links(db: None):
    words = "Social Impact Call, frist 2. juni 2023 kl. 17: https://example.org/call"

    call = form(calls=[found(Call("Social Impact Call"), words)])

    assert call.raw("summary") == words  # its title is only a part of the line


def test_action_point_of_somebody_who_was_there_is_their_organisations(intake: Intake):
    owner = Review(intake).by_key["action_points-0"]

    assert owner.raw("organisation") == "a:1"
    assert owner.shown("organisation") == "Som Bo Lund, Værkstedet"


def test_action_point_of_an_unknown_owner_must_be_chosen(db: None):
    draft = make_draft(attendees=[found(Person("Ea Holm", "Odense Kommune"), "Ea Holm")])
    owner = Review(make_intake(draft)).by_key["action_points-0"]

    assert owner.raw("organisation") == "?"
    assert owner.shown("organisation") == "Bo Lund"


def test_action_point_of_somebody_without_an_organisation_must_be_chosen(db: None):
    draft = make_draft(attendees=[found(Person("Bo Lund"), "Bo Lund")])

    assert Review(make_intake(draft)).by_key["action_points-0"].raw("organisation") == "?"


def test_heading_of_a_speaker_is_the_organisation_and_not_the_name(intake: Intake):
    review = Review(intake)

    assert review.by_key["passages-2"].raw("heading") == "Velkomst"
    assert review.by_key["passages-3"].raw("heading") == "Odense Kommune"


def test_member_offers_the_likest_first(db: None):
    make_member(make_organisation("Slagelse Kommune"), user=make_user(name="Ida Lind"))
    bo = make_member(make_organisation("Huset"), user=make_user(name="Bo Lundgren"))

    person = Review(make_intake()).by_key["attendees-1"]

    assert person.fields["member"].choices[1] == (f"m:{bo.pk}", "Bo Lundgren, Huset")
