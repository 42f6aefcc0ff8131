"""What the page for writing minutes shows: every item with its passages and its outcome."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.forms import BaseForm

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
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


@dataclass
class WrittenPassage:
    """A passage with the form that it is written in."""

    entry: MinutesEntry
    form: BaseForm
    statements: list[Any]


@dataclass
class Section:
    """An agenda item with its forms; without an item, what belongs to none."""

    item: AgendaItem | None
    outcome: BaseForm | None
    action: BaseForm
    passages: list[WrittenPassage] = field(default_factory=list)
    points: list[ActionPoint] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return anchor_of(self.item.pk if self.item else None)


def anchor_of(item: int | None) -> str:
    return f"punkt-{item or 'andet'}"


def writing(minutes: Minutes, viewer: Viewer, sent: Sent | None = None) -> dict[str, Any]:
    """Return everything on the page; `sent` are forms that are not valid."""
    sent = sent or {}
    attendances = [*minutes.meeting.attendances.select_related("organisation").order_by("pk")]
    people, spoke = names_of(attendances), set()
    sections = _sections(minutes, sent)
    for entry in _entries(minutes, viewer):
        item = entry.agenda_item_id if entry.agenda_item_id in sections else None
        form = sent.get(("passage", entry.pk)) or PassageForm(instance=entry, speakers=people)
        passage = WrittenPassage(entry, form, entry.shown_statements)
        sections[item].passages.append(passage)
        spoke.add(entry.speaker_id)
    _add_points(minutes, sections)
    for section in sections.values():
        if section.passages:
            section.action.initial.setdefault("entry", section.passages[-1].entry.pk)
    return {
        "minutes": minutes,
        "meeting": minutes.meeting,
        "sections": [*sections.values()],
        "ticks": sent.get(("attendance", None)) or AttendanceForm(rows=attendances),
        "guest": sent.get(("guest", None)) or GuestForm(),
        "guests": [row for row in attendances if not row.member_id and row.pk not in spoke],
        "coming": sum(row.status == "coming" for row in attendances),
        "present": sum(row.status == "present" for row in attendances),
        "organisations": Organisation.objects.in_taskforce().values_list("name", flat=True),
    }


def _sections(minutes: Minutes, sent: Sent) -> dict[int | None, Section]:
    outcomes: dict[int, Outcome] = {row.agenda_item_id: row for row in minutes.outcomes.all()}
    choices = {"organisations": organisations(), "owners": owners()}

    def section(item: AgendaItem | None) -> Section:
        pk = item.pk if item else None
        outcome = sent.get(("outcome", pk))
        if item and not outcome:
            outcome = OutcomeForm(instance=outcomes.get(item.pk), item=item)
        action = sent.get(("action", pk)) or ActionForm(
            minutes=minutes, auto_id=f"aftale-{pk or 'andet'}-%s", initial={}, **choices
        )
        return Section(item, outcome, action)

    return {
        **{item.pk: section(item) for item in minutes.meeting.agenda.all()},
        None: section(None),
    }


def _entries(minutes: Minutes, viewer: Viewer) -> Any:
    statements = visible(MinutesEntry, "statements", viewer).select_related(
        "barrier", "organisation"
    )
    return minutes.entries.prefetch_related(
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
