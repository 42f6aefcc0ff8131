"""The same blocks as plain text, Word, OpenDocument and PDF, as people's programs keep them."""

import io
import json
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from random import Random
from xml.sax.saxutils import escape

import docx
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from tests.intake.reader.generator.blocks import (
    LEFT,
    Block,
    Box,
    Foot,
    Para,
    Rows,
    Table,
    Top,
    spans,
)
from tests.intake.reader.packages import SPACE, opened

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = re.compile(r"https?://[^\s)]+[\w/]")


def disturbed(blocks: list[Block], chance: Random) -> list[Block]:
    """Misspell a word of prose here and there."""
    return [
        replace(one, text=_misspelt(one.text, chance))
        if isinstance(one, Para) and one.kind == "prose" and chance.random() < 0.15
        else one
        for one in blocks
    ]


def _misspelt(text: str, chance: Random) -> str:
    words = list(re.finditer(r"(?<![\w/.-])[a-zæøå]{7,}(?![\w/.-])", text))
    if not words or LINK.search(text):
        return text
    place = chance.choice(words).start() + 3
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


# Plain text


def txt(blocks: list[Block], chance: Random) -> bytes:
    """Return plain text: wrapped, spaced and encoded as one of many programs would."""
    mark = chance.choice(("- ", "* ", "• ", "– ", "o  "))
    width = chance.choice((0, 0, 0, 66, 80))
    grid = chance.choice((_tabs, _columns, _pipes))
    gap = chance.choice(("\n", "\n", "\n\n"))
    counts: Counter[str] = Counter()
    pieces: list[str] = []
    foot, top = "", ""
    for block in blocks:
        match block:
            case Para(text, kind, name):
                if kind == "bullet":
                    text = mark + text
                elif kind == "number":
                    counts[name] += 1
                    text = f"{counts[name]}. {text}"
                elif kind in ("title", "head") and pieces:
                    text = "\n" + text
                pieces.append(_wrapped(text, width, "  " if kind == "bullet" else ""))
            case Table(rows):
                pieces.append(grid(rows))
            case Box(inside):
                pieces.append("\n".join(inside))
            case Foot(text):
                foot = text
            case Top(text):
                top = text
    whole = _paged(gap.join(pieces), top, foot) + "\n"
    if chance.random() < 0.15:
        whole = re.sub(r"(?<=\d\.) (?=[a-z])|(?<=kl\.) |(?<=den) (?=\d)", "\u00a0", whole)
    if chance.random() < 0.12:
        whole = unicodedata.normalize("NFD", whole)
    if chance.random() < 0.25:
        whole = whole.replace("\n", "\r\n")
    return whole.encode(chance.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig")))


def plain(blocks: list[Block]) -> str:
    """Return all that is written, for those who want to read it."""
    return txt(blocks, _Still()).decode()


class _Still(Random):
    """Chance that always takes the first, and never disturbs."""

    def choice(self, seq):  # type: ignore[no-untyped-def]
        return seq[0]

    def random(self) -> float:
        return 1.0


def _wrapped(text: str, width: int, indent: str) -> str:
    if not width or "\t" in text:
        return text
    return "\n".join(
        part
        for line in text.split("\n")
        for part in ([line] if line.startswith("  ") else _lines(line, width, indent) or [line])
    )


def _lines(text: str, width: int, indent: str = "") -> list[str]:
    """Wrap at spaces alone: links and double names stay whole."""
    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _tabs(rows: Rows) -> str:
    return "\n".join("\t".join(_one_line(cell) for cell in row).rstrip("\t") for row in rows)


def _columns(rows: Rows) -> str:
    """Set the cells under each other, long ones over several lines."""
    cells = [
        [[part for line in _text(cell).split("\n") for part in _lines(line, 48)] for cell in row]
        for row in rows
    ]
    widths = [
        max((len(line) for cell in column for line in cell), default=0) + 3
        for column in zip_longest(
            *(cell for cell, row in zip(cells, rows, strict=True) if LEFT not in row), fillvalue=[]
        )
    ]
    return "\n".join(
        "".join(line.ljust(width) for line, width in zip(parts, widths, strict=False)).rstrip()
        for row in cells
        for parts in (zip_longest(*row, fillvalue="") if any(row) else [[""]])
    )


def _pipes(rows: Rows) -> str:
    return "\n".join(
        "| " + " | ".join(_one_line(cell) for cell in row if cell != LEFT) + " |" for row in rows
    )


def _one_line(cell: str | None) -> str:
    """Return a cell's lines in one: sentences behind each other, names with commas."""
    return re.sub(r"(?<![.:?!])\n", ", ", _text(cell)).replace("\n", " ")


def _text(cell: str | None) -> str:
    return "" if cell in (None, LEFT) else cell or ""


def _paged(text: str, top: str, foot: str) -> str:
    """Put head and foot of the page in every fifty lines."""
    if not (top or foot):
        return text
    rows = text.split("\n")
    pages = [rows[start : start + 50] for start in range(0, len(rows), 50)]
    return "\n".join(
        line
        for number, page in enumerate(pages, 1)
        for line in (
            *([top, ""] if top else []),
            *page,
            *(["", foot.replace("#", str(number))] if foot else []),
        )
    )


# Word


def word(blocks: list[Block], chance: Random) -> bytes:
    """Return a Word document, with what Word leaves in it: marks, changes, links, empty runs."""
    document = docx.Document()
    for style in document.styles.element.findall(f"{{{SPACE}}}style"):
        # The template has a hundred looks of tables, which only take time to read.
        if style.get(f"{{{SPACE}}}styleId").startswith(("Light", "Medium", "Dark", "Colorful")):
            document.styles.element.remove(style)
    loose = chance.random() < 0.3  # headings are only bold
    for block in blocks:
        match block:
            case Para(text, kind, name):
                style = {"bullet": "List Bullet", "title": "Title", "head": "Heading 2"}.get(kind)
                style = _numbered(document, name) if kind == "number" else style
                if loose and kind in ("title", "head"):
                    document.add_paragraph().add_run(text).bold = True
                else:
                    paragraph = document.add_paragraph(style=style)
                    _written(paragraph, text, chance)
                    luck = chance.random()
                    if luck < 0.02 and paragraph.runs:
                        document.add_comment(paragraph.runs, "Passer det? Spørg Bo Larsen.", "Eva")
                    elif luck < 0.05:
                        _controlled(paragraph)
            case Table(rows):
                _table(document, rows, chance)
            case Box(inside):
                _boxed(document, inside)
            case Foot(text):
                document.sections[0].footer.paragraphs[0].text = text.replace("#", "1")
            case Top(text):
                document.sections[0].header.paragraphs[0].text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _numbered(document, name: str) -> str:  # type: ignore[no-untyped-def]
    return "List Number 2" if name else "List Number"


def _written(paragraph, text: str, chance: Random) -> None:  # type: ignore[no-untyped-def]
    """Write text in runs as Word splits it, sometimes with a tracked change or a bookmark."""
    luck = chance.random()
    link = LINK.search(text)
    if link and luck < 0.5:
        paragraph.add_run(text[: link.start()])
        _linked(paragraph, link[0])
        paragraph.add_run(text[link.end() :])
    elif luck < 0.06 and " " in text:
        first, rest = text.split(" ", 1)
        paragraph.add_run(first)
        paragraph._p.append(_change("del", "w:delText", " gammelt"))
        paragraph._p.append(_change("ins", "w:t", " " + rest))
    elif luck < 0.25 and len(text) > 12:
        cut = chance.randrange(3, len(text) - 3)
        paragraph.add_run(text[:cut])
        mark = chance.randrange(9999)
        for tag in (f'bookmarkStart w:id="{mark}" w:name="m{mark}"', f'bookmarkEnd w:id="{mark}"'):
            paragraph._p.append(parse_xml(f'<w:{tag} xmlns:w="{SPACE}"/>'))
        paragraph.add_run(text[cut:])
    else:
        paragraph.add_run(text)


def _linked(paragraph, address: str) -> None:  # type: ignore[no-untyped-def]
    number = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink xmlns:w="{SPACE}" xmlns:r="{RELATIONS}" r:id="{number}">'
            f"<w:r><w:t>{escape(address)}</w:t></w:r></w:hyperlink>"
        )
    )


def _controlled(paragraph) -> None:  # type: ignore[no-untyped-def]
    """Put a paragraph in a content control, as the fields of templates are."""
    control = parse_xml(
        f'<w:sdt xmlns:w="{SPACE}"><w:sdtPr><w:alias w:val="Felt"/></w:sdtPr>'
        "<w:sdtContent/></w:sdt>"
    )
    paragraph._p.addprevious(control)
    control[-1].append(paragraph._p)


def _change(kind: str, tag: str, text: str):  # type: ignore[no-untyped-def]
    return parse_xml(
        f'<w:{kind} xmlns:w="{SPACE}" w:id="7" w:author="A" w:date="2024-01-01T00:00:00Z">'
        f'<w:r><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r></w:{kind}>'
    )


def _table(document, rows: Rows, chance: Random) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(0, max(map(len, rows)))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            first, *others = _text(text).split("\n")
            cell.paragraphs[0].text = first
            for line in others:
                cell.add_paragraph(line)
    elements = [list(row._tr.tc_lst) for row in table.rows]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = elements[number][column]
            down, right = spans(rows, number, column) or (1, 1)
            if text is None or down > 1:
                start = ' w:val="restart"' if text is not None else ""
                merge = f'<w:vMerge xmlns:w="{SPACE}"{start}/>'
                cell.get_or_add_tcPr().append(parse_xml(merge))
            if right > 1:
                cell.grid_span = right
            if text == LEFT:
                cell.getparent().remove(cell)
    if chance.random() < 0.15 and len(rows[0]) > 1 and LEFT not in rows[0]:
        for tag in ('bookmarkStart w:id="55" w:name="celle"', 'bookmarkEnd w:id="55"'):
            elements[0][1].addprevious(parse_xml(f'<w:{tag} xmlns:w="{SPACE}"/>'))


def _boxed(document, inside: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    text = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in inside)
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r xmlns:w="{SPACE}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
            f'<v:shape style="width:200pt"><v:textbox><w:txbxContent>{text}</w:txbxContent>'
            "</v:textbox></v:shape></w:pict></w:r>"
        )
    )


# OpenDocument


def odt(blocks: list[Block], chance: Random) -> bytes:
    """Return an OpenDocument text."""
    edges = {
        place: "".join(
            f"<text:p>{_spaced(one.text.replace('#', '1'))}</text:p>"
            for one in blocks
            if isinstance(one, kind)
        )
        for place, kind in (("header", Top), ("footer", Foot))
    }
    return opened("".join(_open(blocks)), **edges)


def _open(blocks: list[Block]) -> Iterator[str]:
    numbers: Counter[str] = Counter()
    for block in blocks:
        match block:
            case Para(text, "title" | "head" as kind):
                level = 1 if kind == "title" else 2
                yield f'<text:h text:outline-level="{level}">{_spaced(text)}</text:h>'
            case Para(text, "bullet"):
                yield f"<text:list><text:list-item><text:p>{_spaced(text)}</text:p>"
                yield "</text:list-item></text:list>"
            case Para(text, "number", name):
                numbers[name] += 1
                yield f"<text:p>{numbers[name]}. {_spaced(text)}</text:p>"
            case Para(text):
                yield f"<text:p>{_spaced(text)}</text:p>"
            case Table(rows):
                yield "<table:table>"
                for number, row in enumerate(rows):
                    yield "<table:table-row>"
                    for column, text in enumerate(row):
                        yield _open_cell(rows, number, column, text)
                    yield "</table:table-row>"
                yield "</table:table>"
            case Box(inside):
                yield from (f"<text:p>{_spaced(line)}</text:p>" for line in inside)


def _open_cell(rows: Rows, number: int, column: int, text: str | None) -> str:
    place = spans(rows, number, column)
    if place is None or text is None:
        return "<table:covered-table-cell/>"
    filled = "".join(
        f' table:number-{name}-spanned="{count}"'
        for name, count in zip(("rows", "columns"), place, strict=True)
        if count > 1
    )
    inside = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell{filled}>{inside}</table:table-cell>"


def _spaced(text: str) -> str:
    return escape(text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


# PDF


def pdf(blocks: list[Block], chance: Random) -> bytes:
    """Return a PDF, set by Typst as Word would print it."""
    size = chance.choice(("10pt", "11pt", "12pt"))
    edge = chance.choice(("2cm", "2.5cm", "3cm"))
    source = [f"#set page(margin: {edge})", f'#set text(size: {size}, lang: "da")']
    wide = chance.random() < 0.5  # tables as wide as the page
    numbers: Counter[str] = Counter()
    for block in blocks:
        match block:
            case Para(text, "title"):
                source.append(f'#text(size: 16pt, weight: "bold")[{_set(text)}]\n')
            case Para(text, "head"):
                source.append(f"#v(0.4em)\n#strong[{_set(text)}]\n")
            case Para(text, "bullet"):
                source.append(f"- {_set(text)}")
            case Para(text, "number", name):
                numbers[name] += 1
                source.append(f"{_set(f'{numbers[name]}. {text}')}\n")
            case Para(text):
                source.append(f"{_set(text)}\n")
            case Table(rows):
                source.append(_typst_table(rows, wide))
            case Box(inside):
                source.append("".join(f"#rect[{_set(line)}]\n" for line in inside))
            case Foot(text):
                source[0] += f"\n#set page(footer: [{_set(text.replace('#', '1'))}])"
            case Top(text):
                source[0] += f"\n#set page(header: [{_set(text)}])"
    return typst.compile("\n".join(source).encode(), format="pdf", ignore_system_fonts=True)


def _typst_table(rows: Rows, wide: bool) -> str:
    cells = [
        f"table.cell(rowspan: {place[0]}, colspan: {place[1]})[{_set(text or '')}]"
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if (place := spans(rows, number, column))
    ]
    widths = ", ".join(["1fr" if wide else "auto"] * max(map(len, rows)))
    return f"#table(columns: ({widths}), align: left + top, {', '.join(cells)})"


def _set(text: str) -> str:
    """Return text as Typst's own strings, so that no sign of it is markup."""
    lines = (part for part in text.replace("\t", "    ").split("\n"))
    return " \\ ".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in lines if line) or "~"


KINDS = {"txt": txt, "docx": word, "odt": odt, "pdf": pdf}
