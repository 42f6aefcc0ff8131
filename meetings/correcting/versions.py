"""Two versions of minutes side by side, and the old texts that are withheld."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from meetings.checking import consent
from meetings.models import Correction, Minutes, MinutesVersion, OutcomeKind
from taskforce.core.differences import Piece, after, before, difference
from taskforce.members.models import Viewer
from taskforce.members.roles import is_secretariat

KINDS = dict(OutcomeKind.choices)


@dataclass(frozen=True)
class Side:
    """One of two texts: its pieces, or none where it is withheld because it names somebody."""

    pieces: list[Piece]
    withheld: bool = False


@dataclass(frozen=True)
class ComparedText:
    """A passage, an outcome or an action point in two versions."""

    title: str
    old: Side
    new: Side

    @property
    def is_same(self) -> bool:
        pieces = [*self.old.pieces, *self.new.pieces]
        is_seen = not (self.old.withheld or self.new.withheld)
        return is_seen and all(piece.kind == "=" for piece in pieces)


def compared(old: MinutesVersion, new: MinutesVersion, viewer: Viewer) -> list[ComparedText]:
    """Return every text of two versions of the same minutes, in the order of the newer one."""
    title_of = _titles(new)
    first, second = _texts(old), _texts(new)
    names_somebody, hidden = withholder(viewer), _hidden_until(new.minutes, viewer)

    def compared_text(key: Key) -> ComparedText:
        texts = first.get(key, ""), second.get(key, "")
        pieces = difference(*texts)
        withheld = [
            bool(text) and (version.number < hidden.get(key, 0) or names_somebody(text))
            for version, text in zip((old, new), texts, strict=True)
        ]
        return ComparedText(
            title_of(key),
            Side([], withheld=True) if withheld[0] else Side(before(pieces)),
            Side([], withheld=True) if withheld[1] else Side(after(pieces)),
        )

    return [compared_text(key) for key in (*second, *(key for key in first if key not in second))]


def withholder(viewer: Viewer) -> Callable[[str], bool]:
    """Return a function that tells whether a viewer may not read an old text.

    An old text is withheld where it names somebody who did not agree to it: a text that was
    corrected because of a name would otherwise show the name for ever.
    """
    if is_secretariat(viewer):
        return lambda text: False
    return consent.name_finder()


Key = tuple[str, int]


def key_of(correction: Correction) -> Key | None:
    """Return what a correction changed; None where it changed who was there."""
    if correction.entry_id:
        return "entry", correction.entry_id
    if correction.outcome:
        return "outcome", correction.outcome.agenda_item_id
    return ("action", correction.action_point_id) if correction.action_point_id else None


def hidden_corrections(corrections: list[Correction], viewer: Viewer) -> set[int]:
    """Return the keys of corrections, given in order, whose text a later one (or itself) hides."""
    hidden: set[int] = set()
    keys: set[Key | None] = set()
    for correction in () if is_secretariat(viewer) else reversed(corrections):
        if correction.old_is_hidden:
            keys.add(key_of(correction))
        if key_of(correction) in keys:
            hidden.add(correction.pk)
    return hidden


def _hidden_until(minutes: Minutes, viewer: Viewer) -> dict[Key | None, int]:
    """Return the first version whose text may be read, by text, where a correction hid it."""
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
    """Return a function that titles a text: its item and its organisation, and no person."""
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
