"""What the pages of organisations show, as far as the viewer may see it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from taskforce.core.danish import DanishOrder
from taskforce.core.relations import related
from taskforce.members.models import Kind, Organisation, Viewer, shown_name

ORDER = {kind: place for place, kind in enumerate(Kind.values)}


def by_kind(organisations: QuerySet[Organisation]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return organisations by kind, each ready for the template. No paging: there are some 25."""
    rows = organisations.order_by(DanishOrder("name")).values("name", "slug", "kind", "is_example")
    rows_in_order = sorted(rows, key=lambda row: ORDER[row["kind"]])
    return [
        (str(Kind(kind).label), [_ready(row) for row in group])
        for kind, group in groupby(rows_in_order, key=lambda row: row["kind"])
    ]


def _ready(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "url": reverse("members:organisation", args=[row["slug"]])}


def detail(organisation: Organisation, viewer: Viewer) -> dict[str, Any]:
    """Return everything on an organisation's page, without people who did not agree to show."""
    people = (
        organisation.members.current()
        .visible_to(viewer)
        .annotate(shown_name=shown_name(viewer, name="user__name"))
        .order_by(DanishOrder("shown_name"))
    )
    return {
        "organisation": organisation,
        "people": people,
        "barriers": related(organisation, "barriers", viewer).order_by("title"),
        "statements": related(organisation, "statements", viewer).select_related(
            "barrier", "entry__minutes__meeting"
        ),
        # Led or joined. Without distinct() a led one would repeat for each participant.
        "initiatives": (
            related(organisation, "led_initiatives", viewer)
            | related(organisation, "initiatives", viewer)
        ).distinct(),
        "cases": related(organisation, "cases", viewer),
        "led_consortia": related(organisation, "led_consortia", viewer).select_related("call"),
        "partnerships": related(organisation, "partnerships", viewer).select_related(
            "consortium__call"
        ),
    }
