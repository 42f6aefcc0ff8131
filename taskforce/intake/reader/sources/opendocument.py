"""OpenDocument texts (.odt): the paragraphs, lists, tables and links of content.xml."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.package import text_parts
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Builder, Cell, Document, normalise

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
# Not part of what the document says now: deletions that are tracked, comments, field declarations.
SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls"}
DEEPEST = 100


def read(source: bytes) -> Document:
    """Return the document in an .odt."""
    parts = text_parts(source)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused(Refusal.ENCRYPTED)
    try:
        # Parts with entities are refused before, so there is nothing to expand.
        body = ElementTree.fromstring(parts["content.xml"]).find(f".//{OFFICE}text")  # noqa: S314
    except (ElementTree.ParseError, KeyError, ValueError, LookupError) as error:
        raise Refused(Refusal.BROKEN) from error
    if body is None:
        raise Refused(Refusal.UNKNOWN)
    builder = Builder()
    _Walk(builder).blocks(body)
    return builder.document()


class _Walk:
    def __init__(self, builder: Builder) -> None:
        self.builder, self.tables = builder, 0

    def blocks(
        self, parent: Element, depth: int | None = None, cell: Cell | None = None, nested: int = 0
    ) -> None:
        if nested > DEEPEST:
            raise Refused(Refusal.BROKEN)
        for element in parent:
            if element.tag in (f"{TEXT}p", f"{TEXT}h"):
                self.paragraph(element, depth, cell)
            elif element.tag == f"{TEXT}list":
                self.blocks(element, 0 if depth is None else depth + 1, cell, nested + 1)
            elif element.tag == f"{TABLE}table":
                self.table(element, nested)
            elif element.tag not in SKIPPED:
                self.blocks(element, depth, cell, nested + 1)

    def paragraph(self, element: Element, depth: int | None, cell: Cell | None) -> None:
        pieces: list[tuple[str, str]] = []
        _collect(element, "", pieces, 0)
        text, links = "", []
        for piece, target in pieces:
            start, text = len(text), text + normalise(piece)
            if target:
                links.append((start, len(text), target))
        level = int(element.get(f"{TEXT}outline-level", 1)) if element.tag == f"{TEXT}h" else 0
        self.builder.add(text, links, level=level, depth=depth, cell=cell)

    def table(self, table: Element, nested: int) -> None:
        number, self.tables = self.tables, self.tables + 1
        for at, row in enumerate(table.iter(f"{TABLE}table-row")):
            for column, cell in enumerate(row):
                self.blocks(cell, None, Cell(number, at, column), nested + 1)


def _collect(element: Element, target: str, pieces: list[tuple[str, str]], nested: int) -> None:
    """Gather the words of a paragraph with the link that each lies under."""
    if nested > DEEPEST:
        raise Refused(Refusal.BROKEN)
    if element.tag == f"{TEXT}s":
        pieces.append((" " * min(int(element.get(f"{TEXT}c", 1)), 100), target))
    elif element.tag == f"{TEXT}tab":
        pieces.append(("\t", target))
    elif element.tag == f"{TEXT}line-break":
        pieces.append(("\n", target))
    elif element.tag == f"{TEXT}a":
        target = element.get(HREF, "")
    pieces.append((element.text or "", target))
    for child in element:
        if child.tag not in SKIPPED:
            _collect(child, target, pieces, nested + 1)
        pieces.append((child.tail or "", target))
