"""Casting ballots, and counting a round once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from barriers.models import Ballot, PrioritisationRound, RoundResult, Voter
from barriers.rounds import prioritisation
from barriers.tasks import close_due_rounds
from taskforce.core.acts import Refused
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_round,
    make_voter,
)
from tests.racing import at_once


def places(found: PrioritisationRound) -> list[tuple[int, str, int]]:
    return [(result.rank, result.title, result.points) for result in found.results.all()]


def test_first_choice_gives_most_and_ties_share_a_rank(db):
    a, b, c, d = (make_barrier(title) for title in "abcd")
    voting = make_round(a, b, c, d, ballot_size=2)
    for choices in ([a, b], [a, c]):
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=choices)

    prioritisation.close(voting_round=voting)

    assert places(voting) == [(1, "a", 4), (2, "b", 1), (2, "c", 1), (4, "d", 0)]


def test_later_ballot_of_an_organisation_takes_the_earlier_ones_place(db):
    a, b = make_barrier("a"), make_barrier("b")
    home = make_organisation()
    one, other = make_member(home), make_member(home)
    voting = make_round(a, b)

    prioritisation.cast(voting_round=voting, by=one, choices=[a, b])
    prioritisation.cast(voting_round=voting, by=other, choices=[b])

    ballot = Ballot.objects.get()
    assert ballot.cast_by == other.user
    assert [(line.rank, line.barrier) for line in ballot.lines.all()] == [(1, b)]


def test_members_vote_each_where_the_round_says_so(db):
    a, home = make_barrier(), make_organisation()
    colleagues = make_member(home), make_member(home)
    voting = make_round(a, per=Voter.MEMBER)

    for member in colleagues:
        prioritisation.cast(voting_round=voting, by=member, choices=[a])

    assert Ballot.objects.count() == 2


def test_no_choice_is_to_abstain(db):
    make_member()
    voting = make_round(make_barrier())
    prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[])

    prioritisation.close(voting_round=voting)

    voting.refresh_from_db()
    assert (voting.eligible, voting.voted, voting.abstained) == (2, 0, 1)


def test_ballot_outside_the_rules_is_refused(db):
    a, b, foreign = make_barrier(), make_barrier(), make_barrier()
    voting = make_round(a, b, ballot_size=1)

    for choices in ([a, b], [a, a], [foreign]):
        with pytest.raises(ValueError, match="not a ballot of this round"):
            prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=choices)
    assert not Ballot.objects.exists()


def test_ballot_before_opening_or_after_closing_is_not_taken(db):
    a, now = make_barrier(), timezone.now()
    later = make_round(a, opens_at=now + timedelta(hours=1))
    past = make_round(a, closes_at=now - timedelta(seconds=1))
    counted = make_round(a)
    prioritisation.close(voting_round=counted)

    for voting in (later, past, counted):
        with pytest.raises(Refused):
            prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[a])


def test_register_is_ranked_by_the_latest_round(db):
    a, b = make_barrier("a"), make_barrier("b")
    for favourite in (a, b):
        voting = make_round(a, b, ballot_size=1)
        prioritisation.cast(voting_round=voting, by=make_voter(voting), choices=[favourite])
        prioritisation.close(voting_round=voting)

    a.refresh_from_db()
    b.refresh_from_db()
    assert [(a.rank, a.points), (b.rank, b.points)] == [(2, 0), (1, 1)]


def test_result_stays_when_a_barrier_is_renamed(db):
    a = make_barrier("Old")
    voting = make_round(a)
    prioritisation.close(voting_round=voting)

    a.title = "New"
    a.save()

    assert voting.results.get().title == "Old"


def test_round_is_counted_once_under_a_race(transactional_db):
    voting = make_round(make_barrier())

    def close() -> PrioritisationRound:
        return prioritisation.close(voting_round=voting)

    told = at_once(close, close, close, close)

    assert sorted(map(str, told)) == sorted([str(voting), *["Runden var allerede talt op."] * 3])
    assert RoundResult.objects.count() == 1


def test_worker_closes_rounds_that_are_due(transactional_db):
    due = make_round(make_barrier(), closes_at=timezone.now() - timedelta(minutes=1))
    running = make_round(make_barrier())

    close_due_rounds(timestamp=0)

    due.refresh_from_db()
    running.refresh_from_db()
    assert due.closed_at == due.closes_at
    assert running.closed_at is None
