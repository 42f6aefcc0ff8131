"""What tests of initiatives send: a form filled in as a member would, and its milestones."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from initiatives.models import Initiative

DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


def days_ahead(days: int) -> str:
    return str(today() + timedelta(days=days))


def filled_in(*barriers: Barrier, **typed: Any) -> dict[str, Any]:
    """Return a form as it is sent, with no milestone in it."""
    return {
        "title": "En guide",
        "goal": "Flere køber socialt.",
        "measure": "Ti flere kommuner.",
        "against": [barrier.pk for barrier in barriers],
        "state": "running",
        "starts_on": days_ahead(0),
        "due_on": days_ahead(200),
        "review_on": days_ahead(90),
        "reach": "group",
        "version": 1,
        **rows(),
        **typed,
    }


def rows(*milestones: dict[str, Any], there: int = 0) -> dict[str, Any]:
    """Return milestones as the rows of their form, the first `there` of them kept already."""
    sent: dict[str, Any] = {
        "milestones-TOTAL_FORMS": max(len(milestones), there),
        "milestones-INITIAL_FORMS": there,
    }
    for number, milestone in enumerate(milestones):
        sent |= {f"milestones-{number}-{name}": value for name, value in milestone.items()}
    return sent


def start(browser: Client, *barriers: Barrier, **typed: Any) -> Initiative:
    """Start an initiative as a member does, and return it."""
    answer = browser.post("/indsatser/ny/", filled_in(*barriers, **typed))
    assert answer.status_code == 302, answer.context["form"].errors
    return Initiative.objects.latest("pk")
