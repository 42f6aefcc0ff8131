"""Import the passages of the minutes, and what was agreed."""

import re

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Minutes,
    MinutesEntry,
    MinutesState,
    OutcomeKind,
)
from taskforce.core.danish import spelling
from taskforce.core.rich_text import lines_as_html
from taskforce.intake.importing import outcomes
from taskforce.intake.importing.document_import import DocumentImport, ImportedPassage


def import_minutes(imported: DocumentImport) -> None:
    """Create the minutes as a draft, with the accepted passages in order.

    A decision that becomes its item's outcome (`outcomes`) does not stand in the passage, too.
    """
    draft = Minutes(meeting=imported.meeting, state=MinutesState.DRAFT)
    minutes = imported.log.create(draft)
    told = outcomes.outcomes_of(imported.accepted("passages"))
    for order, form in enumerate(imported.accepted("passages"), start=1):
        found = form.cleaned_data
        item = imported.agenda.get(found["agenda"])
        kind, _decision = told.get(found["agenda"], ("", ""))
        is_decided = item is not None and kind == OutcomeKind.DECIDED
        text = outcomes.marked(found["text"])[0] if is_decided else found["text"]
        entry = MinutesEntry(
            minutes=minutes,
            order=order,
            heading="" if item and _repeats(found["heading"], item) else found["heading"],
            agenda_item=item,
            speaker=imported.people.get(found["speaker"]),
            text=lines_as_html(text),
        )
        start, end = form.candidate.span or (0, 0)
        imported.passages.append(ImportedPassage(start, end, imported.log.create(entry)))


def _repeats(heading: str, item: AgendaItem) -> bool:
    """Tell whether a heading says no more than its item's title, which stands above it anyhow."""
    number = r"\W*(?:punkt\W*)?\d*\W*"
    both = (re.sub(rf"^{number}", "", spelling(text)) for text in (heading, item.title))
    return len({words.rstrip(" .:") for words in both}) == 1


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
