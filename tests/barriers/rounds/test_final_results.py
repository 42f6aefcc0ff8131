"""Triggers of the database let nobody change a counted round."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from barriers.models import (
    Ballot,
    BallotLine,
    Eligible,
    GroupResult,
    PrioritisationRound,
    ResultGroup,
    RoundResult,
)
from barriers.rounds import prioritisation
from taskforce.members.models import Kind
from tests.factories import make_barrier, make_member, make_organisation, make_round, make_voter


def new_ballot() -> None:
    Ballot.objects.create(voter=Eligible.objects.get(ballot=None))


def new_line() -> None:
    BallotLine.objects.create(ballot=Ballot.objects.first(), barrier=make_barrier(), rank=3)


FORBIDDEN: dict[str, Callable[[], Any]] = {
    "a ballot after closing": new_ballot,
    "a ballot that abstains now": lambda: Ballot.objects.update(abstains=True),
    "a ballot sent at another time": lambda: Ballot.objects.update(cast_at=timezone.now()),
    "a ballot of somebody else": lambda: Ballot.objects.filter(
        pk=Ballot.objects.first().pk  # type: ignore[union-attr]
    ).update(voter=Eligible.objects.get(ballot=None)),
    "a ballot taken away": lambda: Ballot.objects.all().delete(),
    "one more choice": new_line,
    "another choice": lambda: BallotLine.objects.filter(rank=1).update(barrier=make_barrier()),
    "a choice taken away": lambda: BallotLine.objects.all().delete(),
    "other points": lambda: RoundResult.objects.update(points=99),
    "another title": lambda: RoundResult.objects.update(title="New"),
    "a result taken away": lambda: RoundResult.objects.all().delete(),
    "another group": lambda: ResultGroup.objects.update(ballots=99),
    "a group taken away": lambda: ResultGroup.objects.all().delete(),
    "other points of a group": lambda: GroupResult.objects.update(points=99),
    "a group's points taken away": lambda: GroupResult.objects.all().delete(),
    "opening it again": lambda: PrioritisationRound.objects.update(
        closed_at=None, eligible=None, voted=None, abstained=None
    ),
    "other counts": lambda: PrioritisationRound.objects.update(voted=99),
    "other places": lambda: PrioritisationRound.objects.update(ballot_size=7),
    "the round taken away": lambda: PrioritisationRound.objects.all().delete(),
}


@pytest.fixture
def counted(db: None) -> PrioritisationRound:
    a, b = make_barrier("a"), make_barrier("b")
    held: PrioritisationRound = make_round(a, b)
    for kind in [Kind.COMPANY] * 3 + [Kind.MUNICIPALITY] * 3:
        voter = make_voter(held, make_member(make_organisation(kind=kind)))
        prioritisation.cast(voting_round=held, by=voter, choices=[a, b])
    make_voter(held)
    prioritisation.close(voting_round=held)
    return held


@pytest.mark.parametrize("what", FORBIDDEN)
@pytest.mark.usefixtures("counted")
def test_database_refuses_changes_of_a_counted_round(what: str):
    with pytest.raises(IntegrityError, match=r"counted"), transaction.atomic():
        FORBIDDEN[what]()


def test_database_lets_a_person_be_forgotten(counted):
    ballot = Ballot.objects.first()
    assert ballot is not None

    assert ballot.cast_by is not None
    Ballot.objects.filter(pk=ballot.pk).update(cast_by=None)
    PrioritisationRound.objects.filter(pk=counted.pk).update(title="Another title")


def test_database_lets_ballots_of_an_open_round_change(db):
    a = make_barrier()
    running = make_round(a)
    voter = make_voter(running)
    prioritisation.cast(voting_round=running, by=voter, choices=[a])

    Ballot.objects.all().delete()
    assert not BallotLine.objects.exists()
