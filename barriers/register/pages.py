"""What pages of the register show: rows ready for the template, and one barrier's thread."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from barriers import thread
from barriers.models import (
    Act,
    Barrier,
    BarrierState,
    Change,
    MergeRecord,
    RoundResult,
    Statement,
)
from barriers.register import history
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.taking_back import WINDOW
from taskforce.core.relations import related, visible
from taskforce.members.models import Viewer
from taskforce.members.roles import membership

STATES = dict(BarrierState.choices)


def rows(
    barriers: QuerySet[Barrier], viewer: Viewer, *more: str, **expressions: Any
) -> QuerySet[Any, Any]:
    """Return the columns that lists show and `more`, with counts of what is tied to each."""
    if "found_in" in barriers.query.annotations:
        more = (*more, "found_in")
    found: QuerySet[Any, Any] = barriers.values(
        *more,
        "pk",
        "title",
        "slug",
        "state",
        "rank",
        "points",
        "raised_on",
        "hidden_at",
        "support_count",
        theme_name=F("theme__name"),
        statement_count=statement_count(viewer),
        initiative_count=_count(visible(Barrier, "initiatives", viewer), "barriers"),
        case_count=_count(visible(Barrier, "cases", viewer), "barriers"),
        **expressions,
    )
    return found


def statement_count(viewer: Viewer) -> Coalesce:
    """Count the statements of a barrier that the viewer may read."""
    return _count(Statement.objects.visible_to(viewer), "barrier")


def _count(others: QuerySet[Any, Any], field: str) -> Coalesce:
    counted = (
        others.filter(**{field: OuterRef("pk")})
        .order_by()
        .values(field)
        .annotate(number=Count("pk", distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its address, and its state and counts in words, ready for a template."""
    statements, initiatives = row["statement_count"], row["initiative_count"]
    cases, supporters = row["case_count"], row["support_count"]
    counts = (
        STATES[row["state"]],
        ngettext("%(n)s organisation behind it", "%(n)s organisations behind it", supporters)
        % {"n": supporters},
        ngettext("%(n)s statement", "%(n)s statements", statements) % {"n": statements},
        ngettext("%(n)s initiative", "%(n)s initiatives", initiatives) % {"n": initiatives},
        ngettext("%(n)s good example", "%(n)s good examples", cases) % {"n": cases},
    )
    return {
        **row,
        "url": reverse("barriers:detail", args=[row["slug"]]),
        "about": " · ".join(map(str, counts)),
    }


def ranking(viewer: Viewer, *, limit: int) -> list[dict[str, Any]]:
    """Return the barriers with the best ranks; `percent` is of the first one's points."""
    ranked = Barrier.objects.visible_to(viewer).unresolved().exclude(rank=None)
    found = list(rows(ranked.order_by("rank", "title"), viewer)[:limit])
    most = max((row["points"] for row in found), default=0)
    return [{**ready(row), "percent": percent(row["points"], most)} for row in found]


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@dataclass(frozen=True)
class RoundRank:
    """A barrier's rank in one round, as a point of the picture (x and y in its own units)."""

    round: Any
    title: str  # at that time, perhaps of a barrier that was merged into this one since
    rank: int
    points: int
    x: int
    y: int


def over_time(barrier: Barrier, viewer: Viewer) -> list[RoundRank]:
    """Return the barrier's rank in each round where it has one; a better rank is higher up.

    Where a double that was merged into it since had a better rank, that one counts.
    """
    own = Q(barrier=barrier) | Q(barrier__merged_into=barrier)
    counts = RoundResult.objects.filter(points__gt=0, round__voided_at=None)
    found = counts.visible_to(viewer).filter(own).select_related("round")
    best = {result.round_id: result for result in found.order_by("round__closed_at", "-rank")}
    results = [*best.values()]
    last = max((result.rank for result in results), default=1)
    return [
        RoundRank(
            round=result.round,
            title=result.title,
            rank=result.rank,
            points=result.points,
            x=10 + round(180 * place / max(1, len(results) - 1)),
            y=12 + round(48 * (result.rank - 1) / max(1, last - 1)),
        )
        for place, result in enumerate(results)
    ]


def thread_of(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return what the barrier leads to on every floor, as the viewer may see it."""
    steps = over_time(barrier, viewer)
    return {
        "statements": related(barrier, "statements", viewer).select_related(
            "organisation", "entry__minutes__meeting", "meeting"
        ),
        "add": thread.add_links(barrier, viewer),
        "initiatives": related(barrier, "initiatives", viewer),
        "cases": related(barrier, "cases", viewer),
        "calls": related(barrier, "calls", viewer),
        "steps": steps,
        "rank_is_example": bool(steps) and steps[-1].round.is_example,
    }


def detail(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a barrier's page, and what the viewer may change there."""
    statements = Statement.objects.editable_by(viewer).filter(barrier=barrier)
    return {
        "barrier": barrier,
        **_support(barrier, viewer),
        **_family(barrier, viewer),
        "history": history.entries(barrier, viewer),
        "taken_back": _taken_back(barrier, viewer),
        "editable": Barrier.objects.editable_by(viewer).filter(pk=barrier.pk).exists(),
        "own_statements": {*statements.values_list("pk", flat=True)},
        **thread_of(barrier, viewer),
    }


def _taken_back(barrier: Barrier, viewer: Viewer) -> QuerySet[TakenBack]:
    """Return the notes on a barrier, and on those that were merged into it by mistake."""
    apart = Change.objects.visible_to(viewer).filter(
        barrier=barrier, act=Act.MERGED, merge__undone_at__isnull=False
    )
    of_doubles = Q(verb=Verb.MERGED, target_id__in=apart.values("other"))
    own = Q(target_id=barrier.pk)
    if barrier.hidden_at is None:
        own &= ~Q(verb=Verb.WITHDRAWN)  # that it was withdrawn, though it shows again
    kind = ContentType.objects.get_for_model(Barrier)
    return TakenBack.objects.filter(own | of_doubles, target_type=kind)


def _support(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return who supports the barrier, and whether the viewer's organisation does."""
    supports = related(barrier, "supports", viewer).select_related("organisation")
    supporters = [support.organisation for support in supports]
    member = membership(viewer)
    own = member and member.organisation_id
    return {
        "supporters": supporters,
        "own_raised_it": own == barrier.raised_by_id,
        "own_supports_it": own in {organisation.pk for organisation in supporters},
    }


def _family(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return the barriers that were merged into it, split from it, or that it was split from."""
    kin = Q(merged_into=barrier) | Q(split_from=barrier) | Q(pk=barrier.split_from_id)
    found = Barrier.objects.visible_to(viewer).filter(kin).select_related("raised_by", "raised_at")
    fresh = MergeRecord.objects.filter(undone_at=None, change__at__gt=timezone.now() - WINDOW)
    can_be_taken_apart = Exists(fresh.filter(change__other=OuterRef("pk")))
    found = found.annotate(can_be_taken_apart=can_be_taken_apart)
    rows = [*found.order_by("raised_on", "pk")]
    return {
        "merged": [row for row in rows if row.merged_into_id == barrier.pk],
        "parts": [row for row in rows if row.split_from_id == barrier.pk],
        "whole": next((row for row in rows if row.pk == barrier.split_from_id), None),
    }
