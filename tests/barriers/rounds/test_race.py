"""Fifty members vote at once, in threads with real commits, and the round closes meanwhile."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from barriers.models import Ballot, Barrier, Eligible, PrioritisationRound, Voter
from barriers.rounds import prioritisation
from taskforce.core.acts import Refused
from taskforce.members.merging import people
from taskforce.members.models import Kind, Member
from tests.factories import make_barrier, make_member, make_organisation, make_round, make_secretary
from tests.racing import at_once

VOTERS, SIZE = 50, 3
Said = tuple[int, list[int]]  # a voter's organisation, and the barriers on the ballot


def test_close_counts_every_ballot_that_was_acknowledged_and_no_other(transactional_db):
    kinds = [Kind.COMPANY, Kind.MUNICIPALITY, Kind.FOUNDATION]
    barriers = [make_barrier(f"{number:02}") for number in range(12)]
    members = [make_member(make_organisation(kind=kinds[number % 3])) for number in range(VOTERS)]
    voting = make_round(*barriers, ballot_size=SIZE)
    start = threading.Barrier(VOTERS + 1)
    chance = random.Random(7)
    ballots = [chance.sample(barriers, chance.randint(0, SIZE)) for _ in members]
    waits = [chance.random() for _ in members]

    def vote(member: Member, choices: list[Barrier], wait: float) -> tuple[list[Said], bool]:
        """Vote twice; return the ballots that were acknowledged, and whether one was refused."""
        said: list[Said] = []
        start.wait()
        try:
            for chosen in (choices, choices[::-1]):
                time.sleep(wait)
                try:
                    prioritisation.cast(voting_round=voting, by=member, choices=chosen)
                except Refused:
                    return said, True
                said.append((member.organisation_id, [one.pk for one in chosen]))
        finally:
            connection.close()
        return said, False

    def close() -> PrioritisationRound:
        start.wait()
        try:
            # In the middle: when about half of the ballots are cast.
            while Ballot.objects.count() < VOTERS // 2:
                time.sleep(0.01)
            return prioritisation.close(voting_round=voting)
        finally:
            connection.close()

    with ThreadPoolExecutor(VOTERS + 1) as people:
        closing = people.submit(close)
        heard = [*people.map(vote, members, ballots, waits)]

    assert closing.result() == voting
    kept = dict(said[-1] for said, _refused in heard if said)
    refused = sum(was for _said, was in heard)
    assert 0 < refused < VOTERS, "the closing did not fall in the middle"
    _is_counted(voting, kept)


def test_voters_wait_for_a_colleague_alone_and_the_count_waits_for_every_voter(transactional_db):
    barrier = make_barrier()
    voter, other = make_member(make_organisation()), make_member(make_organisation())
    colleague = make_member(voter.organisation)
    voting = make_round(barrier)
    is_sent, may_end = threading.Event(), threading.Event()

    def cast(by: Member) -> Ballot:
        return prioritisation.cast(voting_round=voting, by=by, choices=[barrier])

    def vote_slowly() -> None:
        try:
            with transaction.atomic():
                cast(voter)
                is_sent.set()
                may_end.wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as people:
        slow = people.submit(vote_slowly)
        try:
            assert is_sent.wait(timeout=30)
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
            assert cast(other).cast_by == other.user
            for act in (lambda: cast(colleague), lambda: prioritisation.close(voting_round=voting)):
                with pytest.raises(OperationalError, match="lock timeout"):
                    act()
        finally:
            may_end.set()
            connection.close()
        slow.result()

    assert cast(colleague).cast_by == colleague.user
    assert Ballot.objects.count() == 2


def test_somebody_votes_while_the_own_account_is_merged(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
):
    """The vote comes first, and neither waits for what the other holds."""
    barrier, home, by = make_barrier(), make_organisation(), make_secretary()
    gone = make_member(home)
    voting = make_round(barrier, per=Voter.MEMBER)
    kept = make_member(home)
    is_locked, merges = threading.Event(), threading.Event()
    save = prioritisation._save

    def save_slowly(*args: Any) -> Any:
        is_locked.set()
        merges.wait(timeout=30)
        time.sleep(0.2)  # for the merge to lock what it can
        return save(*args)

    def merge() -> Any:
        is_locked.wait(timeout=30)
        merges.set()
        return people.merge(gone=gone.user, kept=kept.user, from_gone=set(), by=by.user)

    monkeypatch.setattr(prioritisation, "_save", save_slowly)
    ballot, merged = at_once(
        lambda: prioritisation.cast(voting_round=voting, by=gone, choices=[barrier]), merge
    )

    assert isinstance(ballot, Ballot)
    assert merged[0] == kept.user
    assert Ballot.objects.get().voter.member == kept


def _is_counted(voting: PrioritisationRound, kept: dict[int, list[int]]) -> None:
    """Compare the last ballot acknowledged to each voter with the database and the result."""
    voting.refresh_from_db()
    stored = {
        ballot.voter.organisation_id: [line.barrier_id for line in ballot.lines.all()]
        for ballot in Ballot.objects.select_related("voter")
    }
    assert stored == kept
    assert Ballot.objects.count() == len(kept)
    assert Eligible.objects.count() == voting.eligible == VOTERS
    assert voting.voted == sum(bool(chosen) for chosen in kept.values())
    assert voting.abstained == sum(not chosen for chosen in kept.values())
    points = dict.fromkeys(voting.barriers.values_list("pk", flat=True), 0)
    for chosen in kept.values():
        for worth, barrier in zip((3, 2, 1), chosen, strict=False):
            points[barrier] += worth
    assert dict(voting.results.values_list("barrier", "points")) == points
    by_groups = dict.fromkeys(points, 0)
    for group in voting.groups.all():
        for row in group.results.select_related("result"):
            by_groups[row.result.barrier_id] += row.points
    assert not voting.groups.exists() or by_groups == points
