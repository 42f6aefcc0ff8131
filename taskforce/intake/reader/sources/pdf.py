"""PDF documents that hold text, read by pdfium.

A PDF knows runs of letters and where they stand, no lines, paragraphs or columns. What stands at
one height is a line; a wide gap beside it is a tab, a wide gap above it an empty line. What a table
has between its rules is a cell.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.sources.ruled import THIN, Frame, frames
from taskforce.intake.reader.text import Builder, Cell, Document, normalise

MOST_PAGES = 300
MOST_WORDS = 5_000  # of one page; where there are more, its text is taken as it comes
SPACE = 0.6  # heights of a letter between two words, at most
GAP_BESIDE = 1.6  # heights of a letter between two runs that stand in columns
GAP_OF_COLUMN = 0.45  # the same where other lines have letters at that place too
GAP_ABOVE = 0.75  # heights of a letter between two lines that an empty line parts
BULLET = re.compile(
    r"[•●▪◦‣–—*-]\s|\d{1,3}[.)]\s|[A-ZÆØÅ][^:]{1,30}:\s"
)  # a line opens so, none goes on
HYPHEN = "\ufffe"  # pdfium's mark for a hyphen at the end of a line
WORD = re.compile(rf"[^\s{HYPHEN}]+{HYPHEN}?")
# A web address that the margin broke: its last part, and what may go on with it.
BROKEN_LINK = re.compile(r"(?:https?://|www\.)\S*$")
LINK_GOES_ON = re.compile(r"\S*[/=&?;_%#]|[a-z0-9]+(?:-[a-z0-9]+)+|\d+(?=\s|$)")


@dataclass(slots=True)
class Run:
    """Letters beside one another: their words and the box that they fill, in points."""

    words: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)

    def is_beside(self, other: "Run") -> bool:
        """Say whether both stand at one height."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        return shared > 0.5 * min(self.height, other.height)


def read(source: bytes) -> Document:
    """Return the text of a PDF, page by page; a scanned one is refused."""
    try:
        file = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(Refusal.ENCRYPTED if locked else Refusal.BROKEN) from error
    pages = _Pages()
    with file:
        if len(file) > MOST_PAGES:
            raise Refused(Refusal.TOO_LARGE)
        try:
            for number in range(len(file)):
                pages.read(file[number])
        except pypdfium2.PdfiumError as error:
            raise Refused(Refusal.BROKEN) from error
    return pages.builder.document()


class _Pages:
    """Collects the lines of all pages; a table may go on over the page."""

    def __init__(self) -> None:
        self.builder, self.tables = Builder(), 0
        self.open: Frame | None = None  # the table that the last page ended with
        self.rows = 0  # how many rows it has

    def read(self, page: pypdfium2.PdfPage) -> None:
        text = page.get_textpage()
        try:
            words = str(text.get_text_range())
            if len(words.split()) > MOST_WORDS:
                self.add(words)
                return
            self.put(_runs(text, words), frames(page), page.get_width())
        finally:
            text.close()
            page.close()

    def put(self, runs: list[Run], drawn: list[Frame], width: float) -> None:
        """Add a page: what stands above each of its tables, the table, and the rest."""
        inside: list[dict[tuple[int, int], list[Run]]] = [{} for _ in drawn]
        outside: list[Run] = []
        last: Run | None = None
        held: list[Run] = outside  # where `last` went
        for run in runs:
            middle = (run.top + run.bottom) / 2
            if not (last and last.is_beside(run) and not _parted(last, run, drawn)):
                held = outside
                for cells, frame in zip(inside, drawn, strict=True):
                    if place := frame.place(run.left, middle):
                        held = cells.setdefault(place, [])
                        break
            held.append(run)
            last = run
        margin = min((run.left for run in outside), default=0.0)
        for frame, cells in zip(drawn, inside, strict=True):
            above = [run for run in outside if run.bottom >= frame.top - 1]
            outside = [run for run in outside if run.bottom < frame.top - 1]
            self.lines(above, margin, width - margin)
            self.table(frame, cells)
        self.lines(outside, margin, width - margin)

    def lines(self, runs: list[Run], margin: float, edge: float) -> None:
        if runs:
            self.open = None
            lines = _spaced(_lines(runs), margin, edge)
            self.add("\n".join(_without_broken_links(lines)))

    def add(self, text: str) -> None:
        for line in normalise(text).split("\n"):
            self.builder.add(line)

    def table(self, frame: Frame, cells: dict[tuple[int, int], list[Run]]) -> None:
        goes_on = self.open is not None and len(self.open.across) == len(frame.across)
        if not goes_on:
            self.tables, self.rows = self.tables + 1, 0
        for (row, column), runs in sorted(cells.items()):
            cell = Cell(self.tables, self.rows + row, column, frame.covers(row, column))
            for paragraph in _paragraphs(_lines(runs), frame.across[column + 1]):
                self.builder.add(normalise(paragraph), cell=cell)
        self.open, self.rows = frame, self.rows + len(frame.down) - 1


def _paragraphs(lines: list[list[Run]], edge: float) -> list[str]:
    """Return the paragraphs of a cell: lines that only its right edge broke are one."""
    found: list[str] = []
    last: Run | None = None
    for line in lines:
        words = " ".join(run.words for run in line)
        first = line[0].words.split(" ")[0]
        letter = (line[0].right - line[0].left) / max(len(line[0].words), 1)
        if last is not None and last.right + letter * (len(first) + 1) > edge - 2 * THIN:
            link = BROKEN_LINK.search(found[-1]) and LINK_GOES_ON.match(words)
            found[-1] += ("" if link or found[-1].endswith(("-", "/")) else " ") + words
        else:
            found.append(words)
        last = line[-1]
    return found


def _parted(last: Run, run: Run, drawn: list[Frame]) -> bool:
    """Say whether a rule, or space for one, stands between runs of one line."""
    middle = (run.top + run.bottom) / 2
    return not 0 <= run.left - last.right <= GAP_BESIDE * run.height or any(
        last.right - 1 <= rule.left <= run.left + 1 and rule.bottom <= middle <= rule.top
        for frame in drawn
        for rule in frame.rules
    )


def _runs(text: pypdfium2.PdfTextPage, words: str) -> list[Run]:
    """Return words that stand close together; browsers write letter by letter."""
    runs: list[Run] = []
    for word in WORD.finditer(words):
        first = raw.FPDFText_GetCharIndexFromTextIndex(text, word.start())
        boxes = [text.get_rect(box) for box in range(text.count_rects(first, len(word[0])))]
        if not boxes:
            continue
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        run = Run(word[0].replace(HYPHEN, "-"), min(lefts), min(bottoms), max(rights), max(tops))
        last = runs[-1] if runs else None
        height = max(run.height, last.height) if last else 0.0
        if last and last.is_beside(run) and 0 <= run.left - last.right <= SPACE * height:
            last.words += " " + run.words
            last.right = run.right
            last.bottom, last.top = min(last.bottom, run.bottom), max(last.top, run.top)
        else:
            runs.append(run)
    return runs


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Return the runs in lines, each from left to right, in the order of the page."""
    lines: list[list[Run]] = []
    for run in runs:
        last = lines[-1][-1] if lines else None
        if last and last.is_beside(run):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _spaced(lines: list[list[Run]], margin: float, edge: float) -> list[str]:
    """Return the lines' words, with tabs, indentation and empty lines where the page has them.

    A line that only the right edge broke off goes on with the line before it.
    """
    columns = _columns(lines)
    found: list[str] = []
    last: list[Run] = []
    for line in lines:
        height = max(run.height for run in line)
        gap = min(run.bottom for run in last) - max(run.top for run in line) if last else 0.0
        words = _beside(line, height, columns)
        near = last and gap <= GAP_ABOVE * height and "\t" not in found[-1] + words
        if near and _is_broken(last, line, edge):
            found[-1] += ("" if found[-1].endswith(("-", "/")) else " ") + words
        else:
            found += [""] if gap > GAP_ABOVE * height else []
            found.append(" " * round((line[0].left - margin) / (0.5 * height)) + words)
        last = line
    return found


def _is_broken(last: list[Run], line: list[Run], edge: float) -> bool:
    """Say whether the first word of a line would not have gone on the line before."""
    if abs(last[0].height - line[0].height) > 0.5 * line[0].height:
        return False
    first = line[0].words.split(" ")[0]
    letter = (line[0].right - line[0].left) / max(len(line[0].words), 1)
    return last[-1].right + letter * (len(first) + 2) > edge and not BULLET.match(line[0].words)


def _columns(lines: list[list[Run]]) -> list[float]:
    """Return where columns begin: several lines have letters there, apart from those before."""
    starts = [
        run.left
        for line in lines
        for last, run in pairwise(line)
        if run.left - last.right > GAP_OF_COLUMN * run.height
    ]
    return [one for one in starts if sum(abs(one - other) < 2 for other in starts) > 2]


def _beside(line: list[Run], height: float, columns: list[float]) -> str:
    words = line[0].words
    for last, run in pairwise(line):
        gap = run.left - last.right
        column = gap > GAP_OF_COLUMN * height and any(abs(run.left - one) < 2 for one in columns)
        wide = gap > GAP_BESIDE * height or column
        words += "\t" if wide else " " if gap > 0.1 * height else ""
        words += run.words
    return words


def _without_broken_links(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        words = line.strip()
        broken = BROKEN_LINK.search(found[-1]) if found else None
        if broken and (broken[0].endswith("-") or LINK_GOES_ON.match(words)):
            found[-1] += words
        else:
            found.append(line)
    return found
