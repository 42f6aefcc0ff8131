"""What stands at the edge of every page, in the header and footer of Word and OpenDocument.

Most of it is no part of the minutes: addresses, page numbers, the title once more. What tells of
a meeting is, and the text itself may not tell it.
"""

import re
from collections.abc import Iterable

from taskforce.intake.reader.dates import dates
from taskforce.intake.reader.text import Builder, normalise

MEETING = re.compile(r"m[øo]de|meeting|referat|minutes|protokol|\bref\b", re.IGNORECASE)
LONGEST, MOST = 200, 12  # characters of a line, and lines


def add_edges(builder: Builder, edges: Iterable[str], body: str) -> None:
    """Add the lines that tell of a meeting and that the body does not have, once each."""
    known = _flat(body)
    added = 0
    for line in (line for edge in edges for line in normalise(edge).split("\n")):
        flat = _flat(line)
        if _tells(line) and flat not in known and added < MOST:
            builder.add(line.strip(), edge=True)
            known += f" {flat}"
            added += 1


def _tells(line: str) -> bool:
    numbered = MEETING.search(line) and re.search(r"\d", line)
    return len(line) < LONGEST and bool(numbered or dates(line))


def _flat(words: str) -> str:
    return " ".join(words.lower().split())
