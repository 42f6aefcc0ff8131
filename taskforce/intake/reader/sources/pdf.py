"""PDF documents that hold text, read by pdfium.

A PDF knows runs of letters and where they stand, no lines, paragraphs or columns. What stands at
one height is a line; a wide gap beside it is a tab, a wide gap above it an empty line.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources import plain
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Document

MOST_PAGES = 300
MOST_RUNS = 5_000  # of one page; where there are more, its text is taken as it comes
GAP_BESIDE = 1.6  # heights of a letter between two runs that stand in columns
GAP_ABOVE = 0.75  # heights of a letter between two lines that an empty line parts
HYPHEN = "\x02"  # pdfium's mark for a hyphen at the end of a line
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


def read(source: bytes) -> Document:
    """Return the text of a PDF, page by page; a scanned one is refused."""
    try:
        file = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused(Refusal.ENCRYPTED if locked else Refusal.BROKEN) from error
    with file:
        if len(file) > MOST_PAGES:
            raise Refused(Refusal.TOO_LARGE)
        try:
            pages = [_text(file, number) for number in range(len(file))]
        except pypdfium2.PdfiumError as error:
            raise Refused(Refusal.BROKEN) from error
    return plain.read("\n".join(pages))


def _text(file: pypdfium2.PdfDocument, number: int) -> str:
    page = file[number]
    text = page.get_textpage()
    try:
        if text.count_rects() > MOST_RUNS:
            return str(text.get_text_bounded())
        return "\n".join(_without_broken_links(_spaced(_lines(_runs(text)))))
    finally:
        text.close()
        page.close()


def _runs(text: pypdfium2.PdfTextPage) -> list[Run]:
    runs = []
    for number in range(text.count_rects()):
        box = text.get_rect(number)
        words = text.get_text_bounded(*box).replace(HYPHEN, "-").replace("\r\n", " ").strip()
        if words:
            runs.append(Run(words, *box))
    return runs


def _lines(runs: list[Run]) -> list[list[Run]]:
    """Return the runs in lines, each from left to right, in the order of the page."""
    lines: list[list[Run]] = []
    for run in runs:
        last = lines[-1][-1] if lines else None
        if last and min(run.top, last.top) - max(run.bottom, last.bottom) > 0.5 * min(
            run.height, last.height
        ):
            lines[-1].append(run)
        else:
            lines.append([run])
    return [sorted(line, key=lambda run: run.left) for line in lines]


def _spaced(lines: list[list[Run]]) -> list[str]:
    """Return the lines' words, with tabs, indentation and empty lines where the page has them."""
    margin = min((line[0].left for line in lines), default=0.0)
    found: list[str] = []
    below: float | None = None
    for line in lines:
        height = sum(run.height for run in line) / len(line)
        top, bottom = max(run.top for run in line), min(run.bottom for run in line)
        if below is not None and below - top > GAP_ABOVE * height:
            found.append("")
        indent = " " * round((line[0].left - margin) / (0.5 * height))
        found.append(indent + _beside(line, height))
        below = bottom
    return found


def _beside(line: list[Run], height: float) -> str:
    words = line[0].words
    for last, run in pairwise(line):
        gap = run.left - last.right
        words += "\t" if gap > GAP_BESIDE * height else " " if gap > 0.1 * height else ""
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
