"""What a year tells of, and how it stood: kept without a word that somebody wrote.

Words are read anew whenever a report is made. What is hidden since, or whose owner takes it back,
is then gone from every file; seals tell whether words have been changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from barriers.models import Barrier
from calls.models import Call, Consortium, Openness
from initiatives.models import Initiative
from meetings.models import Meeting, Outcome
from taskforce.members.models import Organisation
from taskforce.results.measures import STRANGER, Rows, cases


@dataclass(frozen=True)
class Row:
    """A thing that a year tells of, what was known of it then, and what belongs to it."""

    kind: str
    pk: int
    seal: dict[str, str]  # of each of its words
    says: dict[str, Any] = field(default_factory=dict)
    parts: list["Row"] = field(default_factory=list)

    @classmethod
    def brought_back(cls, kept: dict[str, Any]) -> "Row":
        parts = [cls.brought_back(part) for part in kept["parts"]]
        return cls(**{**kept, "parts": parts})

    def with_parts(self) -> Iterator["Row"]:
        yield self
        for part in self.parts:
            yield from part.with_parts()


@dataclass(frozen=True)
class Kind:
    """Where the words of a kind of row are read, as a stranger may, and which they are."""

    rows: Callable[[], Rows]
    words: tuple[str, ...]


def shown_consortia() -> Rows:
    shown = Consortium.objects.visible_to(STRANGER).exclude(openness=Openness.HIDDEN)
    return shown.select_related("call", "lead")


def decisions() -> Rows:
    return Outcome.objects.visible_to(STRANGER).exclude(decision="")


KINDS = {
    "meeting": Kind(lambda: Meeting.objects.visible_to(STRANGER), ("title",)),
    "decision": Kind(decisions, ("decision",)),
    "barrier": Kind(
        lambda: Barrier.objects.visible_to(STRANGER).select_related("raised_by", "raised_at"),
        ("title", "answer"),
    ),
    "initiative": Kind(
        lambda: Initiative.objects.visible_to(STRANGER).select_related("lead"),
        ("title", "outcome"),
    ),
    "case": Kind(
        lambda: cases().select_related("written_by"), ("title", "achieved", "outcome", "unit")
    ),
    "call": Kind(lambda: Call.objects.visible_to(STRANGER), ("title",)),
    "consortium": Kind(shown_consortia, ("name",)),
    # One that was merged since is called as the one that is kept.
    "organisation": Kind(
        lambda: Organisation.with_merged.visible_to(STRANGER).select_related("merged_into"),
        ("name",),
    ),
}


def seal(kind: str, thing: Any) -> dict[str, str]:
    """Return a digest of each of the words that are there; they cannot be read from it."""
    words = {name: str(getattr(thing, name)) for name in KINDS[kind].words}
    return {
        name: hashlib.sha256(said.encode()).hexdigest()[:16] for name, said in words.items() if said
    }


def row_of(kind: str, thing: Any, parts: Iterable[Row] = (), **says: Any) -> Row:
    return Row(kind, thing.pk, seal(kind, thing), says, [*parts])


def kept(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


class Words:
    """The words of rows as a stranger reads them today, one query a kind."""

    def __init__(self, rows: Iterable[Row]) -> None:
        wanted: dict[str, set[int]] = {}
        for row in rows:
            for one in row.with_parts():
                wanted.setdefault(one.kind, set()).add(one.pk)
        self.found = {kind: KINDS[kind].rows().in_bulk(keys) for kind, keys in wanted.items()}

    def of(self, rows: Iterable[Row]) -> list[tuple[Row, Any]]:
        """Return the rows that still show, each with the thing it is of."""
        pairs = [(row, self.found[row.kind].get(row.pk)) for row in rows]
        return [(row, thing) for row, thing in pairs if thing is not None]

    def gone(self, rows: Iterable[Row]) -> int:
        """Return how many things were taken back or hidden since, each counted once."""
        told = {(one.kind, one.pk) for row in rows for one in row.with_parts()}
        return sum(pk not in self.found[kind] for kind, pk in told)

    def changed(self, row: Row, thing: Any) -> bool:
        """Tell whether words that it had then are others now; what was added is no change."""
        return not row.seal.items() <= seal(row.kind, thing).items()
