"""The worker's job: have an uploaded document read, and keep what the reader finds."""

import json
import logging
import signal
import subprocess
import sys
from typing import Any

from django.conf import settings

from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.reader.reasons import Refusal

# More than any minutes hold. The review asks about each candidate on one page.
MOST_CANDIDATES = 1500
LONGEST = 120  # seconds for one document; the reader itself ends earlier
ENDED_BY_SOMEBODY = (-signal.SIGTERM, -signal.SIGINT)  # as the worker is, to start anew
KEPT = ("text", "sections", "found")  # what the review needs

logger = logging.getLogger(__name__)


def read_document(*, pk: int) -> None:
    """Read the document and open its review, or keep the sentence that says why not.

    A second job for the same document changes nothing, nor does one for a deleted document.
    """
    intake = Intake.objects.unread().filter(pk=pk).first()
    if intake is None:
        return
    Intake.objects.unread().filter(pk=pk).update(state=IntakeState.READING)
    draft = _read(intake)
    refusal = Refusal.TOO_LARGE if _is_too_large(draft) else draft["refusal"]
    Intake.objects.unread().filter(pk=pk).update(
        state=IntakeState.REFUSED if refusal else IntakeState.REVIEW,
        refusal=refusal or "",
        draft={} if refusal else {name: draft[name] for name in KEPT},
    )


def _read(intake: Intake) -> dict[str, Any]:
    try:
        with intake.file.open() as file:
            return read_apart(file.read(), name=intake.name)
    except FileNotFoundError:
        return refused(Refusal.EMPTY)


def read_apart(content: bytes, *, name: str) -> dict[str, Any]:
    """Return the draft of a document as JSON, read by a process of its own; a text has no name.

    That process is bounded (`reader.__main__`). Where it ends without an answer, the document was
    too much for it. Raises InterruptedError where somebody ended it, so that the job runs again.
    """
    words = [sys.executable, "-m", "taskforce.intake.reader", name]
    try:
        ended = subprocess.run(  # noqa: S603  # our own program
            words, input=content, capture_output=True, timeout=LONGEST, cwd=settings.BASE
        )
        if ended.stderr:
            logger.error("The reader said: %s", ended.stderr.decode(errors="replace"))
        if ended.returncode in ENDED_BY_SOMEBODY:
            raise InterruptedError
        draft: dict[str, Any] = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return refused(Refusal.TOO_LARGE)
    return draft


def refused(reason: Refusal) -> dict[str, Any]:
    """Return the draft of a document that could not be read."""
    return {"refusal": reason, "text": "", "sections": [], "found": []}


def _is_too_large(draft: dict[str, Any]) -> bool:
    return len(draft["found"]) + len(draft["sections"]) > MOST_CANDIDATES
