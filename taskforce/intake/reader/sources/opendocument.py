"""OpenDocument texts (.odt): the paragraphs, lists, tables and links of content.xml."""

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.edges import add_edges
from taskforce.intake.reader.sources.package import text_parts
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Builder, Cell, Document, joined_pieces

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"
# Not part of what the document says now: deletions that are tracked, comments, field declarations.
SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls"}
# How each kind of element says that it does not show.
HIDING = {
    f"{TEXT}display": {"none"},
    f"{TEXT}is-hidden": {"true"},
    f"{TABLE}visibility": {"collapse", "filter"},
}
GROUPS = {f"{TABLE}table-{kind}" for kind in ("header-rows", "rows", "row-group")}
DEEPEST = 100
PARTS = {"content.xml", "styles.xml", "META-INF/manifest.xml"}


def read(source: bytes) -> Document:
    """Return the document in an .odt."""
    parts = text_parts(source, PARTS.__contains__)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused(Refusal.ENCRYPTED)
    try:
        # A part with entities is refused before, so there is nothing to expand.
        content = ElementTree.fromstring(parts["content.xml"])  # noqa: S314
    except (ElementTree.ParseError, KeyError, ValueError, LookupError) as error:
        raise Refused(Refusal.BROKEN) from error
    body = content.find(f".//{OFFICE}text")
    if body is None:
        raise Refused(Refusal.UNKNOWN)
    looks = ElementTree.fromstring(parts["styles.xml"]) if parts.get("styles.xml") else None  # noqa: S314
    _drop_hidden(body, _hidden_styles(content, looks))
    builder = Builder()
    if looks is not None:
        add_edges(builder, _edge_lines(looks), "".join(body.itertext()))
    _Walk(builder).blocks(body)
    return builder.document(has_margins=False)


def _edge_lines(looks: Element) -> Iterator[str]:
    """Yield the paragraphs of the headers and footers."""
    for page in looks.iter(f"{STYLE}master-page"):
        for paragraph in page.iter(f"{TEXT}p"):
            pieces: list[tuple[str, str]] = []
            _collect(paragraph, "", pieces, 0)
            yield "".join(words for words, _target in pieces)


def _hidden_styles(content: Element, looks: Element | None) -> set[str]:
    """Return the styles whose words do not show, by themselves or by the style they build on."""
    others = [looks] if looks is not None else []
    styles = {
        style.get(f"{STYLE}name", ""): style
        for root in (*others, content)
        for style in root.iter(f"{STYLE}style")
    }
    return {name for name in styles if _inherited(name, styles) == "none"}


def _inherited(name: str, styles: dict[str, Element]) -> str:
    seen: set[str] = set()
    while name in styles and name not in seen:
        properties = styles[name].find(f"{STYLE}text-properties")
        if properties is not None and (said := properties.get(f"{TEXT}display")):
            return said
        seen.add(name)
        name = styles[name].get(f"{STYLE}parent-style-name", "")
    return ""


def _drop_hidden(body: Element, hidden: set[str]) -> None:
    """Take out what the document does not show; what follows it in a sentence stays."""
    for parent in [*body.iter()]:
        kept: list[Element] = []
        for child in parent:
            if not _hides(child, hidden):
                kept.append(child)
            elif kept:
                kept[-1].tail = (kept[-1].tail or "") + (child.tail or "")
            else:
                parent.text = (parent.text or "") + (child.tail or "")
        parent[:] = kept


def _hides(element: Element, hidden: set[str]) -> bool:
    said = any(element.get(name) in values for name, values in HIDING.items())
    marked = element.find(f"{TEXT}hidden-paragraph[@{TEXT}is-hidden='true']") is not None
    return said or marked or element.get(f"{TEXT}style-name", "") in hidden


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
                marked = parent.tag != f"{TEXT}list-item" or element is parent[0]
                self.paragraph(element, depth if marked else None, cell)
            elif element.tag == f"{TEXT}list":
                self.blocks(element, 0 if depth is None else depth + 1, cell, nested + 1)
            elif element.tag == f"{TABLE}table":
                self.table(element, nested)
            elif element.tag not in SKIPPED:
                self.blocks(element, depth, cell, nested + 1)

    def paragraph(self, element: Element, depth: int | None, cell: Cell | None) -> None:
        pieces: list[tuple[str, str]] = []
        _collect(element, "", pieces, 0)
        text, links = joined_pieces(pieces)
        level = _number(element, f"{TEXT}outline-level", 9) if element.tag == f"{TEXT}h" else 0
        self.builder.add(text, links, level=level, depth=depth, cell=cell)

    def table(self, table: Element, nested: int) -> None:
        number, self.tables = self.tables, self.tables + 1
        for at, row in enumerate(_rows(table)):
            column = 0
            for cell in row:
                covers = _number(cell, f"{TABLE}number-rows-spanned", 1_000)
                self.blocks(cell, None, Cell(number, at, column, covers), nested + 1)
                column += _number(cell, f"{TABLE}number-columns-repeated", 100)


def _rows(table: Element) -> Iterator[Element]:
    """Yield a table's rows, out of what groups them; those of a table in a cell are not its own."""
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (
            f"{TABLE}table-header-rows",
            f"{TABLE}table-rows",
            f"{TABLE}table-row-group",
        ):
            yield from _rows(child)


def _number(element: Element, name: str, most: int) -> int:
    """Return a number between 1 and `most`; 1 for what is no number."""
    typed = element.get(name, "")
    return max(1, min(int(typed[:9]), most)) if typed.isascii() and typed.isdigit() else 1


def _collect(element: Element, target: str, pieces: list[tuple[str, str]], nested: int) -> None:
    """Gather the words of a paragraph with the link that each lies under."""
    if nested > DEEPEST:
        raise Refused(Refusal.BROKEN)
    if element.tag == f"{TEXT}s":
        pieces.append((" " * _number(element, f"{TEXT}c", 100), target))
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
