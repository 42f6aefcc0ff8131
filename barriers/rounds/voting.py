"""A ballot as its voter sees it: in an order of one's own, with what colleagues did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac

from barriers.models import Ballot, BallotDraft, Barrier, Eligible, PrioritisationRound
from taskforce.core.relations import related
from taskforce.members.models import Member, User, names_shown_to


@dataclass(frozen=True)
class Place:
    """One place on a ballot, with the barrier on it, None where it is empty."""

    number: int
    barrier: Barrier | None
    is_last: bool


def in_own_order(
    barriers: Iterable[Barrier], voting_round: PrioritisationRound, member: Member
) -> list[Barrier]:
    """Return barriers shuffled for one person, the same way each time, so that none stands first.

    Nobody else can work out the order: it hangs on the portal's secret key.
    """

    def place(barrier: Barrier) -> bytes:
        seed = f"{voting_round.pk}:{member.pk}:{barrier.pk}"
        return salted_hmac("barriers.rounds.order", seed, algorithm="sha256").digest()

    return sorted(barriers, key=place)


def listed(voting_round: PrioritisationRound, member: Member) -> list[Barrier]:
    """Return the barriers of a round as the member may see them, in the member's own order."""
    barriers = related(voting_round, "barriers", member.user).select_related("theme")
    return in_own_order(barriers, voting_round, member)


def voter_of(voting_round: PrioritisationRound, member: Member) -> Eligible | None:
    """Return the voter for whom a member votes, with its draft and ballot; None for nobody."""
    return voting_round.voters.of(member).select_related("draft", "ballot__cast_by").first()


def on_the_desk(voter: Eligible) -> tuple[list[int], int]:
    """Return the voter's choices as they lie there, and their version; 0 before the first."""
    draft = getattr(voter, "draft", None)
    return (draft.choices, draft.version) if draft else ([], 0)


def page(
    voting_round: PrioritisationRound,
    barriers: Sequence[Barrier],
    chosen: Sequence[int],
    **more: Any,
) -> dict[str, Any]:
    """Return what a page shows of a ballot that has so much on it."""
    known = {barrier.pk: barrier for barrier in barriers}
    filled = [known[pk] for pk in chosen if pk in known][: voting_round.ballot_size]
    number = {barrier.pk: place for place, barrier in enumerate(filled, start=1)}
    places = [
        Place(place, filled[place - 1] if place <= len(filled) else None, place == len(filled))
        for place in range(1, voting_round.ballot_size + 1)
    ]
    return {
        "round": voting_round,
        "pool": [(barrier, number.get(barrier.pk)) for barrier in barriers],
        "places": places,
        "filled": len(filled),
        **more,
    }


@dataclass(frozen=True)
class Sent:
    """What a voter's own people may know of its ballot: that it is sent, by whom, and its words."""

    ballot: Ballot
    by: str  # empty where the name is not to be shown
    is_own: bool
    titles: list[str]


def sent(voter: Eligible, member: Member) -> Sent | None:
    """Return the ballot that counts, for somebody who votes for this voter."""
    ballot = getattr(voter, "ballot", None)
    if ballot is None:
        return None
    seen = Barrier.objects.visible_to(member.user)
    lines = ballot.lines.filter(barrier__in=seen).select_related("barrier")
    return Sent(
        ballot=ballot,
        by=shown(ballot.cast_by, member),
        is_own=ballot.cast_by == member.user,
        titles=[line.barrier.title for line in lines],
    )


def is_unsent(voter: Eligible) -> bool:
    """Tell whether more lies on the desk than what was sent."""
    ballot, (choices, version) = getattr(voter, "ballot", None), on_the_desk(voter)
    if ballot is None:
        return bool(version and choices)
    return choices != [*ballot.lines.values_list("barrier", flat=True)]


def shown(user: User | None, reader: Member) -> str:
    """Return a colleague's name where the reader may read it."""
    if user is None:
        return ""
    may_read = Member.objects.filter(
        user=user, to_date=None, name_visibility__in=names_shown_to(reader.user)
    )
    return user.name if may_read.exists() else ""


def outstanding(member: Member) -> list[tuple[PrioritisationRound, bool]]:
    """Return the open rounds in which a member votes, each with whether the ballot is sent."""
    now = timezone.now()
    running = PrioritisationRound.objects.open_at(now)
    voters = Eligible.objects.of(member).filter(round__in=running)
    found = voters.select_related("round", "ballot").order_by("round__closes_at", "pk")
    return [(voter.round, hasattr(voter, "ballot")) for voter in found]


def theirs(draft: BallotDraft, barriers: Sequence[Barrier]) -> list[str]:
    """Return what a colleague put on the ballot, in words."""
    titles = {barrier.pk: barrier.title for barrier in barriers}
    return [titles[pk] for pk in draft.choices if pk in titles]
