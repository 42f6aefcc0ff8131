"""What pages show of initiatives, as the viewer may see it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from initiatives.models import Initiative, Milestone
from initiatives.models.initiative import InitiativeQuerySet, contact_name
from initiatives.work import board, timeline
from initiatives.work.filters import InitiativeFilter
from taskforce.core.paging import Page
from taskforce.core.prepared import prepared
from taskforce.core.relations import related
from taskforce.dialogue.asking import pages as asking
from taskforce.dialogue.talk.pages import talk_about
from taskforce.following import novelty
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import membership

TIMELINE, LIST = "tidslinje", "liste"


def overview(filters: InitiativeFilter, page: Page, asked: str, today: date) -> dict[str, Any]:
    """Return the board, or the timeline or list where `asked` says so, of one page of rows."""
    rows = [board.ready(row, today) for row in page.rows]
    if asked in (TIMELINE, LIST):
        kept = {"rows": rows, "look": asked, "kept": [("vis", asked)]}
        return {**kept, "picture": _picture(rows, today)} if asked == TIMELINE else kept
    only = filters.form.cleaned_data.get("status", "") if filters.form.is_valid() else ""
    return {"rows": rows, "columns": board.columns(rows, only)}


def _picture(rows: list[dict[str, Any]], today: date) -> timeline.Picture | None:
    milestones = Milestone.objects.filter(initiative__in=[row["pk"] for row in rows])
    return timeline.picture(rows, milestones, today)


def shown(viewer: Viewer) -> InitiativeQuerySet:
    """Return initiatives for their own pages, with the lead and its contact's name."""
    found: InitiativeQuerySet = (
        Initiative.objects.visible_to(viewer)
        .annotate(contact_name=contact_name(viewer))
        .select_related("lead")
    )
    return found


def detail(found: Initiative, viewer: Viewer, today: date) -> dict[str, Any]:
    """Return everything on an initiative's page, and what the viewer may do there."""
    updates = [*found.updates.select_related("organisation", "initiative")]
    participations = [
        *found.participations.with_contact_names(viewer).select_related("organisation")
    ]
    percent = next((each.percent for each in updates if each.percent is not None), None)
    (values,) = board.rows(Initiative.objects.filter(pk=found.pk))
    row = board.ready(values, today)
    milestones = [*found.milestones.all()]
    return {
        "initiative": found,
        "new": novelty.on(found, viewer),
        "is_late": row["is_late"],
        "updates": updates,
        "percent": percent,
        "milestones": milestones,
        "picture": timeline.picture([row], milestones, today),
        "barriers": related(found, "barriers", viewer),
        "participations": participations,
        "cases": related(found, "cases", viewer),
        "calls": related(found, "calls", viewer),
        **_own_part(found, participations, membership(viewer)),
        "editable": Initiative.objects.editable_by(viewer).filter(pk=found.pk).exists(),
        "talk": talk_about(found, viewer),
        "questions": asking.about(viewer, found),
    }


def _own_part(
    found: Initiative, participations: list[Any], member: Member | None
) -> dict[str, Any]:
    """Return whether the viewer's organisation leads or takes part, with the viewer as contact."""
    if member is None:
        return {}
    own = [each for each in participations if each.organisation_id == member.organisation_id]
    leads = found.lead_id == member.organisation_id
    contact = found.contact_id if leads else own[0].contact_id if own else None
    return {
        "leads": leads,
        "takes_part": bool(own),
        "is_contact": contact == member.pk,
    }


def current(viewer: Viewer, today: date, *, limit: int) -> list[dict[str, Any]]:
    """Return the first initiatives that have not ended, for the front page."""
    found = Initiative.objects.visible_to(viewer).under_way()
    return [board.ready(row, today) for row in board.rows(found)[:limit]]


def of_own(member: Member, today: date) -> list[dict[str, Any]]:
    """Return the initiatives that a member's organisation takes part in, without ended ones."""
    return [
        {**board.ready(row, today), "leads": row["lead_id"] == member.organisation_id}
        for row in _of_own(member)
    ]


@prepared
def _of_own(member: Member) -> QuerySet[Any, dict[str, Any]]:
    own = Initiative.objects.visible_to(member.user).of_organisation(member.organisation)
    return board.rows(own.under_way())


def past_review(today: date) -> QuerySet[Initiative]:
    """Return initiatives past their review date, the longest overdue first."""
    late = Initiative.objects.past_review(today).select_related("lead")
    return late.order_by("review_on", "pk")
