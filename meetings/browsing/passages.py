"""The minutes as people read them: each agenda item with its outcome and who said what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext

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
from taskforce.core.prepared import prepared
from taskforce.core.relations import known, visible
from taskforce.members.models import Viewer

MOST_ELSEWHERE = 5  # other passages about a barrier; the barrier's page has them all
FOLDED_FROM = 4  # passages under one item: on a phone that is long


@dataclass(frozen=True)
class OtherPassage:
    """A link to another published passage about the same barrier."""

    title: str
    url: str


@dataclass(frozen=True)
class Shown:
    """The facts by which a page shows a passage (`core.showing`)."""

    anchor: str
    title: str
    speaker: str  # an organisation, under whose name it stands; empty for none
    name: str  # of the person, where it may be read
    heading: str
    text: str
    correct_url: str  # empty for those who cannot correct it
    corrected: tuple[tuple[int, date], ...]  # the keys of corrections, and their days
    barriers: tuple[tuple[str, str], ...]  # addresses and titles, as of cases
    cases: tuple[tuple[str, str], ...]
    elsewhere: tuple[OtherPassage, ...]


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

    @cached_property
    def by_speaker(self) -> list[tuple[str, list[MinutesEntry]]]:
        """The passages in order, with those of one organisation together under its name.

        Those that nothing was written in are left out.
        """
        groups: dict[Any, tuple[str, list[MinutesEntry]]] = {}
        for entry in self.passages:
            if entry in self.blank:
                continue
            name = getattr(entry, "speaker_organisation", None) or ""
            groups.setdefault(name or entry.pk, (name, []))[1].append(entry)
        return [*groups.values()]

    @cached_property
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
    items = known(_items(viewer, meeting.pk), meeting=meeting)
    begins = schedule.beginnings(meeting, items)
    agenda = [
        AgendaPart(item, number, begins.get(item.pk)) for number, item in enumerate(items, start=1)
    ]
    if minutes is None:
        return agenda
    outcomes = {outcome.agenda_item_id: outcome for outcome in _outcomes(viewer, minutes.pk)}
    for part in agenda:
        part.outcome = outcomes.get(part.item.pk) if part.item else None
    filled = _filled(agenda, entries(minutes, viewer))
    return [part for part in filled if part.item or part.by_speaker]


@prepared
def _items(viewer: Viewer, meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).with_responsible(viewer)


@prepared
def _outcomes(viewer: Viewer, minutes: int) -> QuerySet[Outcome]:
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
    found: list[Any] = known(_entries(viewer, minutes.pk), minutes=minutes)
    statements, cases = defaultdict(list), defaultdict(list)
    for row in _statements(viewer, minutes.pk):
        statements[row.entry_id].append(row)
    for case in _cases(viewer, minutes.pk):
        cases[case.entry_id].append(case)
    for entry in found:
        entry.shown_statements, entry.shown_cases = statements[entry.pk], cases[entry.pk]
    _add_elsewhere(found, minutes, viewer)
    return found


@prepared
def _entries(viewer: Viewer, minutes: int) -> QuerySet[MinutesEntry]:
    found = MinutesEntry.objects.filter(minutes=minutes).visible_to(viewer)
    return found.with_speaker(viewer).defer("search")


@prepared
def _statements(viewer: Viewer, minutes: int) -> QuerySet[Any]:
    found = visible(MinutesEntry, "statements", viewer).filter(entry__minutes=minutes)
    return found.select_related("barrier").defer("search", "barrier__search")


@prepared
def _cases(viewer: Viewer, minutes: int) -> QuerySet[Any]:
    return visible(MinutesEntry, "cases", viewer).filter(entry__minutes=minutes).defer("search")


@prepared
def cases_of_few(viewer: Viewer, minutes: int) -> QuerySet[Any, int]:
    """Return the keys of cases on passages that the viewer sees and strangers do not."""
    everybodys = visible(MinutesEntry, "cases", AnonymousUser()).values("pk")
    own = visible(MinutesEntry, "cases", viewer).filter(entry__minutes=minutes)
    return own.exclude(pk__in=everybodys).values_list("pk", flat=True)


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
    found: defaultdict[int, dict[int, OtherPassage]] = defaultdict(dict)
    for row in _passages_about(viewer, tuple(barriers), minutes.pk) if barriers else ():
        found[row["barrier_id"]][row["entry_id"]] = _other_passage(row)
    return found


@prepared
def _passages_about(
    viewer: Viewer, barriers: tuple[int, ...], minutes: int
) -> QuerySet[Any, dict[str, Any]]:
    here = Case(
        When(entry__minutes=minutes, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    newest_first = [here, F("entry__minutes__meeting__number").desc(), F("entry__order").asc()]
    turn = Window(RowNumber(), partition_by=F("barrier"), order_by=newest_first)
    rows: QuerySet[Any, dict[str, Any]] = (
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
    return rows


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


def add_facts(found: list[AgendaPart], meeting: Meeting, *, can_correct: bool) -> None:
    """Set on each passage the facts by which it is shown; corrections are marked before."""
    for part in found:
        item = part.item.title if part.item else ""
        for speaker, entries in part.by_speaker:
            entry: Any
            for entry in entries:
                entry.facts = _facts(entry, speaker, item, meeting, can_correct=can_correct)


def _facts(entry: Any, speaker: str, item: str, meeting: Meeting, *, can_correct: bool) -> Shown:
    address = "meetings:correct_passage"
    return Shown(
        anchor=entry.anchor,
        title=speaker or entry.heading or item or gettext("passage"),
        speaker=speaker,
        name=entry.speaker_name if speaker else "",
        heading=entry.heading,
        text=entry.text,
        correct_url=reverse(address, args=[meeting.number, entry.pk]) if can_correct else "",
        corrected=tuple((row.pk, row.corrected_on) for row in entry.shown_corrections),
        barriers=tuple((row.get_absolute_url(), row.barrier.title) for row in entry.shown_barriers),
        cases=tuple((case.get_absolute_url(), str(case)) for case in entry.shown_cases),
        elsewhere=tuple(entry.elsewhere),
    )


def mark_corrected(found: list[AgendaPart], corrections: Iterable[Correction]) -> None:
    """Set on each passage its corrections."""
    by_entry: dict[int | None, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_entry[correction.entry_id].append(correction)
    passages: list[Any] = [entry for part in found for entry in part.passages]
    for entry in passages:
        entry.shown_corrections = by_entry[entry.pk]
