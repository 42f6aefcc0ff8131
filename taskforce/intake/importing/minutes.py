"""Import the passages of the minutes, and what was agreed."""

from meetings.models import (
    ActionPoint,
    Minutes,
    MinutesEntry,
    MinutesState,
    OutcomeKind,
)
from taskforce.core.rich_text import lines_as_html
from taskforce.intake.importing import outcomes
from taskforce.intake.importing.document_import import DocumentImport, ImportedPassage
from taskforce.intake.reviewing import labels


def import_minutes(imported: DocumentImport) -> None:
    """Create the minutes as a draft, with the accepted passages in order.

    A decision that becomes its item's outcome (`outcomes`) does not stand in the passage, too.
    """
    draft = Minutes(meeting=imported.meeting, state=MinutesState.DRAFT)
    minutes = imported.log.create(draft)
    told = outcomes.outcomes_of(imported.accepted("passages"))
    of_item: dict[str, MinutesEntry] = {}
    for order, form in enumerate(imported.accepted("passages"), start=1):
        found = form.cleaned_data
        item = imported.agenda.get(found["agenda"])
        heading, text = found["heading"], found["text"]
        kind, _decision = told.get(found["agenda"], ("", ""))
        if item and kind == OutcomeKind.DECIDED:
            text = outcomes.marked(outcomes.words_of(form))[0]
            heading = "" if labels.is_outcome(heading) else heading
        if item and labels.is_same_title(heading, item.title):
            heading = ""  # the title stands above it anyhow
        entry = of_item.get(found["agenda"])
        if entry is None or heading or text:
            entry = MinutesEntry(
                minutes=minutes,
                order=order,
                heading=heading,
                agenda_item=item,
                speaker=imported.people.get(found["speaker"]),
                text=lines_as_html(text),
            )
            imported.log.create(entry)
        of_item[found["agenda"]] = entry
        start, end = form.candidate.span or (0, 0)
        imported.passages.append(ImportedPassage(start, end, entry))


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
