"""Keep a draft as a version, and restore a version."""

from typing import Any

from django.db import transaction

from meetings.models import (
    AgendaItem,
    Attendance,
    Minutes,
    MinutesEntry,
    MinutesVersion,
    Outcome,
)
from meetings.review import publishing
from meetings.writing.acts import is_referred_to, locked_draft
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def keep(*, minutes: Minutes, by: Member) -> MinutesVersion:
    """Keep a draft as a version, or return the newest one where nothing has changed since."""
    locked = locked_draft(minutes)
    last = locked.versions.order_by("-number").first()
    if last and last.content == publishing.content(locked):
        return last
    return publishing.freeze(locked, by=by)


@transaction.atomic
def restore(*, version: MinutesVersion, by: Member) -> MinutesVersion:
    """Restore passages and outcomes of a version to the draft; return the new version.

    The draft of now is kept as a version first. A newer passage stays, behind the others, where a
    statement or an action point belongs to it. Attendance and action points stay as they are.
    """
    minutes = locked_draft(version.minutes)
    keep(minutes=minutes, by=by)
    _restore_entries(minutes, version.content.get("entries", []))
    if "outcomes" in version.content:
        _restore_outcomes(minutes, version.content["outcomes"])
    record(Verb.CHANGED, minutes, by=by.user)
    return publishing.freeze(minutes, by=by)


def _restore_entries(minutes: Minutes, kept: list[dict[str, Any]]) -> None:
    items = {*AgendaItem.objects.filter(meeting=minutes.meeting).values_list("pk", flat=True)}
    people = {*Attendance.objects.filter(meeting=minutes.meeting).values_list("pk", flat=True)}
    current = {entry.pk: entry for entry in minutes.entries.select_for_update()}
    last = 0
    for last, row in enumerate(kept, start=1):
        entry = current.pop(row["id"], None) or MinutesEntry(minutes=minutes)
        entry.order, entry.heading, entry.text = last, row["heading"], row["text"]
        entry.agenda_item_id = row["agenda_item_id"] if row["agenda_item_id"] in items else None
        entry.speaker_id = row["speaker_id"] if row["speaker_id"] in people else None
        entry.version += entry.pk is not None
        entry.save()
    for entry in current.values():  # newer than the version
        if is_referred_to(entry):
            last += 1
            MinutesEntry.objects.filter(pk=entry.pk).update(order=last)
        else:
            entry.delete()


def _restore_outcomes(minutes: Minutes, kept: list[dict[str, Any]]) -> None:
    minutes.outcomes.all().delete()
    items = {*minutes.meeting.agenda.values_list("pk", flat=True)}
    Outcome.objects.bulk_create(
        Outcome(minutes=minutes, **{name: row[name] for name in row if name != "id"})
        for row in kept
        if row["agenda_item_id"] in items
    )
