"""What the list and the page of a call show, as the viewer may see it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import formats

from calls.deadlines import in_words, is_soon, last_day, time_left
from calls.models import KINDS, Call, Consortium, Follow, Outcome, Partner
from initiatives.models import Case
from taskforce.core.relations import related
from taskforce.members.models import Viewer

KIND_WORDS = dict(KINDS)
OUTCOME_WORDS = dict(Outcome.choices)
SOUGHT = 6  # searches for partners on the list of calls


def rows(calls: QuerySet[Call], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return only the columns that lists show, of calls that know their next deadline."""
    consortia = Consortium.objects.visible_to(viewer).filter(call=OuterRef("pk"))
    found: QuerySet[Any, Any] = calls.annotate(
        seeks_partners=Exists(consortia.seeking()),
    ).values(
        *("title", "slug", "summary", "closes_at", "next_at", "next_stage", "outcome"),
        *("is_example", "seeks_partners"),
    )
    return found


def ready(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Add the deadline as people read it: the day in Brussels, and what is left in words."""
    closes_at, next_at = row["closes_at"], row["next_at"]
    day = last_day(next_at) if next_at else None
    return {
        **row,
        "url": reverse("calls:detail", args=[row["slug"]]),
        "left": time_left(next_at, now),
        "is_open": closes_at is None or closes_at > now,
        "is_soon": is_soon(next_at, now),
        "outcome_words": OUTCOME_WORDS.get(row["outcome"], ""),
        "month": formats.date_format(day, "M") if day else "",
        "day": day.day if day else "",
        "year": day.year if day else "",
        "iso": day.isoformat() if day else "",
    }


def seeking(viewer: Viewer) -> QuerySet[Consortium]:
    """Return what consortia of open calls seek a partner for."""
    return (
        Consortium.objects.visible_to(viewer)
        .seeking()
        .exclude(seeking="")
        .select_related("call", "lead")
        .order_by("call__closes_at", "pk")[:SOUGHT]
    )


def detail(call: Call, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return everything on a call's page."""
    shown = Consortium.objects.visible_to(viewer).filter(call=call).select_related("lead", "call")
    partners = Partner.objects.visible_to(viewer).select_related("organisation")
    consortia = [*shown.prefetch_related(Prefetch("partners", partners, to_attr="shown_partners"))]
    deadlines = [
        (deadline, in_words(deadline.passes_at), time_left(deadline.passes_at, now))
        for deadline in call.deadlines.all()
    ]
    ahead = (deadline for deadline, _day, _left in deadlines if deadline.passes_at > now)
    upcoming = next(ahead, None)
    next_at = upcoming.passes_at if upcoming else call.closes_at
    inside = Consortium.objects.inside(viewer).filter(call=call)
    invited = Consortium.objects.invited(viewer).forming().filter(call=call)
    barriers = related(call, "barriers", viewer)
    initiatives = related(call, "initiatives", viewer)
    return {
        "call": call,
        "left": time_left(next_at, now),
        "stage": upcoming.label if upcoming else "",
        "is_open": call.is_open(now),
        "is_soon": is_soon(next_at, now),
        "deadlines": deadlines,
        "kinds": [str(KIND_WORDS[kind]) for kind in call.kinds_required],
        "inside": {*inside.values_list("pk", flat=True)},
        "invited": {*invited.values_list("pk", flat=True)},
        "consortia": consortia,
        "told": [found for found in consortia if found.outcome not in ("preparing", "unknown")],
        "follows": Follow.objects.of(viewer).filter(call=call).exists(),
        "told_again_at": related(call, "told_again_at", viewer),
        "barriers": barriers,
        "initiatives": initiatives,
        "cases": Case.objects.visible_to(viewer).answering(barriers, initiatives),
    }
