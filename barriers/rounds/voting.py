"""A ballot as its voter sees it: in an order of their own, with what colleagues did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import (
    Ballot,
    BallotDraft,
    Barrier,
    Eligible,
    PrioritisationRound,
    RoundBarrier,
)
from taskforce.core.prepared import prepared
from taskforce.core.relations import known
from taskforce.core.summary import Fault
from taskforce.members.models import Member, User, Viewer, names_shown_to


def round_at(slug: str, viewer: Viewer) -> PrioritisationRound | None:
    return PrioritisationRound.objects.visible_to(viewer).filter(slug=slug).first()


def voter_at(slug: str, member: Member, *, to_show: bool) -> Eligible | None:
    """Return the voter, with its round, for whom a member votes at the address of a round.

    It has its draft and ballot too where they are to be shown; an act reads them under its lock.
    """
    return next(iter(_voters_at(slug, member, to_show)), None)


@prepared
def _voters_at(slug: str, member: Member, to_show: bool) -> QuerySet[Eligible]:
    voters = Eligible.objects.of(member).filter(round__slug=slug).exclude(round__opened_at=None)
    shown = ("draft", "ballot__cast_by") if to_show else ()
    return voters.select_related("round", *shown)


def lock_voter(voting_round: PrioritisationRound, member: Member) -> Eligible | None:
    """Lock the voter for whom a member votes; return it with its round, draft and ballot as of now.

    Read in the same query, they would be as they were before the wait for a colleague.
    """
    key = locking.lock_voter(voting_round, member)
    return _as_of_now(key)[0] if key else None


@prepared
def _as_of_now(voter: int) -> QuerySet[Eligible]:
    """Return a voter, with the keys of the barriers to choose from as `listed`."""
    listed = RoundBarrier.objects.filter(round=OuterRef("round")).values("barrier")
    found = Eligible.objects.filter(pk=voter).annotate(listed=ArraySubquery(listed))
    return found.select_related("round", "draft", "ballot__cast_by")


def voter_of(voting_round: PrioritisationRound, member: Member) -> Eligible | None:
    """Return the voter for whom a member votes, with its draft and ballot; None for nobody."""
    found = known(_voters(voting_round.pk, member), round=voting_round)
    return next(iter(found), None)


@prepared
def _voters(voting_round: int, member: Member) -> QuerySet[Eligible]:
    voters = Eligible.objects.of(member).filter(round=voting_round)
    return voters.select_related("draft", "ballot__cast_by")


def in_own_order(
    barriers: Iterable[Barrier], voting_round: PrioritisationRound, member: Member
) -> list[Barrier]:
    """Return barriers shuffled for one person, the same way each time, so that none stands first.

    Nobody else can work out the order, since it depends on the portal's secret key.
    """

    def key(barrier: Barrier) -> bytes:
        seed = f"{voting_round.pk}:{member.pk}:{barrier.pk}"
        return salted_hmac("barriers.rounds.order", seed, algorithm="sha256").digest()

    return sorted(barriers, key=key)


@dataclass(frozen=True)
class BallotSlot:
    """A numbered place on a ballot, and the barrier on it; None where it is empty."""

    number: int
    barrier: Barrier | None
    is_last: bool


def layout(
    voting_round: PrioritisationRound, barriers: Sequence[Barrier], chosen: Sequence[int]
) -> dict[str, Any]:
    """Return the barriers to choose from and the slots of a ballot, with `chosen` on it."""
    known = {barrier.pk: barrier for barrier in barriers}
    filled = [known[pk] for pk in chosen if pk in known][: voting_round.ballot_size]
    number = {barrier.pk: place for place, barrier in enumerate(filled, start=1)}
    slots = [
        BallotSlot(place, filled[place - 1] if place <= len(filled) else None, place == len(filled))
        for place in range(1, voting_round.ballot_size + 1)
    ]
    return {
        "round": voting_round,
        "pool": [(barrier, number.get(barrier.pk)) for barrier in barriers],
        "places": slots,
        "filled": len(filled),
    }


class OwnBallot:
    """The ballot of a voter, as a member who votes for this voter sees it."""

    def __init__(self, voter: Eligible, member: Member) -> None:
        self.voter, self.member, self.round = voter, member, voter.round

    @cached_property
    def barriers(self) -> list[Barrier]:
        """Return the barriers to choose from, as the page shows them."""
        return in_own_order(_listed(self.member.user, self.round.pk), self.round, self.member)

    @cached_property
    def titled(self) -> list[Barrier]:
        """Return the same barriers with their titles alone, which is all that a vote takes."""
        return _titled(self.member.user, self.round.pk)

    def page(self, chosen: Sequence[int], version: int, **more: Any) -> dict[str, Any]:
        """Return what the page shows of the ballot, with `chosen` on it."""
        return {
            **layout(self.round, self.barriers, chosen),
            "voter": self.voter,
            "version": version,
            "sent": sent(self.voter, self.member),
            "is_unsent": is_unsent(self.voter),
            **more,
        }

    def current_page(self) -> dict[str, Any]:
        """Return what the page shows of the ballot as it was saved last."""
        return self.page(*saved(self.voter))

    def conflict_page(self, chosen: Sequence[int], draft: BallotDraft) -> dict[str, Any]:
        """Return what the page shows of `chosen`, beside the draft that a colleague saved first."""
        changed = _("A colleague has changed the ballot meanwhile")
        return self.page(
            chosen,
            draft.version,
            errors=[Fault(changed, place="kollegaens")],
            conflict=True,
            theirs=self.titles(draft.choices),
            by=name_shown_to(self.member, draft.saved_by),
        )

    def titles(self, chosen: Sequence[int]) -> list[str]:
        titles = {barrier.pk: barrier.title for barrier in self.titled}
        return [titles[pk] for pk in chosen if pk in titles]


@prepared
def _listed(viewer: Viewer, voting_round: int) -> QuerySet[Barrier]:
    listed = Barrier.objects.visible_to(viewer).filter(rounds=voting_round)
    return listed.select_related("theme").defer("search", "title_forms")


@prepared
def _titled(viewer: Viewer, voting_round: int) -> QuerySet[Barrier]:
    return Barrier.objects.visible_to(viewer).filter(rounds=voting_round).only("title")


def saved(voter: Eligible) -> tuple[list[int], int]:
    """Return the choices that a voter saved last, and their version; 0 before the first."""
    draft = getattr(voter, "draft", None)
    return (draft.choices, draft.version) if draft else ([], 0)


@dataclass(frozen=True)
class Sent:
    """What a voter's own people may know of the ballot that counts: who sent it, and its titles."""

    ballot: Ballot
    by: str  # empty where the name is not to be shown
    is_own: bool
    titles: list[str]


def sent(voter: Eligible, member: Member) -> Sent | None:
    """Return the ballot that counts, for a member who votes for this voter; None before it."""
    ballot = getattr(voter, "ballot", None)
    if ballot is None:
        return None
    seen = Barrier.objects.visible_to(member.user)
    lines = ballot.lines.filter(barrier__in=seen).select_related("barrier")
    return Sent(
        ballot=ballot,
        by=name_shown_to(member, ballot.cast_by),
        is_own=ballot.cast_by == member.user,
        titles=[line.barrier.title for line in lines],
    )


def is_unsent(voter: Eligible) -> bool:
    """Tell whether the draft holds something else than the ballot that was sent."""
    ballot, (choices, version) = getattr(voter, "ballot", None), saved(voter)
    if ballot is None:
        return bool(version and choices)
    return choices != [*ballot.lines.values_list("barrier", flat=True)]


def name_shown_to(reader: Member, user: User | None) -> str:
    """Return a colleague's name where the reader may read it; empty otherwise."""
    if user is None:
        return ""
    may_read = Member.objects.filter(
        user=user, to_date=None, name_visibility__in=names_shown_to(reader.user)
    )
    return user.name if may_read.exists() else ""


def outstanding(member: Member) -> list[tuple[PrioritisationRound, bool]]:
    """Return the open rounds in which a member votes, each with whether the ballot is sent."""
    found = _voters_in_open_rounds(member, timezone.now())
    return [(voter.round, hasattr(voter, "ballot")) for voter in found]


@prepared
def _voters_in_open_rounds(member: Member, now: datetime) -> QuerySet[Eligible]:
    running = PrioritisationRound.objects.open_at(now)
    voters = Eligible.objects.of(member).filter(round__in=running)
    return voters.select_related("round", "ballot").order_by("round__closes_at", "pk")
