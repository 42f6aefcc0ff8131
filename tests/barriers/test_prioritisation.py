"""Casting ballots, and counting a round once."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from barriers.models import Ballot, PrioritisationRound, RoundResult, Voter
from barriers.rounds import prioritisation
from barriers.tasks import close_due_rounds
from tests.factories import make_barrier, make_member, make_organisation, make_round


def places(found: PrioritisationRound) -> list[tuple[int, str, int]]:
    return [(result.rank, result.title, result.points) for result in found.results.all()]


@pytest.mark.parametrize(
    ("barriers", "size"), [(0, 1), (1, 1), (5, 1), (6, 2), (8, 2), (20, 6), (21, 7), (300, 7)]
)
def test_ballot_is_seven_but_never_over_a_third(barriers: int, size: int):
    assert prioritisation.ballot_size(barriers) == size


def test_first_choice_gives_most_and_ties_share_a_rank(db):
    a, b, c, d = (make_barrier(title) for title in "abcd")
    voting = make_round(a, b, c, d, ballot_size=2)
    for choices in ([a, b], [a, c]):
        prioritisation.cast(round=voting, by=make_member(), choices=choices)

    prioritisation.close(round=voting)

    assert places(voting) == [(1, "a", 4), (2, "b", 1), (2, "c", 1), (4, "d", 0)]


@pytest.mark.parametrize("seed", range(8))
def test_count_agrees_with_a_second_count(db, seed: int):
    chance = random.Random(seed)
    barriers = [make_barrier(f"{number:02}") for number in range(12)]
    voting = make_round(*barriers, ballot_size=4)
    points = dict.fromkeys(barriers, 0)
    for _ in range(chance.randint(0, 15)):
        choices = chance.sample(barriers, chance.randint(0, 4))
        prioritisation.cast(round=voting, by=make_member(), choices=choices)
        for worth, barrier in zip((4, 3, 2, 1), choices, strict=False):
            points[barrier] += worth

    prioritisation.close(round=voting)

    for result in voting.results.all():
        better = sum(other > points[result.barrier] for other in points.values())
        assert (result.points, result.rank) == (points[result.barrier], better + 1)


def test_later_ballot_of_an_organisation_takes_the_earlier_ones_place(db):
    a, b = make_barrier("a"), make_barrier("b")
    voting = make_round(a, b)
    home = make_organisation()
    one, other = make_member(home), make_member(home)

    prioritisation.cast(round=voting, by=one, choices=[a, b])
    prioritisation.cast(round=voting, by=other, choices=[b])

    ballot = Ballot.objects.get()
    assert ballot.cast_by == other.user
    assert [(line.rank, line.barrier) for line in ballot.lines.all()] == [(1, b)]
    mine = prioritisation.own_choices(round=voting, member=one)
    assert mine == {"place_1": str(b.pk)}


def test_members_vote_each_where_the_round_says_so(db):
    a = make_barrier()
    voting = make_round(a, per=Voter.MEMBER)
    home = make_organisation()

    for member in (make_member(home), make_member(home)):
        prioritisation.cast(round=voting, by=member, choices=[a])

    assert Ballot.objects.count() == 2


def test_no_choice_is_to_abstain(db):
    voting = make_round(make_barrier())
    make_member()
    prioritisation.cast(round=voting, by=make_member(), choices=[])

    prioritisation.close(round=voting)

    voting.refresh_from_db()
    assert (voting.eligible, voting.voted, voting.abstained) == (2, 0, 1)


def test_ballot_outside_the_rules_is_refused(db):
    a, b, foreign = make_barrier(), make_barrier(), make_barrier()
    voting = make_round(a, b, ballot_size=1)

    for choices in ([a, b], [a, a], [foreign]):
        with pytest.raises(ValueError, match="not a ballot of this round"):
            prioritisation.cast(round=voting, by=make_member(), choices=choices)
    assert not Ballot.objects.exists()


def test_ballot_before_opening_or_after_closing_is_not_taken(db):
    a, now = make_barrier(), timezone.now()
    later = make_round(a, opens_at=now + timedelta(hours=1))
    past = make_round(a, closes_at=now - timedelta(seconds=1))
    counted = make_round(a)
    prioritisation.close(round=counted)

    for voting in (later, past, counted):
        assert prioritisation.cast(round=voting, by=make_member(), choices=[a]) is None


def test_register_is_ranked_by_the_latest_round(db):
    a, b = make_barrier("a"), make_barrier("b")
    for favourite in (a, b):
        voting = make_round(a, b, ballot_size=1)
        prioritisation.cast(round=voting, by=make_member(), choices=[favourite])
        prioritisation.close(round=voting)

    a.refresh_from_db()
    b.refresh_from_db()
    assert [(a.rank, a.points), (b.rank, b.points)] == [(2, 0), (1, 1)]


def test_result_stays_when_a_barrier_is_renamed(db):
    a = make_barrier("Old")
    voting = make_round(a)
    prioritisation.close(round=voting)

    a.title = "New"
    a.save()

    assert voting.results.get().title == "Old"


def test_round_is_counted_once_under_a_race(transactional_db):
    voting = make_round(make_barrier())

    def close(_: int) -> bool:
        try:
            return prioritisation.close(round=voting)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as racers:
        closed = [*racers.map(close, range(4))]

    assert sorted(closed) == [False, False, False, True]
    assert RoundResult.objects.count() == 1


def test_worker_closes_rounds_that_are_due(transactional_db):
    due = make_round(make_barrier(), closes_at=timezone.now() - timedelta(minutes=1))
    running = make_round(make_barrier())

    close_due_rounds(timestamp=0)

    due.refresh_from_db()
    running.refresh_from_db()
    assert due.closed_at == due.closes_at
    assert running.closed_at is None
