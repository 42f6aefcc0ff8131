"""Prioritise: cast a ballot, and count a round once.

The method: a first choice gives as many points as a ballot has places, the next one fewer, down to
1 (a Borda count over the places of a ballot). Barriers with equal points share a rank, and the next
rank is left out: 1, 2, 2, 4.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F, Sum
from django.utils import timezone

from barriers.models import (
    Ballot,
    BallotLine,
    Barrier,
    PrioritisationRound,
    RoundResult,
    Voter,
)
from barriers.models.prioritisation import LARGEST_BALLOT
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member, Organisation, User


def ballot_size(number_of_barriers: int) -> int:
    """Return how many barriers a ballot ranks: seven, but never over a third of the list."""
    return max(1, min(LARGEST_BALLOT, number_of_barriers // 3))


@transaction.atomic
def cast(*, round: PrioritisationRound, by: Member, choices: Sequence[Barrier]) -> Ballot | None:
    """Cast or replace a ballot, the first choice first; no choices means to abstain.

    Returns None where the round is not open. Raises ValueError where the choices are too many,
    repeated or not on the round's list.
    """
    # Under the lock of its round a ballot is either counted or refused, and replaced as a whole.
    locked = PrioritisationRound.objects.select_for_update().get(pk=round.pk)
    if not locked.is_open(timezone.now()):
        return None
    listed = set(locked.choices.values_list("barrier_id", flat=True))
    chosen = [barrier.pk for barrier in choices]
    if len(chosen) > locked.ballot_size or len(set(chosen)) < len(chosen) or set(chosen) - listed:
        raise ValueError("the choices are not a ballot of this round")
    ballot, _created = locked.ballots.update_or_create(
        organisation=by.organisation,
        member=by if locked.per == Voter.MEMBER else None,
        defaults={"abstains": not chosen, "cast_by": by.user, "cast_at": timezone.now()},
    )
    ballot.lines.all().delete()
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, barrier_id=barrier_id, rank=rank)
        for rank, barrier_id in enumerate(chosen, start=1)
    )
    return ballot


def own_choices(*, round: PrioritisationRound, member: Member) -> dict[str, str]:
    """Return the ballot that the member may change, as initial values of a BallotForm."""
    voter = member if round.per == Voter.MEMBER else None
    lines = BallotLine.objects.filter(
        ballot__round=round, ballot__organisation=member.organisation_id, ballot__member=voter
    )
    return {f"place_{line.rank}": str(line.barrier_id) for line in lines}


@transaction.atomic
def close(*, round: PrioritisationRound, by: User | None = None) -> bool:
    """Count a round, keep its result and rank the register by it; False where it is counted."""
    locked = PrioritisationRound.objects.select_for_update().get(pk=round.pk)
    if locked.closed_at is not None:
        return False
    results = RoundResult.objects.bulk_create(count(locked))
    locked.closed_at = min(timezone.now(), locked.closes_at)
    locked.eligible = _eligible(locked)
    locked.voted = locked.ballots.filter(abstains=False).count()
    locked.abstained = locked.ballots.filter(abstains=True).count()
    locked.save()
    _rank_register(results)
    record(Verb.CLOSED, locked, by=by)
    return True


def count(round: PrioritisationRound) -> list[RoundResult]:
    """Return the unsaved results of a round, best first: points, choosers, rank."""
    counted = (
        BallotLine.objects.filter(ballot__round=round)
        .values("barrier")
        .annotate(points=Sum(round.ballot_size + 1 - F("rank")), choosers=Count("pk"))
    )
    figures = {row["barrier"]: (row["points"], row["choosers"]) for row in counted}
    results = [
        RoundResult(
            round=round,
            barrier=barrier,
            title=barrier.title,
            points=figures.get(barrier.pk, (0, 0))[0],
            choosers=figures.get(barrier.pk, (0, 0))[1],
        )
        for barrier in round.barriers.all()
    ]
    results.sort(key=lambda result: -result.points)
    for place, result in enumerate(results, start=1):
        before = results[place - 2] if place > 1 else None
        result.rank = before.rank if before and before.points == result.points else place
    return results


def _eligible(round: PrioritisationRound) -> int:
    """Return how many ballots could have been cast today."""
    members = Member.objects.current().filter(organisation__is_example=round.is_example)
    if round.per == Voter.MEMBER:
        return members.count()
    return Organisation.objects.filter(pk__in=members.values("organisation")).count()


def _rank_register(results: Sequence[RoundResult]) -> None:
    Barrier.objects.exclude(rank=None).update(rank=None, points=None)
    ranked = [Barrier(pk=r.barrier_id, rank=r.rank, points=r.points) for r in results]
    Barrier.objects.bulk_update(ranked, ["rank", "points"])
