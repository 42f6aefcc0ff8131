"""Make a part of a barrier a barrier of its own."""

from datetime import date

import pytest
from django.utils import timezone

from barriers.curation import merging, splitting
from barriers.curation.forms import SplitForm
from barriers.models import Act, Barrier, Statement
from taskforce.activity.models import Activity, Verb
from tests.factories import (
    make_barrier,
    make_meeting,
    make_secretary,
    make_statement,
    make_support,
)
from tests.racing import at_once
from tests.refusing import answers, refused


def part_of(whole: Barrier, *statements: Statement) -> SplitForm:
    data = {"title": "Part", "theme": whole.theme_id, "statements": [one.pk for one in statements]}
    form = SplitForm(data, barrier=whole)
    assert form.is_valid()
    return form


@pytest.fixture
def whole(db: None) -> Barrier:
    return make_barrier("Whole", raised_at=make_meeting(), raised_on=date(2022, 11, 15))


def test_split_returns_the_part_that_was_raised_with_the_whole(whole, secretary):
    make_support(whole)

    part = splitting.split(barrier=whole, form=part_of(whole), by=secretary)

    assert (part.title, part.split_from, part.support_count) == ("Part", whole, 1)
    assert (part.raised_by, part.raised_at) == (whole.raised_by, whole.raised_at)
    assert (part.raised_on, part.hidden_at) == (whole.raised_on, None)
    whole.refresh_from_db()
    assert (whole.version, whole.support_count) == (2, 2)


def test_split_moves_the_chosen_statements_alone(whole, secretary):
    goes, stays = make_statement(whole, "Goes"), make_statement(whole, "Stays")

    part = splitting.split(barrier=whole, form=part_of(whole, goes), by=secretary)

    assert [*part.statements.all()] == [goes]
    assert [*whole.statements.all()] == [stays]


def test_split_of_a_hidden_barrier_is_hidden(whole, secretary):
    whole.hidden_at = timezone.now()
    whole.save()

    part = splitting.split(barrier=whole, form=part_of(whole), by=secretary)

    assert part.hidden_at == whole.hidden_at


def test_split_is_in_the_history_of_both(whole, secretary):
    part = splitting.split(barrier=whole, form=part_of(whole), by=secretary)

    changes = [(row.barrier, row.act, row.other) for row in whole.changes.all()]
    assert changes == [(whole, Act.SPLIT, part)]
    changes = [(row.barrier, row.act, row.other) for row in part.changes.all()]
    assert changes == [(part, Act.SPLIT_OFF, whole)]
    activities = [(row.verb, row.target_id) for row in Activity.objects.order_by("pk")]
    assert activities == [(Verb.SPLIT, whole.pk), (Verb.ADDED, part.pk)]


def test_split_refuses_a_barrier_that_was_merged_meanwhile(whole, secretary):
    form = part_of(whole)
    merging.merge(double=whole, into=make_barrier(), by=secretary)

    with refused("Somebody else has merged this barrier into another in the meantime."):
        splitting.split(barrier=whole, form=form, by=secretary)

    assert not Barrier.objects.filter(title="Part").exists()


def test_split_refuses_a_statement_that_was_moved_meanwhile(whole, secretary):
    moved, stays = make_statement(whole), make_statement(whole)
    form = part_of(whole, moved, stays)
    Statement.objects.filter(pk=moved.pk).update(barrier=make_barrier())

    with refused("Some of these statements were moved meanwhile. Choose again."):
        splitting.split(barrier=whole, form=form, by=secretary)

    assert not Barrier.objects.filter(title="Part").exists()
    assert [*whole.statements.all()] == [stays]


def test_split_moves_a_statement_once_in_a_race(transactional_db):
    whole, by = make_barrier(), make_secretary()
    statement = make_statement(whole)

    def split() -> Barrier:
        return splitting.split(barrier=whole, form=part_of(whole, statement), by=by)

    results = at_once(split, split)

    assert answers(results) == ["Barrier", "Refused"]
    assert Barrier.objects.count() == 2
    assert Statement.objects.get().barrier.split_from == whole
