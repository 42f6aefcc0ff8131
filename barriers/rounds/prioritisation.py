"""Cast ballots, and count a round once. Both happen under the lock of the round.

Under it a ballot is either counted or refused, whichever comes first, and replaced as a whole.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from barriers.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    Barrier,
    Eligible,
    GroupResult,
    PrioritisationRound,
    ResultGroup,
    RoundResult,
)
from barriers.rounds import counting, letters
from barriers.rounds.counting import ballot_size
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Kind, Member, User

__all__ = ["ballot_size", "cast", "close", "locked", "save_draft"]


class NotEligibleError(Exception):
    """Raised where somebody votes who is not among a round's voters."""


class ChangedMeanwhileError(Exception):
    """Raised where a colleague saved first; `draft` is what lies on the desk now."""

    def __init__(self, draft: BallotDraft) -> None:
        self.draft = draft


def locked(voting_round: PrioritisationRound) -> PrioritisationRound:
    """Lock a round until the end of the transaction, and return it as it is now."""
    return PrioritisationRound.objects.select_for_update().get(pk=voting_round.pk)


@transaction.atomic
def save_draft(
    *,
    voting_round: PrioritisationRound,
    by: Member,
    choices: Sequence[int],
    version: int,
    attempted: Sequence[int] | None = None,
) -> BallotDraft | None:
    """Keep what a voter has chosen so far, barriers by id; None where the round is not open.

    Raises ChangedMeanwhileError where the draft is no longer at `version` (0: there was none),
    unless what it holds is what was sent in `attempted`, whose answer never came.
    """
    held = locked(voting_round)
    if not held.is_open(timezone.now()):
        return None
    voter = _voter(held, by)
    draft = BallotDraft.objects.filter(voter=voter).first() or BallotDraft(voter=voter, version=0)
    _must_be_at(draft, version, [choices, attempted])
    return _keep(draft, choices, by)


@transaction.atomic
def cast(
    *,
    voting_round: PrioritisationRound,
    by: Member,
    choices: Sequence[Barrier],
    version: int | None = None,
) -> Ballot | None:
    """Cast or replace a ballot, the first choice first; no choices means to abstain.

    Returns None where the round is not open. Raises ChangedMeanwhileError where the draft is not
    at `version` any more (None: whatever it is), NotEligibleError, and ValueError where the
    choices are too many, repeated or not on the round's list.
    """
    held = locked(voting_round)
    if not held.is_open(timezone.now()):
        return None
    voter = _voter(held, by)
    chosen = [barrier.pk for barrier in choices]
    listed = set(held.choices.values_list("barrier_id", flat=True))
    if len(chosen) > held.ballot_size or len(set(chosen)) < len(chosen) or set(chosen) - listed:
        raise ValueError("the choices are not a ballot of this round")
    draft = BallotDraft.objects.filter(voter=voter).first() or BallotDraft(voter=voter, version=0)
    if version is not None:
        _must_be_at(draft, version, [chosen])
    _keep(draft, chosen, by)
    return _replace(voter, chosen, by)


def _voter(voting_round: PrioritisationRound, member: Member) -> Eligible:
    voter = voting_round.voters.of(member).select_related("round").first()
    if voter is None:
        raise NotEligibleError
    return voter


def _must_be_at(draft: BallotDraft, version: int, same: Sequence[Sequence[int] | None]) -> None:
    """Whoever sends what stands there already overwrites nothing."""
    if draft.version != version and draft.choices not in [one and [*one] for one in same]:
        raise ChangedMeanwhileError(draft)


def _keep(draft: BallotDraft, choices: Sequence[int], by: Member) -> BallotDraft:
    draft.choices, draft.saved_by, draft.saved_at = [*choices], by.user, timezone.now()
    draft.version += 1
    draft.save()
    return draft


def _replace(voter: Eligible, chosen: Sequence[int], by: Member) -> Ballot:
    before = Ballot.objects.filter(voter=voter).select_related("cast_by").first()
    said = [*before.lines.values_list("barrier_id", flat=True)] if before else None
    ballot, _made = Ballot.objects.update_or_create(
        voter=voter,
        defaults={"abstains": not chosen, "cast_by": by.user, "cast_at": timezone.now()},
    )
    ballot.lines.all().delete()
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, barrier_id=barrier_id, rank=rank)
        for rank, barrier_id in enumerate(chosen, start=1)
    )
    if before and before.cast_by and before.cast_by != by.user and said != [*chosen]:
        letters.ballot_changed(voter, sent_by=before.cast_by, by=by)
    return ballot


@transaction.atomic
def close(*, voting_round: PrioritisationRound, by: User | None = None) -> bool:
    """Count a round, keep its result and rank the register by it; False where it is counted.

    A round that was never opened cannot be counted.
    """
    held = locked(voting_round)
    if held.is_draft or held.closed_at is not None:
        return False
    votes = _votes(held)
    results = _keep_results(held, votes)
    _keep_groups(held, votes, results)
    held.closed_at = min(timezone.now(), held.closes_at)
    held.eligible = held.voters.count()
    held.voted = len(votes)
    held.abstained = held.ballots.filter(abstains=True).count()
    held.save()
    BallotDraft.objects.filter(voter__round=held).delete()
    _rank_register(results)
    record(Verb.CLOSED, held, by=by)
    return True


def _votes(voting_round: PrioritisationRound) -> list[counting.Vote]:
    """Return the ballots that choose, as the round's kinds of organisation were at its opening."""
    ballots = voting_round.ballots.filter(abstains=False).select_related("voter")
    return [
        counting.Vote(ballot.voter.kind, tuple(line.barrier_id for line in ballot.lines.all()))
        for ballot in ballots.prefetch_related("lines")
    ]


def _keep_results(
    voting_round: PrioritisationRound, votes: Sequence[counting.Vote]
) -> dict[int, RoundResult]:
    titles = dict(voting_round.barriers.values_list("pk", "title"))
    figures = counting.count(votes, titles, voting_round.ballot_size)
    kept = RoundResult.objects.bulk_create(
        RoundResult(round=voting_round, barrier_id=barrier, title=titles[barrier], **vars(found))
        for barrier, found in figures.items()
    )
    return {result.barrier_id: result for result in kept}


def _keep_groups(
    voting_round: PrioritisationRound,
    votes: Sequence[counting.Vote],
    results: dict[int, RoundResult],
) -> None:
    there = set(voting_round.voters.values_list("kind", flat=True))
    for group in counting.grouped(votes, [kind for kind in Kind.values if kind in there]):
        kept = ResultGroup.objects.create(
            round=voting_round, kind=group.kind, kinds=[*group.kinds], ballots=len(group.votes)
        )
        figures = counting.count(group.votes, results, voting_round.ballot_size)
        GroupResult.objects.bulk_create(
            GroupResult(group=kept, result=results[barrier], **vars(found))
            for barrier, found in figures.items()
        )


def _rank_register(results: dict[int, RoundResult]) -> None:
    Barrier.objects.exclude(rank=None).update(rank=None, points=None)
    ranked = [Barrier(pk=pk, rank=r.rank, points=r.points) for pk, r in results.items()]
    Barrier.objects.bulk_update(ranked, ["rank", "points"])
