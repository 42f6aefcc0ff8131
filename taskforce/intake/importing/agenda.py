"""Import the agenda: a planned agenda becomes that of the document."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from meetings.agenda.schedule import minutes_between
from meetings.models import AgendaItem, Meeting
from taskforce.core.relations import pointing_at
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm
from taskforce.intake.reviewing.matching import SAME_NAME, Names


def import_agenda(imported: DocumentImport) -> None:
    """Give the meeting the document's agenda. Planned items under a like title are changed."""
    forms = imported.accepted("agenda")
    merged = merge(imported.meeting, [form.cleaned_data["name"] for form in forms])
    for item in merged.removed:
        imported.log.remove(item)
    for order, form in enumerate(forms, start=1):
        item = _item(imported, form, order, merged.same.get(order - 1))
        imported.agenda[str(form.candidate.index)] = item
    for order, item in enumerate(merged.kept, start=len(forms) + 1):
        imported.log.change(item, order=order)


def _item(
    imported: DocumentImport, form: CandidateForm, order: int, planned: AgendaItem | None
) -> AgendaItem:
    found = form.cleaned_data
    responsible = imported.people.get(found["responsible"])
    facts = {
        "title": found["name"],
        "starts": found["starts"],
        "minutes": minutes_between(found["starts"], found["ends"]),
        "details": found["details"],
        "responsible_id": responsible.pk if responsible else None,
    }
    if planned is None:
        return imported.log.create(AgendaItem(meeting=imported.meeting, order=order, **facts))
    # What the document does not say stays as it was planned.
    said = {name: value for name, value in facts.items() if value}
    if responsible:
        said |= {"responsible_member_id": None, "responsible_guest": ""}
    return imported.log.change(planned, order=order, **said)


@dataclass
class MergedAgenda:
    """The planned items: those that the document has too, and what becomes of the others."""

    same: dict[int, AgendaItem] = field(default_factory=dict)  # by their place in the document
    kept: list[AgendaItem] = field(default_factory=list)  # other rows point at them
    removed: list[AgendaItem] = field(default_factory=list)


def merge(meeting: Meeting | None, titles: list[str]) -> MergedAgenda:
    """Match the planned items of a meeting with the titles of a document, which may have none."""
    merged = MergedAgenda()
    if meeting is None or not titles:
        return merged
    planned = {str(item.pk): item for item in meeting.agenda.all()}
    for place, title in enumerate(titles):
        names = Names()
        for key, item in planned.items():
            names.add(key, item.title)
        if key := names.match(title, SAME_NAME):
            merged.same[place] = planned.pop(key)
    pointed_at = _pointed_at(planned.values())
    for item in planned.values():
        (merged.kept if item.pk in pointed_at else merged.removed).append(item)
    return merged


def _pointed_at(items: Iterable[AgendaItem]) -> set[int]:
    """Return the keys of the items that any other row in the portal points at."""
    keys = [item.pk for item in items]
    found: set[int] = set()
    for model, name in pointing_at(AgendaItem):
        rows = model._base_manager.filter(**{f"{name}__in": keys})
        found |= set(rows.values_list(name, flat=True))
    return found
