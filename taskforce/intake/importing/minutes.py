"""Import the passages of the minutes, and what was agreed."""

from django.utils.html import linebreaks

from meetings.models import ActionPoint, Minutes, MinutesEntry, MinutesState
from taskforce.intake.importing.document_import import DocumentImport, ImportedPassage


def import_minutes(imported: DocumentImport) -> None:
    """Create the minutes as a draft, with the accepted passages in order."""
    draft = Minutes(meeting=imported.meeting, state=MinutesState.DRAFT)
    minutes = imported.log.create(draft)
    for order, form in enumerate(imported.accepted("passages"), start=1):
        found = form.cleaned_data
        entry = MinutesEntry(
            minutes=minutes,
            order=order,
            heading=found["heading"],
            agenda_item=imported.agenda.get(found["agenda"]),
            speaker=imported.people.get(found["speaker"]),
            text=linebreaks(found["text"], autoescape=True),
        )
        start, end = form.candidate.span or (0, 0)
        imported.passages.append(ImportedPassage(start, end, imported.log.create(entry)))


def import_action_points(imported: DocumentImport) -> None:
    """Create the action points, each with its passage and the organisation that took it on."""
    for form in imported.accepted("action_points"):
        found = form.cleaned_data
        kind, _colon, person = found["organisation"].partition(":")
        organisation = (
            imported.people[person].organisation
            if kind == "a"  # somebody who was there, for their organisation
            else imported.known_organisation(found["organisation"])
        )
        imported.log.create(
            ActionPoint(
                meeting=imported.meeting,
                entry=imported.entry_of(form),
                what=found["name"],
                organisation=organisation,
                due_on=found["due_on"],
            )
        )
