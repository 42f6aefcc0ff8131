"""A document for Word with real headings, lists, links and tables, for those who edit it."""

import io
from base64 import b64decode
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from meetings.papers import pdf
from meetings.papers.blocks import Block, Heading, Listing, Paragraph, Picture, Run, Table
from meetings.papers.content import Paper

LANGUAGE = "da-DK"
INK, SOFT = RGBColor(0x1B, 0x26, 0x24), RGBColor(0x53, 0x60, 0x5C)
LINK = RGBColor(0x0F, 0x4A, 0x3F)


def render(paper: Paper) -> bytes:
    document = docx.Document()
    _prepare(document, paper)
    document.add_heading(paper.title, level=1)
    writer = _Writer(document)
    for block in paper.blocks:
        writer.write(block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    """Set language, size of the page, properties, header and footer."""
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.author, LANGUAGE
    properties.comments, properties.last_modified_by = "", paper.author
    properties.created = properties.modified = paper.made_at
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for style in document.styles:
        if style.name and style.name.startswith("Heading"):
            style.font.color.rgb = INK
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    if paper.mark:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        head.add_run(paper.mark.upper()).bold = True
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for word, field in zip(paper.page_words, ("PAGE", "NUMPAGES"), strict=True):
        foot.add_run(f"{word} ")
        _add_field(foot, field)
        foot.add_run(" ")


def _add_field(paragraph: WordParagraph, name: str) -> None:
    """Add a field that Word computes, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


class _Writer:
    """Writes blocks. Word goes on with the last list's numbers unless a list says otherwise."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.styles: dict[str, str] = {}  # the key of each by its name: to look one up is slow

    def write(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.document.add_heading(block.text, level=block.level)
        elif isinstance(block, Listing):
            self._list(block, depth=1)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            paragraph = self._paragraph("Quote" if block.look == "quote" else "Normal")
            self._runs(paragraph, block.runs, soft=block.look == "meta")

    def _table(self, block: Table) -> None:
        table = self.document.add_table(rows=1, cols=len(block.head), style="Table Grid")
        table.autofit = False
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), block.title)
        table._tbl.tblPr.append(caption)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))  # repeated on each page, and read as the head
        widths = [Cm(16 * width / sum(block.widths)) for width in block.widths]
        for _row in block.rows:
            table.add_row()
        rows = [[[Run(words, bold=True)] for words in block.head], *block.rows]
        for row, cells in zip(table.rows, rows, strict=True):
            for place, (cell, runs) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                if place in block.numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                self._runs(paragraph, runs, size=9.5)
        self.document.add_paragraph()  # two tables beside each other would become one

    def _picture(self, block: Picture) -> None:
        content = pdf.drawn(block.svg) if block.svg else b64decode(block.jpeg)
        shown = self.document.add_picture(io.BytesIO(content), width=Cm(block.width))
        shown._inline.docPr.set("descr", block.alt)

    def _list(self, listing: Listing, *, depth: int) -> None:
        name = "List Number" if listing.ordered else "List Bullet"
        style = name if depth == 1 else f"{name} {depth}"
        number = self._begin_at_one(style) if listing.ordered else None
        for item in listing.items:
            is_first = True
            for block in item:
                if isinstance(block, Listing):
                    self._list(block, depth=depth + 1)
                elif isinstance(block, Paragraph):
                    self._item(block, style if is_first else _continuing(depth), number)
                    is_first = False

    def _item(self, block: Paragraph, style: str, number: Any) -> None:
        paragraph = self._paragraph(style)
        if number is not None and style.startswith("List Number"):
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        self._runs(paragraph, block.runs)

    def _paragraph(self, style: str) -> WordParagraph:
        paragraph = self.document.add_paragraph()
        if style != "Normal":
            known = self.styles.get(style) or self.document.styles[style].style_id
            paragraph._p.style = self.styles[style] = known
        return paragraph

    def _begin_at_one(self, style: str) -> int:
        """Return the key of a new numbering that looks like the style's and begins at 1."""
        numbering: Any = self.document.part.numbering_part.element
        styled: Any = self.document.styles[style].element
        kind = numbering.num_having_numId(styled.pPr.numPr.numId.val).abstractNumId.val
        new = numbering.add_num(kind)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(new.numId)

    def _runs(
        self, paragraph: WordParagraph, runs: list[Run], *, soft: bool = False, size: float = 0
    ) -> None:
        for run in runs:
            added = paragraph.add_run(run.text)
            added.bold, added.italic = run.bold or None, run.italic or None
            if size:
                added.font.size = Pt(size)
            if soft:
                added.font.color.rgb, added.font.size = SOFT, Pt(10)
            if run.link:
                added.font.underline, added.font.color.rgb = True, LINK
                self._wrap_in_link(paragraph, added._r, run.link)

    def _wrap_in_link(self, paragraph: WordParagraph, run: Any, address: str) -> None:
        link = OxmlElement("w:hyperlink")
        key = self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), key)
        link.append(run)
        paragraph._p.append(link)


def _continuing(depth: int) -> str:
    """Return the style of another paragraph of the same item."""
    return "List Continue" if depth == 1 else f"List Continue {depth}"
