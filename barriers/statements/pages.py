"""What the page shows that makes a statement of a passage of the minutes."""

from typing import Any

from django.urls import reverse

from barriers.statements.forms import PassageStatementForm
from meetings.models import MinutesEntry


def from_passage(entry: MinutesEntry, form: PassageStatementForm) -> dict[str, Any]:
    statements = entry.statements.select_related("barrier", "organisation")
    return {"entry": entry, "form": form, "place": passage_url(entry), "statements": statements}


def initial(entry: MinutesEntry) -> dict[str, Any]:
    """Return what the form starts with: who spoke, and no word of the passage.

    A statement is public in the organisation's name, so somebody writes it, beside the passage.
    """
    speaker = entry.speaker
    return {"organisation": speaker and speaker.organisation_id}


def passage_url(entry: MinutesEntry) -> str:
    """Return the address at which the passage is written."""
    number = entry.minutes.meeting.number
    return f"{reverse('meetings:write_minutes', args=[number])}#{entry.anchor}"
