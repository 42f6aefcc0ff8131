"""What the page shows that makes a statement of a passage of the minutes."""

from typing import Any

from django.urls import reverse

from barriers.statements.forms import PassageStatementForm
from meetings.models import MinutesEntry
from taskforce.core.rich_text import as_text


def from_passage(entry: MinutesEntry, form: PassageStatementForm) -> dict[str, Any]:
    statements = entry.statements.select_related("barrier", "organisation")
    return {"entry": entry, "form": form, "place": passage_url(entry), "statements": statements}


def initial(entry: MinutesEntry) -> dict[str, Any]:
    """Return what the form starts with: the words of the passage, and who spoke."""
    speaker = entry.speaker
    return {"text": as_text(entry.text), "organisation": speaker and speaker.organisation_id}


def passage_url(entry: MinutesEntry) -> str:
    """Return the address at which the passage is written."""
    number = entry.minutes.meeting.number
    return f"{reverse('meetings:write_minutes', args=[number])}#{entry.anchor}"
