"""What the pages of an uploaded document show until its review begins."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from taskforce.core import jobs
from taskforce.intake import wording
from taskforce.intake.models import Intake, IntakeState

STATES = dict(IntakeState.choices)
SHAPES = {
    IntakeState.WAITING: "idle",
    IntakeState.READING: "idle",
    IntakeState.REFUSED: "late",
    IntakeState.REVIEW: "half",
    IntakeState.IMPORTED: "full",
}
EXPECTED = timedelta(seconds=30)  # for reading a document; the page says where it takes longer
OFTEN, SELDOM = 3, 20  # seconds until a waiting page loads again


def rows(intakes: QuerySet[Intake]) -> QuerySet[Any, Any]:
    """Return only the columns that lists show: a draft may be long."""
    return intakes.values("pk", "name", "state", "added_at", "added_by__name")


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of `rows` with its title, address and state in words."""
    intake = Intake(pk=row["pk"], name=row["name"])
    return {
        **row,
        "title": str(intake),
        "url": intake.get_absolute_url(),
        "state_words": STATES[row["state"]],
        "shape": SHAPES[row["state"]],
    }


def waiting(intake: Intake, now: datetime) -> dict[str, Any]:
    """Return how far the reading is, and why it takes long where it does."""
    is_late = now - intake.asked_at > EXPECTED
    return {
        "intake": intake,
        "step": 2 if intake.state == IntakeState.READING else 1,
        "is_late": is_late,
        "worker_works": jobs.worker_works(now),
        "refresh": SELDOM if is_late else OFTEN,
    }


def refused(intake: Intake) -> dict[str, Any]:
    """Return why a document could not be read."""
    return {"intake": intake, "sentence": wording.in_words(intake.refusal)}
