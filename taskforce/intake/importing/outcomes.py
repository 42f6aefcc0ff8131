"""Import what came of each agenda item, where the document marks it: "Beslutning: …"."""

import re
from collections.abc import Iterable

from meetings.models import Outcome, OutcomeKind
from taskforce.intake.importing.document_import import DocumentImport
from taskforce.intake.reviewing import labels
from taskforce.intake.reviewing.candidate_forms.base import CandidateForm

NOTED = re.compile(r"\b(?:til\s+efterretning|noted|tog\s+orienteringen)\b", re.IGNORECASE)
DEFERRED = re.compile(r"\b(?:udsat|udsættes|udskydes|udskudt|postponed|deferred)\b", re.IGNORECASE)
NOT_DISCUSSED = re.compile(
    r"\b(?:ikke\s+(?:behandlet|drøftet)|blev\s+ikke\s+nået|udgik|not\s+discussed)\b", re.IGNORECASE
)


def marked(text: str) -> tuple[str, str]:
    """Return a passage's text without what it marks, and what it marks."""
    rest: list[str] = []
    found: list[str] = []
    inside = False
    for line in text.split("\n"):
        if label := labels.OUTCOME.match(line):
            inside = True
            found.append(line[label.end() :].strip())
        elif inside and not labels.OTHER.match(line) and (line.strip() or not found[-1]):
            found[-1] = f"{found[-1]}\n{line.strip()}".strip()
        else:
            inside = False
            rest.append(line)
    return "\n".join(rest).strip(), "\n".join(filter(None, found))


def words_of(passage: CandidateForm) -> str:
    """Return a passage's text, after its heading where that marks an outcome."""
    heading, text = passage.cleaned_data["heading"], passage.cleaned_data["text"]
    return f"{heading}\n{text}" if labels.is_outcome(heading) else text


def outcome_in(text: str) -> tuple[OutcomeKind, str] | None:
    """Return what a passage marks as its outcome, with the words of a decision; None without."""
    words = marked(text)[1]
    if not words:
        return None
    for pattern, kind in (
        (DEFERRED, OutcomeKind.DEFERRED),
        (NOT_DISCUSSED, OutcomeKind.NOT_DISCUSSED),
        (NOTED, OutcomeKind.NOTED),
    ):
        # A long decision may speak of these too.
        if pattern.search(words) and len(words) < 80:
            return kind, ""
    return OutcomeKind.DECIDED, words


def outcomes_of(passages: Iterable[CandidateForm]) -> dict[str, tuple[OutcomeKind, str]]:
    """Return the outcomes that passages tell, by the index of their agenda item."""
    texts: dict[str, str] = {}
    for form in passages:
        item = form.cleaned_data["agenda"]
        texts[item] = f"{texts.get(item, '')}\n\n{words_of(form)}"
    told = {item: outcome_in(text) for item, text in texts.items() if item}
    return {item: outcome for item, outcome in told.items() if outcome}


def import_outcomes(imported: DocumentImport) -> None:
    """Create the outcome of each item of which an accepted passage tells one."""
    for index, (kind, decision) in outcomes_of(imported.accepted("passages")).items():
        item = imported.agenda.get(index)
        if item is None or Outcome.objects.filter(agenda_item=item).exists():
            continue
        minutes = imported.meeting.minutes
        imported.log.create(
            Outcome(minutes=minutes, agenda_item=item, kind=kind, decision=decision)
        )
