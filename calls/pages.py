"""What pages of calls show, gathered as the viewer may see it."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import Call, Consortium, Openness, Partner
from calls.models.call import BRUSSELS
from initiatives.models import Case
from taskforce.members.models import Kind, Viewer
from taskforce.relations import related

SOON = 30  # days before a deadline from which it is marked


def rows(calls: QuerySet[Call], viewer: Viewer) -> QuerySet[Any, Any]:
    """Return only the columns that lists show."""
    consortia = Consortium.objects.visible_to(viewer).filter(call=OuterRef("pk"))
    return calls.annotate(
        seeks_partners=Exists(consortia.filter(openness=Openness.OPEN)),
    ).values("title", "slug", "summary", "closes_at", "is_example", "seeks_partners")


def ready(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Add the deadline as people read it: the day in Brussels, and what is left in words."""
    closes_at = row["closes_at"]
    day = last_day(closes_at) if closes_at else None
    return {
        **row,
        "url": reverse("calls:detail", args=[row["slug"]]),
        "left": time_left(closes_at, now),
        "is_open": closes_at is None or closes_at > now,
        "is_soon": closes_at is not None and 0 <= (closes_at - now).days < SOON,
        "month": formats.date_format(day, "M") if day else "",
        "day": day.day if day else "",
        "year": day.year if day else "",
        "iso": day.isoformat() if day else "",
    }


def last_day(closes_at: datetime) -> date:
    """Return the last day on which a call is open; one that lasts the day ends at midnight."""
    return (closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(BRUSSELS)).date()


def time_left(closes_at: datetime | None, now: datetime) -> str:
    """Say in words how long a call is open yet; days are counted as nights to sleep."""
    if closes_at is None:
        return _("No deadline known")
    if closes_at <= now:
        return _("Closed")
    days = (last_day(closes_at) - now.astimezone(ZoneInfo(BRUSSELS)).date()).days
    if days == 0:
        return _("Closes today")
    if days == 1:
        return _("Closes tomorrow")
    return ngettext("Closes in %(days)s day", "Closes in %(days)s days", days) % {"days": days}


def detail(call: Call, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Return everything on a call's page."""
    consortia = Consortium.objects.visible_to(viewer).filter(call=call).select_related("lead")
    partners = Partner.objects.visible_to(viewer).select_related("organisation")
    barriers = related(call, "barriers", viewer)
    initiatives = related(call, "initiatives", viewer)
    return {
        "call": call,
        "left": time_left(call.closes_at, now),
        "is_open": call.is_open(now),
        "deadlines": call.deadlines.all(),
        "kinds": [str(Kind(kind).label) for kind in call.kinds_required],
        "inside": {
            *Consortium.objects.inside(viewer).filter(call=call).values_list("pk", flat=True)
        },
        "consortia": consortia.prefetch_related(
            Prefetch("partners", partners, to_attr="shown_partners")
        ),
        "told_again_at": related(call, "told_again_at", viewer),
        "barriers": barriers,
        "initiatives": initiatives,
        "cases": Case.objects.visible_to(viewer).answering(barriers, initiatives),
    }
