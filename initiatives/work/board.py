"""The board: initiatives in columns by state, as rows that are ready for the template."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When

from initiatives.models import Initiative, InitiativeState, InitiativeUpdate, Milestone
from initiatives.models.initiative import is_past_review
from taskforce.core.addresses import address_of

STATES = dict(InitiativeState.choices)
# Running ones come first; among them those that are due first.
FIRST = ("running", "proposed", "done", "stopped")
BY_STATE = (
    Case(*(When(state=state, then=Value(place)) for place, state in enumerate(FIRST))),
    F("due_on").asc(nulls_last=True),
    F("pk"),
)


def rows(initiatives: QuerySet[Initiative]) -> QuerySet[Any, Any]:
    """Return the fields that lists show, with the latest percentage and the next milestone."""
    updates = InitiativeUpdate.objects.filter(initiative=OuterRef("pk"), percent__isnull=False)
    ahead = Milestone.objects.filter(initiative=OuterRef("pk"), done_on=None)
    found: QuerySet[Any, Any] = initiatives.order_by(*BY_STATE).values(
        *("pk", "title", "slug", "state", "goal", "is_example", "lead_id"),
        *("starts_on", "due_on", "review_on", "ended_on"),
        lead_name=F("lead__name"),
        percent=Subquery(updates.values("percent")[:1]),
        next_title=Subquery(ahead.values("title")[:1]),
        next_on=Subquery(ahead.values("due_on")[:1]),
    )
    return found


def ready(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Add words and addresses, which a template should not work out."""
    return {
        **row,
        "url": address_of("initiatives:detail", row["slug"]),
        "state_words": STATES[row["state"]],
        "is_past_review": is_past_review(row["state"], row["review_on"], today),
        "is_late": row["state"] in FIRST[:2] and row["due_on"] and row["due_on"] < today,
        "next_is_late": row["next_on"] is not None and row["next_on"] < today,
    }


def columns(ready_rows: Iterable[dict[str, Any]], only: str = "") -> list[dict[str, Any]]:
    """Return the board: a column for each state, in the order of an initiative's life.

    A state is left out where another one is asked for; what is stopped, where nothing is.
    """
    found = [*ready_rows]
    board = [
        {"state": state, "words": words, "rows": [row for row in found if row["state"] == state]}
        for state, words in InitiativeState.choices
        if only in ("", state)
    ]
    return [each for each in board if each["rows"] or each["state"] != "stopped" or only]
