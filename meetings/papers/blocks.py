"""The blocks of a document. Headings, paragraphs and lists are also parsed from clean HTML."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from taskforce.core.text import clean

# Deeper lists continue at this depth: documents have styles for three.
DEEPEST = 3
INLINE = {"strong", "em", "a", "br"}


@dataclass(frozen=True)
class Run:
    """Words of one look. A line break is a newline."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""

    def __post_init__(self) -> None:
        # What is stored may be older than the rules for what is stored.
        object.__setattr__(self, "text", clean(self.text))
        object.__setattr__(self, "link", clean(self.link))

    @property
    def html(self) -> SafeString:
        """Return the words for a page."""
        words = linebreaksbr(self.text, autoescape=True)
        if self.bold or self.italic:
            words = format_html("<{0}>{1}</{0}>", "b" if self.bold else "i", words)
        return format_html('<a href="{}">{}</a>', self.link, words) if self.link else words


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Paragraph:
    runs: list[Run]
    look: str = ""  # "quote" or "meta", or as any other
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Listing:
    ordered: bool
    items: list[list["Block"]] = field(default_factory=list)
    kind: str = field(default="listing", init=False)


@dataclass(frozen=True)
class Table:
    """Rows of words under a head; the columns in `numbers` stand to the right."""

    title: str  # for those who go from table to table without seeing them
    head: list[str]
    rows: list[list[list[Run]]]
    widths: list[int]  # of the columns, beside each other
    numbers: list[int] = field(default_factory=list)
    kind: str = field(default="table", init=False)


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG) or a photo (JPEG in base64), with its words for those who do not see it."""

    alt: str
    width: float  # on paper, in centimetres
    size: tuple[int, int]
    svg: str = ""
    jpeg: str = ""
    address: str = ""  # of the photo on the portal
    kind: str = field(default="picture", init=False)


Block = Heading | Paragraph | Listing | Table | Picture


def paragraph(text: str, look: str = "", *, bold: bool = False) -> Paragraph:
    return Paragraph([Run(text, bold=bold)], look)


def table(
    title: str, head: list[str], rows: list[list[str | Run]], widths: list[int], *numbers: int
) -> Table:
    cells = [[[_as_run(cell)] for cell in row] for row in rows]
    return Table(clean(title), [clean(words) for words in head], cells, widths, [*numbers])


def _as_run(cell: str | Run) -> Run:
    return Run(cell) if isinstance(cell, str) else cell


def heading(level: int, text: str) -> Heading:
    return Heading(level, " ".join(clean(text).split()))


def parse(html: str, *, level: int) -> list[Block]:
    """Return clean HTML (`taskforce.core.rich_text`) as blocks; its headings get the level."""
    reader = _Reader(level)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    """Collects blocks. It counts open tags, so that it can read any depth of nesting."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level
        self.blocks: list[Block] = []
        self.places = [self.blocks]  # where the next block goes: the page, or an item of a list
        self.lists: list[Listing] = []
        self.runs: list[Run] = []
        self.open = {"strong": 0, "em": 0, "blockquote": 0, "h4": 0}
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.end_block()
        if tag in self.open:
            self.open[tag] += 1
        elif tag == "br":
            self.runs.append(self._run("\n"))
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""
        elif tag in ("ul", "ol"):
            self._begin_list(ordered=tag == "ol")
        elif tag == "li":
            self._begin_item()

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block()
        if tag in self.open:
            self.open[tag] = max(0, self.open[tag] - 1)
        elif tag == "a":
            self.link = ""
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li" and len(self.places) > 1:
            self.places.pop()

    def handle_data(self, data: str) -> None:
        if text := re.sub(r"\s+", " ", clean(data)):
            self.runs.append(self._run(text))

    def end_block(self) -> None:
        """End the open paragraph or heading; an empty one is left out."""
        runs, self.runs = _trimmed(self.runs), []
        if not runs:
            return
        if self.open["h4"] and len(self.places) == 1:
            words = "".join(run.text for run in runs)
            self.places[-1].append(heading(self.level, words))
        else:
            self.places[-1].append(Paragraph(runs, "quote" if self.open["blockquote"] else ""))

    def _run(self, text: str) -> Run:
        bold = bool(self.open["strong"] or self.open["h4"])
        return Run(text, bold=bold, italic=bool(self.open["em"]), link=self.link)

    def _begin_list(self, *, ordered: bool) -> None:
        if len(self.lists) >= DEEPEST:
            self.lists.append(self.lists[-1])
            return
        found = Listing(ordered)
        self.places[-1].append(found)
        self.lists.append(found)

    def _begin_item(self) -> None:
        """Begin an item of the list; without a list it is an ordinary paragraph."""
        item: list[Block] = [] if self.lists else self.places[-1]
        if self.lists:
            self.lists[-1].items.append(item)
        self.places.append(item)


def _trimmed(runs: list[Run]) -> list[Run]:
    """Return runs without blanks at both ends; nothing if all of them are blank."""
    found = list(runs)
    while found and not found[0].text.strip():
        del found[0]
    while found and not found[-1].text.strip():
        del found[-1]
    if found:
        found[0] = _with_text(found[0], found[0].text.lstrip())
        found[-1] = _with_text(found[-1], found[-1].text.rstrip())
    return found


def _with_text(run: Run, text: str) -> Run:
    return Run(text, bold=run.bold, italic=run.italic, link=run.link)
