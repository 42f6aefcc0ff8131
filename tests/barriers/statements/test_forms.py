"""Forms for what organisations say of a barrier."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from barriers.statements.forms import InsteadForm, PassageStatementForm, StatementForm
from meetings.models import MeetingState
from tests.factories import (
    make_barrier,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
    make_statement,
    make_theme,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({}, ""),
        ({"title": " Udbud "}, "Udbud"),
        ({"description": "De er store."}, "De er store."),
        ({"title": "Udbud", "description": "De er store."}, "Udbud\n\nDe er store."),
        ({"title": "Udbud", "description": " "}, "Udbud"),
    ],
)
def test_typed_barrier_becomes_the_text_of_a_statement(typed: dict[str, str], text: str):
    assert InsteadForm(typed).as_statement == text


def test_statement_of_a_member_is_for_the_own_organisation(member):
    form = StatementForm(by=member)

    assert [*form.fields] == ["text", "meeting"]
    assert form.instance.organisation == member.organisation


def test_statement_of_the_secretariat_is_for_any_organisation(secretary):
    form = StatementForm(by=secretary)

    assert [*form.fields] == ["text", "organisation", "meeting"]
    assert form["organisation"].value() == secretary.organisation_id


def test_member_edits_a_statement_for_the_organisation_that_made_it(member):
    made = make_statement(make_barrier())

    assert StatementForm(by=member, instance=made).instance.organisation == made.organisation


def test_statement_of_a_passage_has_no_meeting_to_choose(secretary):
    made = make_statement(make_barrier(), entry=make_entry(make_minutes()))

    assert [*StatementForm(by=secretary, instance=made).fields] == ["text", "organisation"]


def test_statement_names_a_meeting_that_was_held(member):
    earlier = make_meeting(date=date(2022, 1, 1))
    later = make_meeting(date=date(2023, 1, 1))
    make_meeting(state=MeetingState.CANCELLED)
    make_meeting(date=timezone.localdate() + timedelta(days=1), state=MeetingState.PLANNED)

    choices = StatementForm(by=member).fields["meeting"].queryset  # type: ignore[attr-defined]

    assert [*choices] == [later, earlier]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"barrier": "known"}, []),
        ({"title": "New", "theme": "theme"}, []),
        ({}, ["barrier"]),
        ({"title": "New"}, ["theme"]),
        ({"barrier": "known", "title": "New"}, ["title"]),
        ({"text": ""}, ["text"]),  # one thing at a time
    ],
)
def test_passage_names_one_barrier_and_a_new_one_its_theme(db, fields, errors):
    keys = {"known": make_barrier().pk, "theme": make_theme().pk}
    data = {"text": "De er store.", "organisation": make_organisation().pk}
    data |= {name: keys.get(value, value) for name, value in fields.items()}

    assert [*PassageStatementForm(data).errors] == errors


def test_meeting_to_choose_is_named_with_its_day(member):
    make_meeting(3, date=date(2022, 11, 15))

    with translation.override("en"):
        choices = [str(label) for _key, label in StatementForm(by=member)["meeting"].field.choices]

    assert choices == ["At no meeting", "3rd meeting, 15 November 2022"]
