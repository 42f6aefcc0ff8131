"""Word documents (.docx), read by mammoth into paragraphs, lists, tables and links."""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from mammoth import documents, docx

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.edges import add_edges
from taskforce.intake.reader.sources.package import packed, text_parts
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.sources.shown import shown, used_styles
from taskforce.intake.reader.text import Builder, Cell, Document, joined_pieces

HEADING = re.compile(r"(?:heading|overskrift)\s*([1-6])", re.IGNORECASE)
LEAD = re.compile(r"(?:\w{3}|\w\s\d{1,2}|\w\.)[.?!]\s*$")  # "Økonomi.", "Boring 4.", no "A."
TITLE = re.compile(r"title|titel", re.IGNORECASE)


# All that is read of a document; what its pictures, notes and comments hold stays packed.
NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(?:_rels/)?(?:document|styles|numbering)\w*\.xml(?:\.rels)?|"
    r"word/(?:header|footer)\d*\.xml"
)
LOOKS = re.compile(r"word/(?:styles|numbering)\w*\.xml")
NAMING = re.compile(r"word/(?:document|numbering)\w*\.xml")
MAIN = re.compile(r"word/document\w*\.xml")
EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
SHOWN = re.compile(rf"{MAIN.pattern}|{EDGE.pattern}")


def read(source: bytes) -> Document:
    """Return the document in a .docx with tracked insertions; deletions and hidden words go."""
    parts = text_parts(source, lambda name: bool(NEEDED.fullmatch(name)))
    styles = parts.get("word/styles.xml", b"")
    targets = [content for name, content in parts.items() if name.startswith("word/_rels/")]
    parts |= {
        name: shown(content, styles, targets)
        for name, content in parts.items()
        if SHOWN.fullmatch(name)
    }
    if styles:
        naming = [part for name, part in parts.items() if NAMING.fullmatch(name)]
        parts["word/styles.xml"] = used_styles(styles, naming)
    edges = {name: parts.pop(name) for name in sorted(parts) if EDGE.fullmatch(name)}
    tree = _tree(parts)
    builder = Builder()
    if edges:
        add_edges(builder, _edge_lines(edges.values()), _text(tree))
    _Walk(builder).blocks(tree.children)
    return builder.document(has_margins=False)


def _edge_lines(parts: Iterable[bytes]) -> Iterator[str]:
    """Yield the paragraphs of headers and footers, which mammoth does not read."""
    for part in parts:
        for paragraph in ElementTree.fromstring(part).iter():  # noqa: S314
            if paragraph.tag.endswith("}p"):
                yield "".join(map(_piece, paragraph.iter()))


def _piece(element: Element) -> str:
    name = element.tag.rpartition("}")[2]
    return (element.text or "") if name == "t" else {"tab": "\t", "br": "\n"}.get(name, "")


def _tree(parts: dict[str, bytes]) -> Any:
    """Return mammoth's tree of the document; without styles and lists where those are broken."""
    try:
        return docx.read(packed(parts)).value
    except (MemoryError, RecursionError):
        raise
    except Exception:
        plain = {name: part for name, part in parts.items() if not LOOKS.fullmatch(name)}
        try:
            return docx.read(packed(plain)).value
        except Exception as error:
            raise Refused(Refusal.BROKEN) from error


class _Walk:
    def __init__(self, builder: Builder) -> None:
        self.builder, self.tables = builder, 0

    def blocks(self, elements: list[Any], cell: Cell | None = None) -> None:
        for element in elements:
            if isinstance(element, documents.Paragraph):
                self.paragraph(element, cell)
            elif isinstance(element, documents.Table):
                self.table(element)
            elif hasattr(element, "children"):
                self.blocks(element.children, cell)

    def paragraph(self, paragraph: Any, cell: Cell | None) -> None:
        text, links = _words(paragraph)
        numbering = paragraph.numbering
        self.builder.add(
            text,
            links,
            level=_level(paragraph),
            depth=int(numbering.level_index) if numbering else None,
            ordered=bool(numbering and numbering.is_ordered),
            bold=_is_bold(paragraph),
            lead=_lead(paragraph),
            cell=cell,
        )

    def table(self, table: Any) -> None:
        number, self.tables = self.tables, self.tables + 1
        taken: dict[int, int] = {}  # column: the first row that a cell above does not cover
        for at, row in enumerate(table.children):
            column = 0
            for cell in getattr(row, "children", []):
                while taken.get(column, 0) > at:
                    column += 1
                covers = getattr(cell, "rowspan", 1)
                self.blocks(cell.children, Cell(number, at, column, covers))
                for _ in range(getattr(cell, "colspan", 1)):
                    taken[column] = at + covers
                    column += 1


def _level(paragraph: Any) -> int:
    for name in (paragraph.style_name, paragraph.style_id):
        if found := HEADING.match(name or ""):
            return int(found[1])
    return 1 if TITLE.fullmatch(paragraph.style_name or "") else 0


def _is_bold(paragraph: Any) -> bool:
    runs = [
        child
        for child in paragraph.children
        if isinstance(child, documents.Run) and _text(child).strip()
    ]
    return bool(runs) and all(run.is_bold for run in runs)


def _lead(paragraph: Any) -> int:
    """Return how many letters stand in bold before a sentence that does not."""
    lead = "".join(
        map(_text, takewhile(lambda run: getattr(run, "is_bold", False), paragraph.children))
    )
    ended = LEAD.search(lead)
    return len(lead) if ended and len(lead) < len(_text(paragraph).rstrip()) else 0


def _words(paragraph: Any) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the normalised text of a paragraph and the links in it, as (start, end, target)."""
    return joined_pieces(_pieces(paragraph))


def _pieces(element: Any, target: str = "") -> Iterator[tuple[str, str]]:
    for child in getattr(element, "children", []):
        if isinstance(child, documents.Hyperlink):
            yield "".join(map(_text, child.children)), child.href or ""
        elif isinstance(child, documents.Run):
            yield from _pieces(child, target)
        else:
            yield _text(child), target


def _text(element: Any) -> str:
    if isinstance(element, documents.Text):
        return str(element.value)
    if isinstance(element, documents.Tab):
        return "\t"
    if isinstance(element, documents.Break):
        return "\n"
    return "".join(map(_text, getattr(element, "children", [])))
