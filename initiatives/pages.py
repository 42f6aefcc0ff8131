"""What pages of initiatives show, gathered as the viewer may see it."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from initiatives.models import Initiative, InitiativeState, InitiativeUpdate
from taskforce.members.models import Viewer
from taskforce.members.roles import membership
from taskforce.relations import related

STATES = dict(InitiativeState.choices)


def initiative_rows(rows: QuerySet[Initiative]) -> QuerySet[Any, Any]:
    """Return only the columns that lists show, with the latest judgement of progress."""
    told = InitiativeUpdate.objects.filter(initiative=OuterRef("pk"), percent__isnull=False)
    return rows.values(
        "title",
        "slug",
        "state",
        "goal",
        "due_on",
        "is_example",
        lead_name=F("lead__name"),
        percent=Subquery(told.values("percent")[:1]),
    )


def ready_initiative(row: dict[str, Any]) -> dict[str, Any]:
    url = reverse("initiatives:detail", args=[row["slug"]])
    return {**row, "url": url, "state_words": STATES[row["state"]]}


def initiative(found: Initiative, viewer: Viewer) -> dict[str, Any]:
    """Return everything on an initiative's page."""
    updates = [*found.updates.select_related("organisation")]
    participants = [*related(found, "participants", viewer)]
    member = membership(viewer)
    return {
        "initiative": found,
        "updates": updates,
        "percent": next((told.percent for told in updates if told.percent is not None), None),
        "barriers": related(found, "barriers", viewer),
        "participants": participants,
        "takes_part": member is not None and member.organisation in participants,
        "cases": related(found, "cases", viewer),
        "calls": related(found, "calls", viewer),
    }
