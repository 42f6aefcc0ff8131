"""Barriers, rounds and what belongs to them, as rows."""

from django.utils import translation

from barriers.models import Act, BallotDraft, BallotLine, ResultGroup
from barriers.register import history
from barriers.rounds import prioritisation
from taskforce.members.models import Kind
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_statement,
    make_support,
    make_voter,
)


def test_barriers_of_one_title_have_different_addresses(db):
    assert [make_barrier("Ny").slug, make_barrier("Ny").slug] == ["ny-2", "ny-3"]


def test_rows_have_names_for_people_who_look_at_them(db):
    a, b = make_barrier("Udbud", raised_by=make_organisation("KAB")), make_barrier("Andet")
    counted = make_round(a, b, title="Efterår")
    kinds = [Kind.COMPANY] * 3 + [Kind.FOUNDATION] * 3
    for number, kind in enumerate(kinds, start=1):
        voter = make_voter(counted, make_member(make_organisation(f"Voter {number}", kind=kind)))
        prioritisation.cast(voting_round=counted, by=voter, choices=[a])
    assert str(BallotDraft.objects.order_by("pk").first()) == "Efterår: Voter 1"
    prioritisation.close(voting_round=counted)
    statement = make_statement(a, organisation=make_organisation("Incita"))
    change = history.write(Act.DESCRIBED, a, by=make_member())

    with translation.override("en"):
        assert str(counted) == "Efterår"
        assert str(counted.choices.get(barrier=a)) == "Udbud"
        assert str(counted.voters.first()) == "Efterår: Voter 1"
        assert str(counted.ballots.order_by("pk").first()) == "Efterår: Voter 1"
        assert str(BallotLine.objects.first()) == "1. Udbud"
        assert str(counted.results.first()) == "1. Udbud"
        assert str(counted.groups.first()) == "Private company"
        assert str(counted.groups.first().results.first()) == "Private company: 1. Udbud"
        assert str(ResultGroup(kind="", kinds=[Kind.NETWORK])) == "Others"
        assert str(statement) == "Incita: Udbud"
        assert str(make_support(a, make_organisation("Specialisterne"))) == "Specialisterne: Udbud"
        assert str(change) == f"{change.at:%Y-%m-%d} described: Udbud"
