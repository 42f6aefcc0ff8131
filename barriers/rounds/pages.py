"""What pages of rounds show, gathered as the viewer may see it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from barriers.models import Barrier, PrioritisationRound
from barriers.models.prioritisation import SMALLEST_GROUP
from barriers.rounds import candidates, opening, results, voting
from barriers.rounds.counting import ballot_size
from taskforce.core.relations import related
from taskforce.members.models import Viewer
from taskforce.members.roles import is_secretariat, membership


def state(round: PrioritisationRound, now: datetime) -> str:
    """Return where a round stands: draft, open, due (its time is up), or counted."""
    if round.is_draft:
        return "draft"
    if round.closed_at is not None:
        return "counted"
    return "open" if round.is_open(now) else "due"


def detail(round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a round's page."""
    stands = state(round, timezone.now())
    context = {"round": round, "state": stands}
    if stands == "draft":
        return context | _draft(round)
    if stands == "counted":
        return context | results.page(round, viewer) | _own(round, viewer)
    barriers = related(round, "barriers", viewer).order_by("title")
    return context | {"barriers": barriers} | _own(round, viewer) | _turnout(round, viewer)


def _draft(round: PrioritisationRound) -> dict[str, Any]:
    listed = [*opening.still_listed(round).order_by("title")]
    rest = candidates.barriers().exclude(pk__in=[barrier.pk for barrier in listed])
    return {
        "barriers": listed,
        "unlisted": rest.order_by("title"),
        "voting": opening.voting(round),
        "why_not": opening.why_not(round),
        "is_late": round.opens_at <= timezone.now(),
    }


def _own(round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return the ballot of the viewer's own people, where they vote in the round."""
    if (member := membership(viewer)) is None:
        return {}
    voter = voting.voter_of(round, member)
    if voter is None:
        return {"voter": None, "is_member": True}
    sent = voting.sent(voter, member)
    return {"voter": voter, "sent": sent, "is_unsent": voting.is_unsent(voter), "is_member": True}


def _turnout(round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return who has not voted, for the secretariat alone; nobody learns what anybody chose."""
    if not is_secretariat(viewer):
        return {}
    missing = [*round.voters.without_ballot().select_related("member__user")]
    total = round.voters.count()
    return {
        "missing": missing,
        "total": total,
        "cast": total - len(missing),
        "is_few": total - len(missing) < SMALLEST_GROUP,
        "reminded_today": round.reminded_on == timezone.localdate(),
    }


def overview(viewer: Viewer) -> dict[str, Any]:
    """Return all rounds by where they stand. No paging: there are a few a year."""
    now = timezone.now()
    seen = PrioritisationRound.objects.visible_to(viewer)
    # A query that counts forgets the order of its model.
    listed = seen.annotate(listed=Count("choices")).select_related("meeting")
    rounds = [*listed.order_by("-closes_at", "-pk")]
    found: dict[str, list[PrioritisationRound]] = {"draft": [], "open": [], "due": []}
    found["counted"] = []
    for round in rounds:
        found[state(round, now)].append(round)
    member = membership(viewer)
    waiting = {round.pk for round, cast in voting.outstanding(member) if not cast} if member else ()
    return {"rounds": found, "waiting": waiting}


def at_the_desk() -> list[PrioritisationRound]:
    """Return drafts and open rounds, each with how many of its voters have voted."""
    cast = Count("voters", filter=Q(voters__ballot__isnull=False))
    waiting = PrioritisationRound.objects.filter(closed_at=None)
    return [*waiting.annotate(total=Count("voters"), cast=cast).order_by("closes_at", "pk")]


def preview(round: PrioritisationRound, viewer: Any) -> dict[str, Any]:
    """Return a draft's ballot as it would be if it opened now, in the viewer's own order."""
    barriers: Any = opening.still_listed(round).select_related("theme")
    listed: list[Barrier] = voting.in_own_order(barriers, round, viewer.member)
    round.ballot_size = min(round.ballot_size, ballot_size(len(listed)))
    return voting.page(round, listed, [], version=0, is_preview=True)
