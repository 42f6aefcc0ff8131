"""The facts of a meeting at the head of its minutes: number, date, times, place and mode."""

import datetime as dt
import re
from dataclasses import dataclass
from itertools import takewhile

from taskforce.intake.reader import venues
from taskforce.intake.reader.choosing import choose
from taskforce.intake.reader.dates import begins_with_date, dates
from taskforce.intake.reader.draft import Found, Mode, Person, Span
from taskforce.intake.reader.fields import TITLE, pieces
from taskforce.intake.reader.moments import HELD, days, times, years
from taskforce.intake.reader.numbers import numbers, of_file
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.vocabulary import Label

LAST = 5  # rows at the end that may tell it
# "Aarhus, den 4. maj 2025", above who signed.
SIGNED = re.compile(r"[A-ZÆØÅ][\w .-]+,?\s+(?:den|d\.)\s*")
COMING = re.compile(r"\b(?:bliver|skal|vil|næste|igen|will)\b", re.IGNORECASE)
MOST_BELOW = 300  # rows below the head where a date may still be found


@dataclass(slots=True)
class Head:
    number: Found[int] | None = None
    date: Found[str] | None = None
    start: Found[str] | None = None
    end: Found[str] | None = None
    mode: Found[Mode] | None = None
    place: Found[str] | None = None

    @property
    def day(self) -> dt.date | None:
        """The day of the meeting, the first of the month where only that is known."""
        if self.date is None:
            return None
        return dt.date.fromisoformat(
            self.date.value if len(self.date.value) > 7 else f"{self.date.value}-01"
        )


def read_head(
    rows: list[Row],
    edges: list[Row],
    body: int,
    taken: set[int],
    present: list[Found[Person]],
    name: str,
) -> Head:
    """Return the facts; `body` is the first row after the head, `taken` lists people."""
    of_next = _of_next(rows)
    filled = [row for row in rows if not row.blank and row.index not in of_next]
    free = [
        row
        for row in filled
        if row.index not in taken or row.index < 4 or _names_day(row.line.text)
    ]
    top = [row for row in free if row.index < body]
    below = [row for row in filled if body <= row.index < body + MOST_BELOW]
    head, aside = pieces(rows, top), pieces(edges, edges)
    aside += pieces(rows, [row for row in below[-LAST:] if _closes(row.line.text)])
    known = years("\n".join(row.line.text for row in rows))
    signed = [row for row in filled[-2 * LAST :] if _is_signed(row.line.text)]
    day = (
        choose([*days(head, known), *days(aside, known)])
        or choose(days(pieces(rows, signed), known))
        or choose(days(pieces(rows, below), known, far=True))
    )
    start, end = times(head, rows, day)
    # A sentence that tells where may tell who as well, and a list may name the place as it ends.
    told = [
        *venues.venues(head, taken),
        *venues.venues(aside, set()),
        *venues.said(
            pieces(rows, [row for row in filled if row.index in taken and row.index < 20])
        ),
    ]
    mode = venues.mode(told, present)
    first = next((row.line.span for row in [*rows, *edges] if not row.blank), Span(0, 1))
    return Head(
        choose([*numbers(head, aside), *of_file(name, first)]),
        day,
        start,
        end,
        mode,
        venues.place(told, mode.value if mode else None),
    )


def _closes(text: str) -> bool:
    """Say whether a line at the end tells when or where: "Mødet blev holdt den 4. maj"."""
    return bool(HELD.search(text) and dates(text) and not COMING.search(text))


def _is_signed(text: str) -> bool:
    """Say whether a line is nothing but where and when something was signed."""
    found = dates(text)
    return len(found) == 1 and bool(SIGNED.fullmatch(text[: found[0].span.start]))


def _names_day(text: str) -> bool:
    """Say whether a line that names people tells when the meeting was, too."""
    return begins_with_date(text) or bool(TITLE.search(text) and dates(text))


def _of_next(rows: list[Row]) -> set[int]:
    """Return the rows below a label that says that they tell of the next meeting."""
    found: set[int] = set()
    for row in rows:
        if row.label is Label.NEXT and row.number is None and not row.beside:
            below = takewhile(lambda one: not one.blank, rows[row.index + 1 : row.index + 6])
            found |= {one.index for one in below}
    return found
