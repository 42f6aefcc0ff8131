"""Two organisations become one: everything moves, nothing is lost unsaid, and a day undoes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.models import Ballot, Eligible, Statement, Support
from barriers.rounds import prioritisation
from initiatives.models import Participation
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.members.merging import organisations, records
from taskforce.members.models import Member, Merge, Organisation
from tests.factories import (
    count_with,
    make_barrier,
    make_call,
    make_consortium,
    make_initiative,
    make_member,
    make_organisation,
    make_round,
    make_statement,
    make_support,
    make_voter,
)
from tests.racing import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Organisation:
    return make_organisation("Odense Kommune", kind="municipality", website="https://odense.dk")


@pytest.fixture
def gone() -> Organisation:
    return make_organisation("Odense Komune", kind="other", former_names=["OK"])


def merge(gone: Organisation, kept: Organisation, *from_gone: str, by: Member) -> Organisation:
    made, _moves = organisations.merge(gone=gone, kept=kept, from_gone={*from_gone}, by=by.user)
    return made


def test_everything_that_points_at_the_double_moves(gone, kept, secretary):
    member = make_member(gone)
    barrier = make_barrier(raised_by=gone)
    statement = make_statement(make_barrier(), organisation=gone)
    led = make_initiative(lead=gone)

    merge(gone, kept, by=secretary)

    for row, name in (
        (member, "organisation"),
        (barrier, "raised_by"),
        (statement, "organisation"),
        (led, "lead"),
    ):
        row.refresh_from_db()
        assert getattr(row, name) == kept


def test_columns_are_chosen_and_names_are_kept(gone, kept, secretary):
    merge(gone, kept, "kind", "name", by=secretary)

    kept.refresh_from_db()
    assert (kept.name, kept.kind, kept.website) == ("Odense Komune", "other", "https://odense.dk")
    assert kept.former_names == ["OK", "Odense Kommune"]
    assert Organisation.objects.named("odense kommune") == kept


def test_double_shows_nowhere_and_a_second_merge_leads_on(gone, kept, secretary):
    third = make_organisation("Fynske Kommuner")

    merge(gone, kept, by=secretary)
    merge(kept, third, by=secretary)

    assert [*Organisation.objects.in_taskforce().exclude(pk=secretary.organisation_id)] == [third]
    gone.refresh_from_db()
    assert gone.merged_into == third


def test_what_both_have_is_dropped_and_told(gone, kept, secretary):
    barrier, initiative = make_barrier(), make_initiative(lead=make_organisation())
    for one in (gone, kept):
        make_support(barrier, one)
        Participation.objects.create(initiative=initiative, organisation=one)

    _kept, moves = organisations.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)

    lost = {move.model: move.lost for move in moves if move.lost}
    assert {*lost} == {"barriers.Support", "initiatives.Participation"}
    assert Support.objects.filter(barrier=barrier).count() == 1


def test_preview_is_the_merge_itself_and_writes_nothing(gone, kept, secretary):
    make_statement(make_barrier(), organisation=gone)

    _kept, moves = moving.tried(
        lambda: organisations.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)
    )

    assert [move.model for move in moves] == ["barriers.Statement"]
    assert Statement.objects.get().organisation == gone
    assert not Merge.objects.exists()


def test_ballots_of_a_counted_round_stay_as_they_were(gone, kept, secretary):
    barrier = make_barrier()
    voting = make_round(barrier)
    voters = [make_voter(voting, make_member(one)) for one in (gone, kept)]
    count_with(voting, barrier)
    before = [*Ballot.objects.order_by("pk").values()]
    names = [*Eligible.objects.order_by("pk").values_list("organisation", "name")]

    merge(gone, kept, by=secretary)

    assert voters
    assert [*Ballot.objects.order_by("pk").values()] == before
    assert [*Eligible.objects.order_by("pk").values_list("organisation", "name")] == names


def test_is_refused_where_both_vote_in_an_open_round(gone, kept, secretary):
    voting = make_round(make_barrier())
    for one in (gone, kept):
        make_voter(voting, make_member(one))

    with pytest.raises(Refused, match=str(voting)):
        merge(gone, kept, by=secretary)
    assert Organisation.objects.filter(pk=gone.pk).exists()


def test_vote_in_an_open_round_goes_along(gone, kept, secretary):
    voting = make_round(make_barrier())
    voter = make_voter(voting, make_member(gone))

    merge(gone, kept, by=secretary)

    voter = Member.objects.get(pk=voter.pk)
    assert Eligible.objects.of(voter).filter(round=voting).exists()


def test_vote_that_was_on_its_way_is_taken(gone, kept, secretary):
    barrier = make_barrier()
    voting = make_round(barrier)
    voter = make_voter(voting, make_member(gone))

    merge(gone, kept, by=secretary)

    ballot = prioritisation.cast(voting_round=voting, by=voter, choices=[barrier])
    assert ballot.voter.organisation == kept


def test_is_refused_where_what_both_have_has_rows_of_its_own(gone, kept, secretary):
    call = make_call()
    for one in (gone, kept):
        make_consortium(call, "Fælles om", lead=one)

    try:
        merge(gone, kept, by=secretary)
    except Refused as refused:
        assert "Fælles om" in refused.sentence


def test_merge_is_refused_with_itself_and_twice(gone, kept, secretary):
    with pytest.raises(Refused):
        merge(kept, kept, by=secretary)
    merge(gone, kept, by=secretary)

    with pytest.raises(Refused):
        merge(gone, kept, by=secretary)
    with pytest.raises(Refused):
        merge(make_organisation("Another"), gone, by=secretary)


def test_merge_is_undone_with_all_that_moved_and_was_dropped(gone, kept, secretary):
    barrier = make_barrier()
    supports = [make_support(barrier, one) for one in (gone, kept)]
    member = make_member(gone)
    merge(gone, kept, "name", "kind", by=secretary)

    organisations.take_apart(merge=Merge.objects.get(), by=secretary.user)

    member.refresh_from_db()
    rows = {one.pk: one for one in Organisation.objects.all()}
    assert member.organisation == rows[gone.pk]
    assert {one.organisation_id for one in Support.objects.all()} == {gone.pk, kept.pk}
    assert len(supports) == 2
    assert (rows[gone.pk].name, rows[gone.pk].former_names) == ("Odense Komune", ["OK"])
    assert (rows[kept.pk].name, rows[kept.pk].kind) == ("Odense Kommune", "municipality")
    with pytest.raises(Refused):
        organisations.take_apart(merge=Merge.objects.get(), by=secretary.user)


def test_undoing_keeps_what_somebody_changed_since(gone, kept, secretary):
    merge(gone, kept, "kind", by=secretary)
    Organisation.objects.filter(pk=kept.pk).update(kind="foundation")

    organisations.take_apart(merge=Merge.objects.get(), by=secretary.user)

    kept.refresh_from_db()
    assert kept.kind == "foundation"


@pytest.mark.parametrize("what", ["a day", "something new"])
def test_merge_stays_after_a_day_and_once_something_hangs_on_it(gone, kept, secretary, what):
    merge(gone, kept, by=secretary)
    if what == "a day":
        Merge.objects.update(at=timezone.now() - timedelta(days=1))
    else:
        make_statement(make_barrier(), organisation=kept)

    assert records.open_of(Merge.Of.ORGANISATIONS, kept) is None
    with pytest.raises(Refused):
        organisations.take_apart(merge=Merge.objects.get(), by=secretary.user)


@pytest.mark.django_db(transaction=True)
def test_of_two_secretaries_at_once_one_merges(gone, kept, secretary):
    answers = at_once(
        lambda: merge(gone, kept, by=secretary), lambda: merge(kept, gone, by=secretary)
    )

    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    left = Organisation.objects.filter(pk__in=[gone.pk, kept.pk])
    assert left.count() == 1
