"""What pages of rounds show, as the viewer may see it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from barriers.models import PrioritisationRound
from barriers.models.prioritisation import SMALLEST_GROUP
from barriers.rounds import candidates, opening, reminding, results, voting
from barriers.rounds.counting import ballot_size
from taskforce.core.relations import related
from taskforce.following import novelty
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat, membership


def state(voting_round: PrioritisationRound, now: datetime) -> str:
    """Return the state of a round: draft, open, due (its time is up), or counted."""
    if voting_round.is_draft:
        return "draft"
    if voting_round.closed_at is not None:
        return "counted"
    return "open" if voting_round.is_open(now) else "due"


def detail(voting_round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a round's page."""
    current = state(voting_round, timezone.now())
    new = novelty.on(voting_round, viewer)
    context = {"round": voting_round, "state": current, "new": new}
    if current == "draft":
        return {**context, **_draft(voting_round)}
    context |= _own(voting_round, viewer)
    if current == "counted":
        return {**context, **results.page(voting_round, viewer)}
    barriers = related(voting_round, "barriers", viewer).order_by("title")
    return {**context, "barriers": barriers, **_turnout(voting_round, viewer)}


def _draft(voting_round: PrioritisationRound) -> dict[str, Any]:
    listed = [*opening.current_list(voting_round).order_by("title")]
    rest = candidates.barriers().exclude(pk__in=[barrier.pk for barrier in listed])
    return {
        "barriers": listed,
        "unlisted": rest.order_by("title"),
        "voting": opening.voting_organisations(voting_round),
        "why_not": opening.why_not(voting_round),
        "is_late": voting_round.opens_at <= timezone.now(),
    }


def to_open(voting_round: PrioritisationRound) -> dict[str, Any]:
    """Return what the page that opens a round says of its time, and why it cannot open."""
    is_late = voting_round.opens_at <= timezone.now()
    return {"why_not": opening.why_not(voting_round), "is_late": is_late}


def _own(voting_round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return the ballot of the viewer's own people, where they vote in the round."""
    if (member := membership(viewer)) is None:
        return {}
    voter = voting.voter_of(voting_round, member)
    if voter is None:
        return {"voter": None, "is_member": True}
    sent = voting.sent(voter, member)
    return {"voter": voter, "sent": sent, "is_unsent": voting.is_unsent(voter), "is_member": True}


def _turnout(voting_round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return who has not voted, for the secretariat alone, and never what anybody chose."""
    if not is_secretariat(viewer):
        return {}
    missing = [*voting_round.voters.without_ballot().select_related("member__user")]
    total = voting_round.voters.count()
    return {
        "missing": missing,
        "total": total,
        "cast": total - len(missing),
        "is_few": total - len(missing) < SMALLEST_GROUP,
        "reminded_today": reminding.is_done(voting_round),
    }


def overview(viewer: Viewer) -> dict[str, Any]:
    """Return all rounds by their state. No paging: there are a few a year."""
    now, member = timezone.now(), membership(viewer)
    seen = PrioritisationRound.objects.visible_to(viewer)
    # A query that counts forgets the order of its model.
    listed = seen.with_ranking().annotate(listed=Count("choices")).select_related("meeting")
    states = ("draft", "open", "due", "counted")
    rounds: dict[str, list[PrioritisationRound]] = {name: [] for name in states}
    for voting_round in listed.order_by("-closes_at", "-pk"):
        rounds[state(voting_round, now)].append(voting_round)
    outstanding = voting.outstanding(member) if member else []
    waiting = {voting_round.pk for voting_round, is_cast in outstanding if not is_cast}
    counted = [voting_round.pk for voting_round in rounds["counted"]]
    new = novelty.among(viewer, PrioritisationRound, counted)
    return {"rounds": rounds, "waiting": waiting, "new": new}


def at_the_desk() -> list[PrioritisationRound]:
    """Return drafts and open rounds, each with how many of its voters have voted."""
    cast = Count("voters", filter=Q(voters__ballot__isnull=False))
    waiting = PrioritisationRound.objects.filter(closed_at=None)
    return [*waiting.annotate(total=Count("voters"), cast=cast).order_by("closes_at", "pk")]


def preview(voting_round: PrioritisationRound, member: Member) -> dict[str, Any]:
    """Return a draft's ballot as it would be if it opened now, in the member's own order."""
    barriers: Any = opening.current_list(voting_round).select_related("theme")
    listed = voting.in_own_order(barriers, voting_round, member)
    voting_round.ballot_size = min(voting_round.ballot_size, ballot_size(len(listed)))
    return {**voting.layout(voting_round, listed, []), "version": 0, "is_preview": True}
