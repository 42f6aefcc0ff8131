"""The minutes as people read them: each agenda item with its outcome and who said what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any

from django.db.models import Case, F, IntegerField, Prefetch, Value, When, Window
from django.db.models.functions import RowNumber

from meetings.agenda import schedule
from meetings.agenda.linking import Link, links
from meetings.models import (
    AgendaItem,
    Correction,
    Meeting,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    OutcomeKind,
    Purpose,
)
from taskforce.core.relations import visible
from taskforce.members.models import Viewer

MOST_ELSEWHERE = 5  # other passages about a barrier; the barrier's page has them all
FOLDED_FROM = 4  # passages under one item: on a phone that is long


@dataclass(frozen=True)
class OtherPassage:
    """A link to another published passage about the same barrier."""

    title: str
    url: str


@dataclass
class AgendaPart:
    """An agenda item with its minutes; without an item, passages that belong to none."""

    item: AgendaItem | None = None
    number: int = 0
    begins: time | None = None  # None: nobody knows
    outcome: Outcome | None = None
    link: Link | None = None  # to what the item is about
    passages: list[MinutesEntry] = field(default_factory=list)

    @property
    def details(self) -> str:
        """The agenda's text, unless the minutes of the item were begun from it and repeat it."""
        if self.item is None:
            return ""
        is_repeated = self.item.purpose == Purpose.SINCE_LAST and any(
            row.text for row in self.passages
        )
        return "" if is_repeated else self.item.details

    @property
    def by_speaker(self) -> list[tuple[str, list[MinutesEntry]]]:
        """The passages in order, with those of one organisation together under its name.

        Those that nothing was written in are left out.
        """
        groups: dict[Any, tuple[str, list[MinutesEntry]]] = {}
        for entry in self.passages:
            if entry.is_blank:
                continue
            name = getattr(entry, "speaker_organisation", None) or ""
            groups.setdefault(name or entry.pk, (name, []))[1].append(entry)
        return [*groups.values()]

    @property
    def blank(self) -> list[MinutesEntry]:
        """The passages that nothing was written in; a correction may fill them."""
        return [entry for entry in self.passages if entry.is_blank]

    @property
    def speakers(self) -> int:
        return sum(bool(name) for name, _entries in self.by_speaker)

    @property
    def is_folded(self) -> bool:
        """Whether what was said is folded on a phone, as at the round table."""
        return len(self.passages) - len(self.blank) >= FOLDED_FROM


def add_links(found: list[AgendaPart], viewer: Viewer) -> None:
    """Set on each part where its item leads."""
    to = links([part.item for part in found if part.item], viewer)
    for part in found:
        part.link = to.get(part.item.pk) if part.item else None


def parts(meeting: Meeting, minutes: Minutes | None, viewer: Viewer) -> list[AgendaPart]:
    """Return the agenda with its minutes, in the order of reading.

    A passage that belongs to no item stays behind the passage before it.
    """
    items = [*meeting.agenda.with_responsible(viewer)]
    begins = schedule.beginnings(meeting, items)
    agenda = [
        AgendaPart(item, number, begins.get(item.pk)) for number, item in enumerate(items, start=1)
    ]
    if minutes is None:
        return agenda
    outcomes = {outcome.agenda_item_id: outcome for outcome in _outcomes(minutes, viewer)}
    for part in agenda:
        part.outcome = outcomes.get(part.item.pk) if part.item else None
    filled = _filled(agenda, entries(minutes, viewer))
    return [part for part in filled if part.item or part.by_speaker]


def _outcomes(minutes: Minutes, viewer: Viewer) -> Iterable[Outcome]:
    return Outcome.objects.visible_to(viewer).filter(minutes=minutes)


def _filled(agenda: list[AgendaPart], found: Iterable[MinutesEntry]) -> Iterator[AgendaPart]:
    """Yield the agenda's parts with their passages, and between them those without an item."""
    by_item = {part.item.pk: place for place, part in enumerate(agenda) if part.item}
    loose: dict[int, AgendaPart] = defaultdict(AgendaPart)
    reached = 0
    for entry in found:
        place = by_item.get(entry.agenda_item_id) if entry.agenda_item_id else None
        if place is None:
            loose[reached].passages.append(entry)
        else:
            agenda[place].passages.append(entry)
            reached = max(reached, place + 1)
    for place in range(len(agenda) + 1):
        if place in loose:
            yield loose[place]
        yield from agenda[place : place + 1]


def entries(minutes: Minutes, viewer: Viewer) -> list[MinutesEntry]:
    """Return the passages with their speakers, statements, cases and links to other passages."""
    statements = visible(MinutesEntry, "statements", viewer).select_related("barrier")
    cases = visible(MinutesEntry, "cases", viewer)
    found = [
        *minutes.entries.visible_to(viewer)
        .with_speaker(viewer)
        .prefetch_related(
            Prefetch("statements", statements, to_attr="shown_statements"),
            Prefetch("cases", cases, to_attr="shown_cases"),
        )
    ]
    _add_elsewhere(found, minutes, viewer)
    return found


def _add_elsewhere(found: list[Any], minutes: Minutes, viewer: Viewer) -> None:
    """Set on each passage its barriers, and links to other passages about them."""
    barriers = {row.barrier_id for entry in found for row in entry.shown_statements}
    others_of = _other_passages(barriers, minutes, viewer)
    for entry in found:
        # One link for each barrier, to its first statement here.
        first = {row.barrier_id: row for row in reversed(entry.shown_statements)}
        entry.shown_barriers = [*reversed(first.values())]
        others = {
            key: place
            for row in entry.shown_statements
            for key, place in others_of[row.barrier_id].items()
            if key != entry.pk
        }
        entry.elsewhere = [*others.values()][:MOST_ELSEWHERE]


def _other_passages(
    barriers: set[int], minutes: Minutes, viewer: Viewer
) -> defaultdict[int, dict[int, OtherPassage]]:
    """Return by barrier the published passages about it: those of other meetings first."""
    here = Case(
        When(entry__minutes=minutes, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    newest_first = [here, F("entry__minutes__meeting__number").desc(), F("entry__order").asc()]
    turn = Window(RowNumber(), partition_by=F("barrier"), order_by=newest_first)
    rows = (
        visible(MinutesEntry, "statements", viewer)
        .filter(barrier__in=barriers, entry__minutes__state=MinutesState.PUBLISHED)
        .annotate(turn=turn)
        .filter(turn__lte=MOST_ELSEWHERE + 1)  # the passage itself may be one of them
        .order_by("turn")
        .values(
            "barrier_id",
            "entry_id",
            heading=F("entry__heading"),
            speaker=F("entry__speaker__organisation_name"),
            item=F("entry__agenda_item__title"),
            number=F("entry__minutes__meeting__number"),
            title=F("entry__minutes__meeting__title"),
        )
    )
    found: defaultdict[int, dict[int, OtherPassage]] = defaultdict(dict)
    for row in rows if barriers else ():
        found[row["barrier_id"]][row["entry_id"]] = _other_passage(row)
    return found


def _other_passage(row: dict[str, Any]) -> OtherPassage:
    meeting = Meeting(number=row["number"], title=row["title"])
    where = row["speaker"] or row["heading"] or row["item"]
    anchor = MinutesEntry(pk=row["entry_id"]).anchor
    return OtherPassage(
        title=f"{meeting}: {where}" if where else str(meeting),
        url=f"{meeting.get_absolute_url()}#{anchor}",
    )


def decisions(found: list[AgendaPart]) -> list[AgendaPart]:
    """Return the parts with a decision, in the order of the agenda."""
    return [part for part in found if part.outcome and part.outcome.kind == OutcomeKind.DECIDED]


def mark_corrected(found: list[AgendaPart], corrections: Iterable[Correction]) -> None:
    """Set on each passage its corrections."""
    by_entry: dict[int | None, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_entry[correction.entry_id].append(correction)
    passages: list[Any] = [entry for part in found for entry in part.passages]
    for entry in passages:
        entry.shown_corrections = by_entry[entry.pk]
