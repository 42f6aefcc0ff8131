"""The worker's job: read an uploaded document, and keep what the reader finds."""

import re
from typing import Any

from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader import MinutesDraft, as_json, read
from taskforce.intake.reader.reasons import Refusal

# More than any minutes hold. The review asks about each candidate on one page.
MOST_CANDIDATES = 1500
MOST_TEXT = 1_000_000  # characters; thirty pages are about 100,000

# What Postgres cannot keep in JSON: the zero character and halves of surrogate pairs.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def read_document(*, pk: int) -> None:
    """Read the document and open its review, or keep the sentence that says why not.

    A second job for the same document changes nothing, nor does one for a deleted document.
    """
    intake = Intake.objects.unread().filter(pk=pk).first()
    if intake is None:
        return
    Intake.objects.unread().filter(pk=pk).update(state=IntakeState.READING)
    draft = _read(intake)
    refusal = draft.refusal or ""
    if _is_too_large(draft):
        refusal = Refusal.TOO_LARGE
    Intake.objects.unread().filter(pk=pk).update(
        state=IntakeState.REFUSED if refusal else IntakeState.REVIEW,
        refusal=str(refusal),
        draft={} if refusal else kept(draft),
    )


def _read(intake: Intake) -> MinutesDraft:
    try:
        with intake.file.open() as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return MinutesDraft("", refusal=Refusal.EMPTY)
    # Pasted text is kept as UTF-8; the encoding of an uploaded text is for the reader to find out.
    return read(content if intake.name else content.decode(), intake.name)


def _is_too_large(draft: MinutesDraft) -> bool:
    candidates = sum(1 for _ in draft.found()) + len(draft.sections)
    return candidates > MOST_CANDIDATES or len(draft.text) > MOST_TEXT


def kept(draft: MinutesDraft) -> dict[str, Any]:
    """Return the parts of the draft that the review needs, as the database can keep them."""
    whole = as_json(draft)
    part: dict[str, Any] = storable({name: whole[name] for name in ("text", "sections", "found")})
    return part


def storable(value: Any) -> Any:
    """Return plain data without the characters that Postgres refuses; texts keep their length."""
    match value:
        case str():
            return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
        case dict():
            return {storable(key): storable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [storable(inner) for inner in value]
    return value
