"""The head of minutes in pieces: labels with what stands beside or below them, and plain lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from taskforce.intake.reader.dates import begins_with_date
from taskforce.intake.reader.places import INDOORS, VENUE
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Label, fold, labels

MEETING = (
    r"(?:[a-zæøå-]*(?:møde|meeting)(?:t|r|rne|s|n)?|(?:[a-zæøå]+s)?(?:samling|træf|session)(?:en|et|er)?|"
    r"netværksdag(?:en)?|gathering)"
)
TITLE = re.compile(
    rf"\b(?:{MEETING}|[a-zæøå]*referat(?:et)?|minutes|[a-zæøå]*protokol(?:len)?|notat|generalforsamling)\b",
    re.IGNORECASE,
)
FACTS = {
    Label.DATE,
    Label.TIME,
    Label.START,
    Label.END,
    Label.PLACE,
    Label.NUMBER,
    Label.NEXT,
}
# A label inside a line: "Dato: 3. april   Sted: Rådhuset   Møde nr. 4".
INNER = re.compile(
    r"(?:^|(?<=[\s|•·,;(/]))(?:(?P<words>(?:[^\W\d][\w./&-]*[ ]){0,3}[^\W\d][\w./&-]*)"
    r"\s*(?:[:?](?=\s|$)|\t|\|| {3,})|(?P<number>(?:møde|referat|protokol)\s?nr\.?)(?=\s*\d))\s*",
    re.IGNORECASE,
)
OPEN = re.compile(r"(?:,|\b(?:på|i|hos|ved|den|d\.|kl\.?))$")  # a line that must go on
# "Havnegade 27", "4400 Kalundborg" on a line of its own
ADDRESS = re.compile(
    r"\s*(?:(?!(?i:\w*(?:møde|referat|punkt|side|bilag|sag|uge|nr|kl|tlf|telefon|deltager)))"
    r"[A-ZÆØÅ][\w. ]{2,40}\s\d{1,3}\s?[A-Z]?|\d{4}\s[A-ZÆØÅ].{1,40})\s*"
)
LONGEST = 600  # characters of a piece that are read
CELL_ENDS = re.compile(r"\t| {3,}|\s\|(?:\s|$)|\s[·•]\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """One fact's label with its words, or a line without a label; `place` counts from the top."""

    label: Label | None
    line: Line
    row: Row
    place: int

    @property
    def text(self) -> str:
        """Its words, as far as one reads to find a fact in them."""
        return self.line.text[:LONGEST]

    @property
    def is_listed(self) -> bool:
        """It is a point or a bullet below the first lines."""
        return self.place > 4 and (self.row.number is not None or self.row.bullet)


def pieces(rows: list[Row], among: Iterable[Row]) -> list[Piece]:
    """Return the pieces of some rows; `rows` are all, where a line may go on."""
    found: list[Piece] = []
    for place, row in enumerate(among):
        parts = split(_words(row))
        parts[0] = (parts[0][0] or row.label, parts[0][1])
        found += [Piece(label, line, row, place) for label, line in _continued(rows, row, parts)]
    return found


def _words(row: Row) -> Line:
    """Return what stands beside the label of a fact, or the whole line."""
    if row.label not in FACTS or row.value is None:
        return row.line
    if row.beside or not (match := re.search(r"\d|\(", row.line.text)):
        return row.value
    return row.line.part(match.start())  # "TID (11.45-14.40)", "Referat nr. 4 (2025)"


def _continued(
    rows: list[Row], row: Row, parts: list[tuple[Label | None, Line]]
) -> Iterator[tuple[Label | None, Line]]:
    """Yield the parts of a row, the last one with what goes on below."""
    label, last = parts[-1]
    if len(parts) == 1 and label in FACTS and not last.words:
        yield label, _with_address(rows, *_below(rows, row))
        return
    yield from parts[:-1]
    if label is Label.PLACE:
        last = _with_address(rows, row, last)
    yield label, broken(rows, row, last) if label in FACTS else _joined(rows, row, last)


def split(line: Line) -> list[tuple[Label | None, Line]]:
    """Return the pieces of a line: what stands before its first inner label, and each label's."""
    starts = [(0, 0, None), *_inner(line.text)]
    ends = [start for start, *_ in starts[1:]] + [len(line.text)]
    found: list[tuple[Label | None, Line]] = []
    for (start, value, label), end in zip(starts, ends, strict=True):
        if value >= end and start == 0 and label is None and len(starts) > 1:
            continue
        cell = CELL_ENDS.search(line.text, value, end) if len(starts) > 1 else None
        found.append((label, line.part(value, cell.start() if cell else end)))
        if cell:
            found.append((None, line.part(cell.end(), end)))
    return [one for one in found if one[1].words or one[0]] or [(None, line)]


def _inner(text: str) -> Iterator[tuple[int, int, Label]]:
    """Yield (start, start of the value, label) for each label of a fact inside a line."""
    several = False
    for match in INNER.finditer(text[:400]):
        if match["number"]:
            if several:
                yield match.start("number"), match.end(), Label.NUMBER
            continue
        words = match["words"].split(" ")
        # Without a colon a label fills its column: "Sted   Rådhuset", not "Ny Start | …".
        opens = not text[: match.start()].strip(" |") or CELL_ENDS.search(
            text[: match.start()][-4:]
        )
        fewest = 0 if ":" in match[0] else len(words) - 1 if opens else len(words)
        for count in range(len(words), fewest, -1):
            tail = " ".join(words[-count:])
            label = labels().get(fold(tail))
            if label in FACTS or (label is Label.ROLE and ":" in match[0]):
                several = True
                yield match.end("words") - len(tail), match.end(), label
                break


def _below(rows: list[Row], row: Row) -> tuple[Row, Line]:
    """Return the next line that says something, where a label stands alone."""
    for below in rows[row.index + 1 : row.index + 3]:
        if not below.blank:
            told = below if below.label in (None, Label.CATEGORY) else row
            return told, told.line
    return row, row.line


def _with_address(rows: list[Row], row: Row, line: Line) -> Line:
    """Return the line with the lines of an address below it."""
    below = rows[row.index + 1 : row.index + 4]
    own = takewhile(lambda one: one.label is None and ADDRESS.fullmatch(one.line.text), below)
    return joined([line, *(one.line for one in own)], ",")


def broken(rows: list[Row], row: Row, line: Line, mark: str = "\n") -> Line:
    """Return the line with those that only a margin broke off it."""
    below = rows[row.index + 1 : row.index + 12]
    off = takewhile(lambda one: one.wrapped and one.label is None, below)
    return joined([line, *(one.line for one in off)], mark)


def _joined(rows: list[Row], row: Row, line: Line) -> Line:
    """Return the line, with the next one where the sentence, and a date in it, runs over."""
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    if following is None or following.wrapped:
        return broken(rows, row, line)
    if VENUE.search(line.text) or INDOORS.search(line.text):
        whole = _with_address(rows, row, line)
        if whole.text != line.text:
            return whole
    goes_on = OPEN.search(line.words) or re.match(r"[a-zæøå\d]", following.line.words)
    # A room above the date is no part of it.
    apart = begins_with_date(following.line.words) and not TITLE.search(line.text)
    if following.blank or following.label or following.number is not None or not goes_on or apart:
        return line
    return joined([line, following.line])
