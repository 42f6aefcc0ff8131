"""What the portal keeps about one person, for that person."""

from typing import Any

from barriers.models import Ballot
from meetings.models import Attendance
from taskforce.activity.models import Activity
from taskforce.members.models import JoinRequest, User


def my_data(user: User) -> dict[str, Any]:
    """Return everything kept about a person, as JSON can hold it."""
    return {
        "email": user.email,
        "name": user.name,
        "created": user.date_joined,
        "last_login": user.last_login,
        "memberships": _rows(
            user.memberships.order_by("from_date"),
            "organisation__name",
            "title",
            "role",
            "from_date",
            "to_date",
            "name_visibility",
        ),
        "meetings": _rows(
            Attendance.objects.filter(member__user=user).order_by("meeting__number"),
            "meeting__number",
            "name",
            "organisation_name",
            "status",
            "online",
            "name_visibility",
        ),
        "ballots_cast": _rows(
            Ballot.objects.filter(cast_by=user), "round__title", "organisation__name", "cast_at"
        ),
        "requests_to_join": _rows(
            JoinRequest.objects.filter(email__iexact=user.email),
            "name",
            "organisation_name",
            "message",
            "state",
            "created_at",
            "reason",
        ),
        "activity": _rows(
            Activity.objects.filter(actor=user), "at", "verb", "target_type__model", "target_id"
        ),
    }


def _rows(found: Any, *fields: str) -> list[dict[str, Any]]:
    return [*found.values(*fields)]
