"""Make a statement of a passage of the minutes, and remove it."""

from datetime import date

import pytest

from barriers.curation import merging
from barriers.models import Barrier, Statement
from barriers.statements import passages
from barriers.statements.forms import PassageStatementForm
from meetings.models import MinutesEntry, MinutesState
from taskforce.activity.models import Activity, Verb
from tests.factories import (
    make_attendance,
    make_barrier,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
    make_secretary,
    make_statement,
    make_theme,
)
from tests.racing import at_once
from tests.refusing import refused

IN_REVIEW = "The minutes are in review. What must change is proposed there."


def make_passage() -> MinutesEntry:
    meeting = make_meeting(3)
    speaker = make_attendance(meeting, organisation=make_organisation("Odense"))
    return make_entry(make_minutes(meeting), speaker=speaker)


@pytest.fixture
def entry(db: None) -> MinutesEntry:
    return make_passage()


def given(entry: MinutesEntry, **fields: object) -> PassageStatementForm:
    organisation = entry.speaker and entry.speaker.organisation_id
    form = PassageStatementForm({"text": "De er store.", "organisation": organisation, **fields})
    assert form.is_valid()
    return form


def review(entry: MinutesEntry) -> None:
    entry.minutes.state, entry.minutes.review_ends_on = MinutesState.IN_REVIEW, date(2030, 1, 1)
    entry.minutes.save()


def test_add_statement_returns_one_on_a_barrier_of_the_register(entry, secretary):
    barrier = make_barrier()

    form = given(entry, barrier=barrier.pk)
    statement = passages.add_statement(entry=entry, form=form, by=secretary)

    assert (statement.barrier, statement.entry) == (barrier, entry)
    assert (statement.text, statement.made_on) == ("De er store.", entry.minutes.meeting.date)
    activity = Activity.objects.get()
    assert (activity.verb, activity.target_id) == (Verb.ADDED, statement.pk)


def test_add_statement_adds_a_new_barrier_as_raised_at_the_meeting(entry, secretary):
    theme = make_theme()

    form = given(entry, title="Store udbud", theme=theme.pk)
    statement = passages.add_statement(entry=entry, form=form, by=secretary)

    barrier, meeting = statement.barrier, entry.minutes.meeting
    assert (barrier.title, barrier.theme) == ("Store udbud", theme)
    assert barrier.raised_by == statement.organisation == entry.speaker.organisation
    assert (barrier.raised_at, barrier.raised_on) == (meeting, meeting.date)
    added = [*Activity.objects.order_by("pk").values_list("verb", "target_id")]
    assert added == [(Verb.ADDED, barrier.pk), (Verb.ADDED, statement.pk)]


def test_add_statement_returns_the_first_where_the_form_is_sent_twice(entry, secretary):
    known, theme = make_barrier(), make_theme()
    for fields in ({"barrier": known.pk}, {"title": "Store udbud", "theme": theme.pk}):
        first, second = (
            passages.add_statement(entry=entry, form=given(entry, **fields), by=secretary)
            for _ in range(2)
        )
        assert first == second

    assert (Barrier.objects.count(), Statement.objects.count()) == (2, 2)


def test_add_statement_goes_to_the_kept_barrier(entry, secretary):
    double, kept = make_barrier(), make_barrier()
    form = given(entry, barrier=double.pk)
    merging.merge(double=double, into=kept, by=secretary)

    assert passages.add_statement(entry=entry, form=form, by=secretary).barrier == kept


def test_add_statement_refuses_minutes_that_are_no_draft(entry, secretary):
    form = given(entry, barrier=make_barrier().pk)
    review(entry)

    with refused(IN_REVIEW):
        passages.add_statement(entry=entry, form=form, by=secretary)

    assert not Statement.objects.exists()


def test_add_statement_makes_one_statement_of_several_taps_at_once(transactional_db):
    entry, theme, by = make_passage(), make_theme(), make_secretary()

    def add() -> Statement:
        form = given(entry, title="Ny", theme=theme.pk)
        return passages.add_statement(entry=entry, form=form, by=by)

    assert len({*at_once(add, add, add)}) == 1
    assert (Barrier.objects.count(), Statement.objects.count()) == (1, 1)


def test_remove_statement_returns_the_barrier_that_stays(entry):
    barrier = make_barrier()
    statement = make_statement(barrier, entry=entry)

    assert passages.remove_statement(statement=statement) == barrier
    assert not Statement.objects.exists()
    assert Barrier.objects.get() == barrier


def test_remove_statement_refuses_minutes_that_are_no_draft(entry):
    statement = make_statement(make_barrier(), entry=entry)
    review(entry)

    with refused(IN_REVIEW):
        passages.remove_statement(statement=statement)

    assert Statement.objects.get() == statement
