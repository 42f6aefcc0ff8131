"""The document as the recognisers see it: one text, and lines that know where they stand."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from taskforce.core.text import clean
from taskforce.intake.reader.draft import Span

SEPARATORS = re.compile("[\x1c-\x1e]")  # they end a line of an old file
BLANK = re.compile(r"[^\S\n\t]")


def normalise(text: str) -> str:
    """Return the text with composed letters, plain newlines and blanks, and no invisible marks.

    Everything that a person would call the text stays, in order.
    """
    return BLANK.sub(" ", clean(SEPARATORS.sub("\n", text)))


def joined_pieces(pieces: Iterable[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the normalised text of pieces, and their links as (start, end, target)."""
    text, links = "", []
    for piece, target in pieces:
        start, text = len(text), text + normalise(piece)
        if start and not unicodedata.is_normalized("NFC", text[start - 1 : start + 1]):
            text = normalise(text)  # a letter here and its ring there
        if target:
            links.append((start, len(text), target))
    return text, links


# Words that no line ends with, unless the next one goes on with it.
UNFINISHED = re.compile(
    r"\b(?:for|til|på|i|af|med|om|og|der|som|en|et|den|kl|mellem|ved|fra|hos|at|to|of|and|the)$"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table of the document, counted from 0, and how many rows it covers."""

    table: int
    row: int
    column: int
    covers: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph: its text, where it starts, and how the document set it."""

    start: int
    text: str
    level: int = 0  # of a heading by style; 0 is none
    depth: int | None = None  # of a list item by style; 0 is the outermost
    ordered: bool = False
    bold: bool = False
    cell: Cell | None = None
    edge: bool = False  # it stands in the header or footer of every page
    lead: int = 0  # letters in bold before others that are not: "Økonomi. Der er penge."

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Where the words are, without the blanks around them."""
        inner = self.text.strip()
        start = self.start + self.text.find(inner)
        return Span(start, start + len(inner))

    @property
    def words(self) -> str:
        return self.text.strip()

    def part(self, start: int, end: int | None = None) -> "Line":
        """Return a piece of the line, its blanks taken off, with its place kept."""
        piece = self.text[start:end]
        inner = piece.strip()
        lead = piece.find(inner)
        return Line(
            self.start + start + lead,
            inner,
            self.level,
            self.depth,
            self.ordered,
            self.bold,
            self.cell,
            self.edge,
        )


def joined(lines: list[Line], mark: str = "\n") -> Line:
    """Return lines that follow one another as one, each letter in its place, a mark between."""
    start, text = lines[0].start, ""
    for line in lines:
        gap = line.start - start - len(text)
        text += (mark + " " * (gap - 1) if gap > 0 else "") + line.text
    return Line(start, text)


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink behind words: its target, and the words' place."""

    target: str
    span: Span


@dataclass(slots=True)
class Document:
    """What a source gives: the text, its lines in order, the links behind words."""

    text: str
    lines: list[Line] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    has_margins: bool = True  # its lines may be broken where the page ends


class Builder:
    """Collects lines and links as a source is walked, and keeps count of the places."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.links: list[Link] = []
        self.length = 0

    def add(
        self,
        text: str,
        links: list[tuple[int, int, str]] | None = None,
        *,
        level: int = 0,
        depth: int | None = None,
        ordered: bool = False,
        bold: bool = False,
        cell: Cell | None = None,
        edge: bool = False,
        lead: int = 0,
    ) -> None:
        """Add a paragraph; a line break inside it makes a line of its own."""
        self.links += [
            Link(target, Span(self.length + start, self.length + end))
            for start, end, target in links or []
        ]
        for number, piece in enumerate(text.split("\n")):
            first = number == 0
            self.lines.append(
                Line(
                    self.length,
                    piece,
                    level if first else 0,
                    depth if first else None,
                    ordered,
                    bold,
                    cell,
                    edge,
                    lead if first else 0,
                )
            )
            self.parts.append(piece + "\n")
            self.length += len(piece) + 1

    def document(self, *, has_margins: bool = True) -> Document:
        return Document("".join(self.parts)[:-1], self.lines, self.links, has_margins)
