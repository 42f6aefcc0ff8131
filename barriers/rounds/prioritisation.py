"""Cast ballots, and count a round once.

Voters share the round and lock only themselves; the count locks the round, and so waits for them.
So a ballot is either counted or refused, and never half replaced.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
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
from barriers.models.prioritisation import FEWEST_BALLOTS
from barriers.rounds import counting, letters, voting
from barriers.rounds.ranking import rank_register
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.members.models import Kind, Member, User

Given = ParamSpec("Given")
Made = TypeVar("Made")


def _refusing_first(act: Callable[Given, Made]) -> Callable[Given, Made]:
    """Decorate an act that refuses before it writes: in a transaction it needs no savepoint."""

    @wraps(act)
    def acted(*args: Given.args, **given: Given.kwargs) -> Made:
        if connection.in_atomic_block:
            return act(*args, **given)
        with transaction.atomic():
            return act(*args, **given)

    return acted


@_refusing_first
def save_draft(
    *,
    voting_round: PrioritisationRound,
    by: Member,
    choices: Sequence[int],
    version: int,
    attempted: Sequence[Sequence[int]] = (),
) -> BallotDraft:
    """Save what a voter has chosen so far: barriers by id, the first choice first.

    Raises Refused where the round is not open or the member does not vote in it. Raises Conflict
    with the current draft where a colleague saved first, so that it is no longer at `version`
    (0: there was none). It is no conflict where the draft holds the same `choices`, or one of those
    that were `attempted` before and got no answer.
    """
    draft = _locked_draft(voting_round, by)
    _must_be_at(draft, version, [choices, *attempted])
    return _save(draft, choices, by)


@_refusing_first
def cast(
    *,
    voting_round: PrioritisationRound,
    by: Member,
    choices: Sequence[Barrier],
    version: int | None = None,
) -> Ballot:
    """Cast or replace a ballot, the first choice first; no choices means to abstain.

    Raises Refused where the round is not open or the member does not vote in it, and Conflict with
    the current draft where it is no longer at `version` (None: any version will do). Raises
    ValueError where the choices are too many, repeated or not on the round's list.
    """
    draft = _locked_draft(voting_round, by)
    chosen = [barrier.pk for barrier in choices]
    _must_be_a_ballot(draft.voter, chosen)
    if version is not None:
        _must_be_at(draft, version, [chosen])
    _save(draft, chosen, by)
    return _replace(draft.voter, chosen, by)


def _locked_draft(voting_round: PrioritisationRound, member: Member) -> BallotDraft:
    """Lock a voter of an open round; return the draft of the ballot, a new one if there is none."""
    voter = voting.lock_voter(voting_round, member)
    if voter is None:  # the organisation may have been merged since the request began
        member.refresh_from_db(fields=["organisation"])
        voter = voting.lock_voter(voting_round, member)
    current = voter.round if voter else PrioritisationRound.objects.get(pk=voting_round.pk)
    if not current.is_open(timezone.now()):
        raise Refused(
            _(
                "The round closed before this reached us, so it was not taken. "
                "What was sent before stands."
            )
        )
    if voter is None:
        raise Refused(_("You do not vote in this round."))
    return getattr(voter, "draft", None) or BallotDraft(voter=voter, version=0)


def _must_be_at(draft: BallotDraft, version: int, no_conflict: Sequence[Sequence[int]]) -> None:
    if draft.version != version and draft.choices not in [[*one] for one in no_conflict]:
        raise Conflict(draft)


def _must_be_a_ballot(voter: Any, chosen: Sequence[int]) -> None:
    is_repeated = len({*chosen}) < len(chosen)
    if len(chosen) > voter.round.ballot_size or is_repeated or {*chosen} - {*voter.listed}:
        raise ValueError("the choices are not a ballot of this round")


def _save(draft: BallotDraft, choices: Sequence[int], by: Member) -> BallotDraft:
    draft.choices, draft.saved_by, draft.saved_at = [*choices], by.user, timezone.now()
    draft.version += 1
    draft.save()
    return draft


def _replace(voter: Eligible, chosen: Sequence[int], by: Member) -> Ballot:
    ballot: Ballot = getattr(voter, "ballot", None) or Ballot(voter=voter)
    sent_by = ballot.cast_by
    is_a_colleagues = sent_by not in (None, by.user)
    is_changed = is_a_colleagues and _chosen(ballot) != [*chosen]
    ballot.abstains, ballot.cast_by, ballot.cast_at = not chosen, by.user, timezone.now()
    ballot.save()
    ballot.lines.all().delete()
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, barrier_id=barrier_id, rank=rank)
        for rank, barrier_id in enumerate(chosen, start=1)
    )
    if sent_by and is_changed:
        letters.ballot_changed(voter, sent_by=sent_by, by=by)
    return ballot


def _chosen(ballot: Ballot) -> list[int]:
    return [*ballot.lines.values_list("barrier_id", flat=True)]


@transaction.atomic
def close(*, voting_round: PrioritisationRound, by: User | None = None) -> PrioritisationRound:
    """Count a round, save its result and rank the register by it.

    With too few ballots that choose there is no result, and the ranking before stays.
    Raises Refused where the round was never opened or is counted already.
    """
    locked = locking.lock_rounds(voting_round)
    if locked.is_draft:
        raise Refused(_("The round is not open."))
    if locked.closed_at is not None:
        raise Refused(_("The round was counted already."))
    votes = _votes(locked)
    if len(votes) >= FEWEST_BALLOTS:
        _save_groups(locked, votes, _save_results(locked, votes))
    locked.closed_at = min(timezone.now(), locked.closes_at)
    locked.eligible = locked.voters.count()
    locked.voted = len(votes)
    locked.abstained = locked.ballots.filter(abstains=True).count()
    locked.save()
    BallotDraft.objects.filter(voter__round=locked).delete()
    rank_register()
    record(Verb.CLOSED, locked, by=by)
    return locked


def _votes(voting_round: PrioritisationRound) -> list[counting.Vote]:
    """Return the ballots that choose, with the kinds of organisation as the round opened."""
    ballots = voting_round.ballots.filter(abstains=False).select_related("voter")
    return [
        counting.Vote(ballot.voter.kind, tuple(line.barrier_id for line in ballot.lines.all()))
        for ballot in ballots.prefetch_related("lines")
    ]


def _save_results(
    voting_round: PrioritisationRound, votes: Sequence[counting.Vote]
) -> dict[int, RoundResult]:
    titles = dict(voting_round.barriers.values_list("pk", "title"))
    figures = counting.count(votes, titles, voting_round.ballot_size)
    saved = RoundResult.objects.bulk_create(
        RoundResult(round=voting_round, barrier_id=barrier, title=titles[barrier], **vars(found))
        for barrier, found in figures.items()
    )
    return {result.barrier_id: result for result in saved}


def _save_groups(
    voting_round: PrioritisationRound,
    votes: Sequence[counting.Vote],
    results: dict[int, RoundResult],
) -> None:
    there = {*voting_round.voters.values_list("kind", flat=True)}
    for group in counting.grouped(votes, [kind for kind in Kind.values if kind in there]):
        saved = ResultGroup.objects.create(
            round=voting_round, kind=group.kind, kinds=[*group.kinds], ballots=len(group.votes)
        )
        figures = counting.count(group.votes, results, voting_round.ballot_size)
        GroupResult.objects.bulk_create(
            GroupResult(group=saved, result=results[barrier], **vars(found))
            for barrier, found in figures.items()
        )
