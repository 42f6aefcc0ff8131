"""What pages of cases show, gathered as the viewer may see it."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from initiatives.models import Case
from meetings.models import MinutesEntry
from taskforce.members.models import Viewer
from taskforce.relations import related


def case_rows(rows: QuerySet[Case]) -> QuerySet[Any, Any]:
    """Return only the columns that lists show."""
    return rows.values(
        "title",
        "slug",
        "achieved",
        "number",
        "unit",
        "place",
        "state",
        "is_example",
        author=F("written_by__name"),
    )


def ready_case(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "url": reverse("initiatives:case", args=[row["slug"]])}


def case(found: Case, viewer: Viewer) -> dict[str, Any]:
    """Return everything on a case's page."""
    return {
        "case": found,
        "told_in": MinutesEntry.objects.visible_to(viewer)
        .filter(cases=found)
        .select_related("minutes__meeting")
        .first(),
        "partners": found.case_partners.select_related("organisation"),
        "barriers": related(found, "barriers", viewer),
        "initiatives": related(found, "initiatives", viewer),
        "editable": Case.objects.editable_by(viewer).filter(pk=found.pk).exists(),
    }
