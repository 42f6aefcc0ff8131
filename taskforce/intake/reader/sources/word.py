"""Word documents (.docx), read by mammoth into paragraphs, lists, tables and links."""

import re
from collections.abc import Iterator
from typing import Any

import mammoth
from mammoth import documents

from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.sources.package import packed, text_parts
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.text import Builder, Cell, Document, normalise

HEADING = re.compile(r"(?:heading|overskrift)\s*([1-6])", re.IGNORECASE)
TITLE = re.compile(r"title|titel", re.IGNORECASE)


def read(source: bytes) -> Document:
    """Return the document in a .docx; tracked insertions count, deletions do not."""
    parts = text_parts(source)
    kept: list[Any] = []
    try:
        mammoth.convert_to_html(packed(parts), transform_document=kept.append)
    except Exception as error:
        # Converting goes on past the tree that we came for, and stops there.
        if not kept:
            raise Refused(Refusal.BROKEN) from error
    builder = Builder()
    _Walk(builder).blocks(kept[0].children)
    return builder.document()


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
            cell=cell,
        )

    def table(self, table: Any) -> None:
        number, self.tables = self.tables, self.tables + 1
        for at, row in enumerate(table.children):
            column = 0
            for cell in getattr(row, "children", []):
                self.blocks(cell.children, Cell(number, at, column))
                column += getattr(cell, "colspan", 1)


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


def _words(paragraph: Any) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the normalised text of a paragraph and the links in it, as (start, end, target)."""
    text, links = "", []
    for piece, target in _pieces(paragraph):
        start, text = len(text), text + normalise(piece)
        if target:
            links.append((start, len(text), target))
    # Composed letters cannot lie across two pieces: each was composed on its own.
    return text, links


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
