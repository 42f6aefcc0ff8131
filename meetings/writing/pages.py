"""What the page for writing minutes shows: every item with its passages and its outcome."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.forms import BaseForm
from django.urls import reverse

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    Meeting,
    Minutes,
    MinutesEntry,
    Outcome,
)
from meetings.writing.forms import (
    ActionForm,
    AttendanceForm,
    GuestForm,
    OutcomeForm,
    PassageForm,
)
from taskforce.core.danish import danish_order
from taskforce.core.forms import Options
from taskforce.core.relations import visible
from taskforce.members.models import Member, Organisation, Viewer

# Forms that were sent and are not valid, by their kind and the key of what they are of.
Sent = dict[tuple[str, int | None], BaseForm]

LONG = 25  # passages, or items: where there are more, one item at a time has forms to write in
AT_ONCE = 10  # passages of that item which are open together
OPEN = "aabn"  # the name in the address of what to open: the anchor of an item or a passage


@dataclass
class WrittenPassage:
    """A passage with the form that it is written in; without one it is shown as text."""

    entry: MinutesEntry
    statements: list[Any]
    form: BaseForm | None = None

    @property
    def href(self) -> str:
        return f"?{OPEN}={self.entry.anchor}#{self.entry.anchor}"


@dataclass
class Section:
    """An agenda item with its forms, if it is open; without an item, what belongs to none."""

    item: AgendaItem | None
    passages: list[WrittenPassage] = field(default_factory=list)
    points: list[ActionPoint] = field(default_factory=list)
    said: Outcome | None = None
    outcome: BaseForm | None = None
    action: BaseForm | None = None

    @property
    def anchor(self) -> str:
        return anchor_of(self.item.pk if self.item else None)

    @property
    def href(self) -> str:
        """Where the item stands on the page, or how to open it."""
        return f"#{self.anchor}" if self.action else f"?{OPEN}={self.anchor}#{self.anchor}"

    @property
    def opens_in_parts(self) -> bool:
        return len(self.passages) > AT_ONCE


def anchor_of(item: int | None) -> str:
    return f"punkt-{item or 'andet'}"


def is_long(passages: int, items: int) -> bool:
    return max(passages, items) > LONG


def place(minutes: Minutes, anchor: str) -> str:
    """Return the address at which something is written, opened where the minutes are long."""
    has_parts = is_long(minutes.entries.count(), minutes.meeting.agenda.count())
    return address_of(minutes.meeting, anchor, has_parts=has_parts)


def address_of(meeting: Meeting, anchor: str, *, has_parts: bool) -> str:
    here = reverse("meetings:write_minutes", args=[meeting.number])
    return f"{here}{f'?{OPEN}={anchor}' if has_parts else ''}#{anchor}"


def writing(
    minutes: Minutes, viewer: Viewer, sent: Sent | None = None, opened: str = ""
) -> dict[str, Any]:
    """Return everything on the page; `sent` are forms that are not valid.

    Of long minutes the item or passage with the anchor `opened` has its forms, all else is text.
    """
    sent = sent or {}
    opened = opened or next(filter(None, (_anchor(*key) for key in sent)), "")
    attendances = [*minutes.meeting.attendances.select_related("organisation").order_by("pk")]
    sections = _sections(minutes, viewer)
    passages = [passage for section in sections for passage in section.passages]
    spoke = {passage.entry.speaker_id for passage in passages}
    forms = _Forms(minutes, sent, names_of(attendances), organisations(), owners())
    has_parts = is_long(len(passages), len(sections) - 1)
    for section in sections:
        asked_for = _asked_for(section, opened) if has_parts else section.passages
        if asked_for is not None:
            forms.open(section, asked_for)
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "sections": sections,
        "is_long": has_parts,
        "ticks": sent.get(("attendance", None)) or AttendanceForm(rows=attendances),
        "guest": sent.get(("guest", None)) or GuestForm(),
        "guests": [row for row in attendances if not row.member_id and row.pk not in spoke],
        "coming": sum(row.status == "coming" for row in attendances),
        "present": sum(row.status == "present" for row in attendances),
        "organisations": Organisation.objects.in_taskforce().values_list("name", flat=True),
    }


def _anchor(kind: str, of: int | None) -> str:
    """Return where a form stands that was sent; "" for those that are always on the page."""
    if kind == "passage":
        return MinutesEntry(pk=of).anchor
    return anchor_of(of) if kind in ("outcome", "action") else ""


def _asked_for(section: Section, opened: str) -> list[WrittenPassage] | None:
    """Return which passages of an item to open; None where the item stays closed."""
    anchors = [passage.entry.anchor for passage in section.passages]
    if opened != section.anchor and opened not in anchors:
        return None
    first = anchors.index(opened) if opened in anchors else 0
    return section.passages[first : first + AT_ONCE]


@dataclass
class _Forms:
    """What the forms of a page have in common: those that were sent, and the choices."""

    minutes: Minutes
    sent: Sent
    speakers: Options
    organisations: Options
    owners: Options

    def open(self, section: Section, passages: list[WrittenPassage]) -> None:
        """Give an item its forms, and these of its passages."""
        item = section.item
        pk = item.pk if item else None
        for passage in passages:
            sent = self.sent.get(("passage", passage.entry.pk))
            passage.form = sent or PassageForm(instance=passage.entry, speakers=self.speakers)
        if item:
            sent = self.sent.get(("outcome", pk))
            section.outcome = sent or OutcomeForm(instance=section.said, item=item)
        section.action = self.sent.get(("action", pk)) or self._action(pk)
        if section.passages:
            section.action.initial.setdefault("entry", section.passages[-1].entry.pk)

    def _action(self, pk: int | None) -> ActionForm:
        choices = {"organisations": self.organisations, "owners": self.owners}
        auto_id = f"aftale-{pk or 'andet'}-%s"
        return ActionForm(minutes=self.minutes, auto_id=auto_id, initial={}, **choices)


def _sections(minutes: Minutes, viewer: Viewer) -> list[Section]:
    sections: dict[int | None, Section] = {
        item.pk: Section(item) for item in minutes.meeting.agenda.all()
    }
    sections[None] = Section(None)
    for entry in _entries(minutes, viewer):
        section = sections.get(entry.agenda_item_id, sections[None])
        section.passages.append(WrittenPassage(entry, entry.shown_statements))
    for outcome in minutes.outcomes.all():
        if outcome.agenda_item_id in sections:
            sections[outcome.agenda_item_id].said = outcome
    _add_points(minutes, sections)
    return [*sections.values()]


def _entries(minutes: Minutes, viewer: Viewer) -> Any:
    statements = visible(MinutesEntry, "statements", viewer).select_related(
        "barrier", "organisation"
    )
    return minutes.entries.select_related("speaker").prefetch_related(
        Prefetch("statements", statements, to_attr="shown_statements")
    )


def _add_points(minutes: Minutes, sections: dict[int | None, Section]) -> None:
    points = ActionPoint.objects.filter(meeting=minutes.meeting).select_related(
        "organisation", "owner__user", "owner__organisation", "entry"
    )
    found: dict[int | None, list[ActionPoint]] = defaultdict(list)
    for point in points:
        found[point.entry.agenda_item_id if point.entry else None].append(point)
    for item, of_item in found.items():
        sections.get(item, sections[None]).points.extend(of_item)


def speakers(minutes: Minutes) -> Options:
    return names_of([*minutes.meeting.attendances.order_by("pk")])


def names(attendances: list[Attendance]) -> list[tuple[int, str]]:
    found = [
        (row.pk, " · ".join(filter(None, (row.organisation_name, row.name)))) for row in attendances
    ]
    return sorted(found, key=lambda choice: danish_order(choice[1]))


def names_of(attendances: list[Attendance]) -> Options:
    return Options(names(attendances))


def organisations() -> Options:
    return Options([*Organisation.objects.in_taskforce().values_list("pk", "name")])


def owners() -> Options:
    """Return today's members under the names of their organisations."""
    members = Member.objects.current().order_by("organisation__name", "user__name", "pk")
    groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, organisation, name in members.values_list("pk", "organisation__name", "user__name"):
        groups[organisation].append((pk, name))
    return Options([*groups.items()])
