"""The list of action points as its template shows it."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from meetings.models import ActionPoint, Meeting, MinutesEntry
from meetings.models.actions import ActionPointQuerySet, taken_on_by
from taskforce.members.models import Member
from taskforce.members.roles import is_secretariat


def agreed() -> ActionPointQuerySet:
    """Return the action points of published minutes: open ones first, by due date."""
    return ActionPoint.objects.published().order_by(
        F("done_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk"
    )


def rows(points: ActionPointQuerySet, member: Member) -> QuerySet[Any, Any]:
    """Return only the columns of the list, and whether the member may mark it as done."""
    may: Any = Value(True) if is_secretariat(member.user) else taken_on_by(member)
    found: QuerySet[Any, Any] = points.with_shown_names(member.user).values(
        *("pk", "what", "due_on", "done_on", "note", "owner_name", "done_by_name", "entry_id"),
        may_finish=may,
        who=F("organisation__name"),
        number=F("meeting__number"),
        title=F("meeting__title"),
    )
    return found


def ready(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Add words and addresses, so that the template computes nothing."""
    meeting = Meeting(number=row["number"], title=row["title"])
    anchor = MinutesEntry(pk=row["entry_id"]).anchor if row["entry_id"] else "aftalt"
    is_late = row["done_on"] is None and row["due_on"] is not None and row["due_on"] < today
    return {
        **row,
        "meeting": str(meeting),
        "url": f"{meeting.get_absolute_url()}#{anchor}",
        "is_overdue": is_late,
        "finish_url": reverse("meetings:finish", args=[row["pk"]]),
        "open_again_url": reverse("meetings:open_again", args=[row["pk"]]),
    }
