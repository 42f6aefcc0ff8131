"""Make a statement of what was said in a passage of the minutes, while they are a draft."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from barriers import locking
from barriers.models import Barrier, Statement
from barriers.statements.forms import PassageStatementForm
from meetings.models import MinutesEntry
from meetings.writing import acts as writing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.rich_text import as_text
from taskforce.members.models import Member


def initial(entry: MinutesEntry) -> dict[str, Any]:
    """Return what the passage says already: its words, and who spoke."""
    speaker = entry.speaker
    return {"text": as_text(entry.text), "organisation": speaker and speaker.organisation_id}


def place(entry: MinutesEntry) -> str:
    """Return where the passage is written."""
    number = entry.minutes.meeting.number
    return f"{reverse('meetings:write_minutes', args=[number])}#{entry.anchor}"


def page(entry: MinutesEntry, form: PassageStatementForm) -> dict[str, Any]:
    statements = entry.statements.select_related("barrier", "organisation")
    return {"entry": entry, "form": form, "place": place(entry), "statements": statements}


@transaction.atomic
def state(*, entry: MinutesEntry, form: PassageStatementForm, by: Member) -> Statement:
    """Link a statement to its passage; it shows with the minutes, and so does a new barrier.

    What was sent twice is stated once.
    """
    writing.locked_draft(entry.minutes)
    given = form.cleaned_data
    meeting = entry.minutes.meeting
    same = Statement.objects.filter(
        entry=entry, organisation=given["organisation"], text=given["text"]
    )
    barrier: Barrier | None = given["barrier"]
    named = {"barrier": barrier} if barrier else {"barrier__title__iexact": given["title"]}
    if found := same.filter(**named).first():
        return found
    if barrier is None:
        barrier = Barrier.objects.create(
            title=given["title"],
            theme=given["theme"],
            raised_by=given["organisation"],
            raised_at=meeting,
            raised_on=meeting.date,
        )
        record(Verb.ADDED, barrier, by=by.user)
    else:
        barrier = locking.standing(barrier)
    form.instance.barrier, form.instance.entry = barrier, entry
    form.instance.made_on = meeting.date
    statement: Statement = form.save()
    record(Verb.ADDED, statement, by=by.user)
    return statement


@transaction.atomic
def take_back(*, statement: Statement) -> None:
    """Remove a statement that was not made after all. Its barrier stays in the register."""
    assert statement.entry is not None  # noqa: S101  # callers look among a passage's statements
    writing.locked_draft(statement.entry.minutes)
    statement.delete()
