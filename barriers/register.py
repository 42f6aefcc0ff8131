"""The register as pages show it: rows that reach the template ready, and one barrier's thread."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from barriers.models import Barrier, BarrierState, RoundResult, Statement
from taskforce.members.models import Viewer
from taskforce.relations import related, visible

STATES = dict(BarrierState.choices)


def rows(barriers: QuerySet[Barrier], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return only the columns that lists show, with how much is said and done about each."""
    return barriers.values(
        "title",
        "slug",
        "state",
        "rank",
        "points",
        "raised_on",
        "hidden_at",
        theme_name=F("theme__name"),
        statement_count=_count(Statement.objects.visible_to(viewer), "barrier"),
        initiative_count=_count(visible(Barrier, "initiatives", viewer), "barriers"),
        case_count=_count(visible(Barrier, "cases", viewer), "barriers"),
    )


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
    """Add what a template should not work out: the address, the state and counts in words."""
    statements, initiatives = row["statement_count"], row["initiative_count"]
    cases = row["case_count"]
    counts = (
        STATES[row["state"]],
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
    """Return the barriers that members put first, with bars relative to the first one."""
    ranked = Barrier.objects.visible_to(viewer).unresolved().exclude(rank=None)
    found = list(rows(ranked.order_by("rank", "title"), viewer)[:limit])
    most = max((row["points"] for row in found), default=0)
    return [{**ready(row), "percent": percent(row["points"], most)} for row in found]


def percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@dataclass(frozen=True)
class Step:
    """A barrier's place in one round, as a point of the picture (x and y in its own units)."""

    round: Any
    rank: int
    points: int
    x: int
    y: int


def over_time(barrier: Barrier, viewer: Viewer) -> list[Step]:
    """Return the barrier's rank in each round, oldest first; a better rank stands higher."""
    results = list(
        RoundResult.objects.visible_to(viewer)
        .filter(barrier=barrier)
        .select_related("round")
        .order_by("round__closed_at")
    )
    last = max((result.rank for result in results), default=1)
    return [
        Step(
            round=result.round,
            rank=result.rank,
            points=result.points,
            x=10 + round(180 * place / max(1, len(results) - 1)),
            y=12 + round(48 * (result.rank - 1) / max(1, last - 1)),
        )
        for place, result in enumerate(results)
    ]


def thread(barrier: Barrier, viewer: Viewer) -> dict[str, Any]:
    """Return what the barrier leads to on every floor, as the viewer may see it."""
    steps = over_time(barrier, viewer)
    return {
        "statements": related(barrier, "statements", viewer).select_related(
            "organisation", "entry__minutes__meeting"
        ),
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
        "editable": Barrier.objects.editable_by(viewer).filter(pk=barrier.pk).exists(),
        "own_statements": {*statements.values_list("pk", flat=True)},
        **thread(barrier, viewer),
    }
