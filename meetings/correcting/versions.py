"""The versions of minutes: kept, compared side by side, and, of a draft, brought back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from meetings.checking import consent
from meetings.models import (
    AgendaItem,
    Attendance,
    Correction,
    Minutes,
    MinutesEntry,
    MinutesVersion,
    Outcome,
    OutcomeKind,
)
from meetings.review import publishing
from meetings.writing.acts import hangs_on, locked_draft
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.differences import Piece, after, before, difference
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat

KINDS = dict(OutcomeKind.choices)


# Keeping and bringing back


@transaction.atomic
def keep(*, minutes: Minutes, by: Member) -> MinutesVersion:
    """Keep a draft as it stands; the newest version where nothing has changed since."""
    locked = locked_draft(minutes)
    last = locked.versions.order_by("-number").first()
    if last and last.content == publishing.content(locked):
        return last
    return publishing.freeze(locked, by=by)


@transaction.atomic
def restore(*, version: MinutesVersion, by: Member) -> MinutesVersion:
    """Bring passages and outcomes of a version back into the draft, as a new version.

    What stands there now is kept first. A passage that is newer stays, behind the others, where
    somebody's statement or action point belongs to it. Attendance and action points are facts of
    their own and stay as they are.
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
    now = {entry.pk: entry for entry in minutes.entries.select_for_update()}
    last = 0
    for last, row in enumerate(kept, start=1):
        entry = now.pop(row["id"], None) or MinutesEntry(minutes=minutes)
        entry.order, entry.heading, entry.text = last, row["heading"], row["text"]
        entry.agenda_item_id = row["agenda_item_id"] if row["agenda_item_id"] in items else None
        entry.speaker_id = row["speaker_id"] if row["speaker_id"] in people else None
        entry.version += entry.pk is not None
        entry.save()
    for entry in now.values():  # newer than the version
        if hangs_on(entry):
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


# Comparing


@dataclass(frozen=True)
class Side:
    """One text of two: its pieces, or that it is withheld since it names somebody."""

    pieces: list[Piece]
    withheld: bool = False


@dataclass(frozen=True)
class Row:
    title: str
    old: Side
    new: Side

    @property
    def is_same(self) -> bool:
        pieces = [*self.old.pieces, *self.new.pieces]
        is_seen = not (self.old.withheld or self.new.withheld)
        return is_seen and all(piece.kind == "=" for piece in pieces)


def compared(old: MinutesVersion, new: MinutesVersion, viewer: Viewer) -> list[Row]:
    """Return every text of two versions of the same minutes, in the order of the newer one."""
    title_of = _titles(new)
    first, second = _texts(old), _texts(new)
    names_somebody, hidden = withholder(viewer), _hidden_until(new.minutes, viewer)

    def row(key: Key) -> Row:
        texts = first.get(key, ""), second.get(key, "")
        pieces = difference(*texts)
        withheld = [
            bool(text) and (version.number < hidden.get(key, 0) or names_somebody(text))
            for version, text in zip((old, new), texts, strict=True)
        ]
        return Row(
            title_of(key),
            Side([], withheld=True) if withheld[0] else Side(before(pieces)),
            Side([], withheld=True) if withheld[1] else Side(after(pieces)),
        )

    return [row(key) for key in (*second, *(key for key in first if key not in second))]


def withholder(viewer: Viewer) -> Callable[[str], bool]:
    """Return what tells whether an old text names somebody who did not agree to be named.

    A text that was corrected because of a name would otherwise show the name for ever.
    """
    if is_secretariat(viewer):
        return lambda text: False
    return consent.name_finder()


Key = tuple[str, int]


def key_of(correction: Correction) -> Key | None:
    """Return what a correction is of; None where it is of who was there."""
    if correction.entry_id:
        return "entry", correction.entry_id
    if correction.outcome:
        return "outcome", correction.outcome.agenda_item_id
    return ("action", correction.action_point_id) if correction.action_point_id else None


def hidden_corrections(corrections: list[Correction], viewer: Viewer) -> set[int]:
    """Return which corrections, in order, show no text: what it was is hidden by a later one."""
    hidden: set[int] = set()
    keys: set[Key | None] = set()
    for correction in () if is_secretariat(viewer) else reversed(corrections):
        if correction.old_is_hidden:
            keys.add(key_of(correction))
        if key_of(correction) in keys:
            hidden.add(correction.pk)
    return hidden


def _hidden_until(minutes: Minutes, viewer: Viewer) -> dict[Key | None, int]:
    """Return from which version on a text may be read, where a correction hid what it was."""
    if is_secretariat(viewer):
        return {}
    hiding = minutes.corrections.filter(old_is_hidden=True).select_related("outcome")
    return {key_of(row): row.version or 0 for row in hiding.order_by("pk")}


def _texts(version: MinutesVersion) -> dict[Key, str]:
    return dict(_each_text(version.content))


def _each_text(content: dict[str, Any]) -> Iterator[tuple[Key, str]]:
    for row in content.get("entries", []):
        heading = f"<h4>{row['heading']}</h4>" if row["heading"] else ""
        yield ("entry", row["id"]), heading + row["text"]
    for row in content.get("outcomes", []):
        words = f"{KINDS[row['kind']]} {row['decision']}".strip()
        yield ("outcome", row["agenda_item_id"]), words
    for row in content.get("action_points", []):
        yield ("action", row["id"]), " · ".join(filter(None, (row["what"], row["due_on"])))


def _titles(version: MinutesVersion) -> Callable[[Key], str]:
    """Return what tells under which item a text stands, and whose it is; no person is named."""
    meeting = version.minutes.meeting
    items = dict(meeting.agenda.values_list("pk", "title"))
    organisations = dict(meeting.attendances.values_list("pk", "organisation_name"))
    entries = {row["id"]: row for row in version.content.get("entries", [])}

    def title_of(key: Key) -> str:
        kind, pk = key
        if kind == "outcome":
            return items.get(pk, "")
        row = entries.get(pk, {}) if kind == "entry" else {}
        item, speaker = row.get("agenda_item_id", 0), row.get("speaker_id", 0)
        return " · ".join(filter(None, (items.get(item), organisations.get(speaker))))

    return title_of
