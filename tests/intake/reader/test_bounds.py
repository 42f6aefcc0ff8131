"""Documents that would take everything: refused by a sentence, in little time and memory."""

import io
import json
import re
import subprocess
import sys
import zipfile
from typing import Any

import pytest
from mammoth import docx

from taskforce.intake.reader import calls, grid, read
from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.reasons import Refusal
from taskforce.intake.reader.rows import MOST_BLANK, rows
from taskforce.intake.reader.sources import open_document
from taskforce.intake.reader.sources.shown import used_styles
from tests.intake.reader.packages import OPEN, WORD, paragraph, repacked, word

ENTITY = '<!DOCTYPE w [<!ENTITY a "Hemmeligt">]>'
DECLARATIONS = {
    "entity": ENTITY,
    "bomb": '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "external": '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE w [<!ENTITY % p SYSTEM "http://localhost:1/x.dtd"> %p;]>',
    "outside": '<!DOCTYPE w SYSTEM "http://localhost:1/x.dtd">',
    "plain": "<!DOCTYPE w>",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252"])
@pytest.mark.parametrize("declaration", DECLARATIONS.values(), ids=DECLARATIONS)
def test_declarations_are_refused_in_every_encoding(declaration: str, encoding: str):
    document = word(paragraph("Møde nr. 4 &a;"), declaration, encoding)

    assert read(document).refusal == Refusal.UNSAFE


@pytest.mark.parametrize("name", ["word/styles.xml", "word/_rels/document.xml.rels", "_rels/.rels"])
def test_declarations_are_refused_in_every_part(name: str):
    evil = f'<?xml version="1.0" encoding="utf-16"?>{ENTITY}<a>&a;</a>'.encode("utf-16")

    assert read(repacked(WORD, {name: evil})).refusal == Refusal.UNSAFE


@pytest.mark.parametrize("name", ["content.xml", "styles.xml"])
def test_declarations_are_refused_in_an_open_document(name: str):
    evil = f'<?xml version="1.0" encoding="utf-16"?>{ENTITY}<a>&a;</a>'.encode("utf-16")

    assert read(repacked(OPEN, {name: evil})).refusal == Refusal.UNSAFE


def test_utf_16_without_declarations_is_read():
    assert read(word(paragraph("Møde nr. 4"), "", "utf-16")).text == "Møde nr. 4"


@pytest.mark.parametrize("encoding", ["utf-7", "utf-32", "cp037", "punycode"])
def test_encodings_that_the_parser_does_not_know_are_no_xml(encoding: str):
    assert read(word(paragraph("Møde"), ENTITY, encoding)).refusal == Refusal.BROKEN


def test_inclusions_are_not_followed():
    space = "http://www.w3.org/2001/XInclude"
    include = f'<xi:include xmlns:xi="{space}" href="file:///etc/passwd" parse="text"/>'

    assert read(word(paragraph("Møde nr. 4") + include)).text == "Møde nr. 4"


def nested(depth: int, inner: str) -> str:
    table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return table[0] * depth + inner + table[1] * depth


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<w:p/>" * 1_500_000, id="empty paragraphs"),
        pytest.param(nested(5_000, paragraph("a")), id="tables in tables"),
        pytest.param(f"<w:tbl><w:tr>{'<w:tc/>' * 500_000}</w:tr></w:tbl>", id="a wide table"),
        pytest.param(f"<w:p>{'<w:r/>' * 500_000}</w:p>", id="runs"),
        pytest.param(
            "<w:p " + " ".join(f"a{number}=''" for number in range(300)) + "/>", id="attributes"
        ),
    ],
)
def test_a_small_file_that_unfolds_is_too_large(body: str):
    document = word(body)
    assert len(document) < 1_500_000

    assert read(document).refusal == Refusal.TOO_LARGE


def test_countless_styles_are_too_many():
    style = '<w:style w:type="paragraph" w:styleId="a"/>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = f'<w:styles xmlns:w="{space}">{style * 500_000}</w:styles>'.encode()

    assert read(repacked(WORD, {"word/styles.xml": styles})).refusal == Refusal.TOO_LARGE


def test_styles_that_no_paragraph_names_are_not_read():
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    unused = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="Style {number}"/>'
        f"<w:pPr>{'<w:keepNext/>' * 20}</w:pPr><w:rPr>{'<w:b/>' * 20}</w:rPr></w:style>"
        for number in range(4_000)
    )
    heading = '<w:style w:type="paragraph" w:styleId="o1"><w:name w:val="heading 1"/></w:style>'
    styles = f'<w:styles xmlns:w="{space}">{unused}{heading}</w:styles>'.encode()
    title = paragraph("Næste møde", '<w:pStyle w:val="o1"/>')
    content = repacked(word(title + paragraph("Tirsdag")), {"word/styles.xml": styles})
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        kept = used_styles(styles, [whole.read("word/document.xml")]).decode()

    opened = open_document(content)

    assert re.findall(r'styleId="(\w+)"', kept) == ["o1"]
    assert [(line.text, line.level) for line in opened.lines] == [("Næste møde", 1), ("Tirsdag", 0)]


def test_an_open_document_that_unfolds_is_too_large():
    with zipfile.ZipFile(io.BytesIO(OPEN)) as whole:
        content = whole.read("content.xml").decode()
    start = content.index("<office:text") + len("<office:text")
    start = content.index(">", start) + 1
    many = content[:start] + "<text:p/>" * 1_500_000 + content[start:]

    assert read(repacked(OPEN, {"content.xml": many.encode()})).refusal == Refusal.TOO_LARGE


def test_a_cell_as_wide_as_the_world_is_a_cell():
    span = '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
    rows = f"<w:tr><w:tc>{span}{paragraph('Navn')}</w:tc><w:tc>{paragraph('Rolle')}</w:tc></w:tr>"

    assert read(word(f"<w:tbl>{rows}</w:tbl>")).text == "Navn\nRolle"


def test_blank_lines_beyond_those_of_any_page_are_no_rows():
    found = rows(open_document(f"Referat\n{chr(10) * 5_000}Slut".encode()))

    assert [row.line.words for row in found] == ["Referat", *[""] * MOST_BLANK, "Slut"]


def test_rows_are_looked_through_for_a_table_only_where_one_can_stand(monkeypatch):
    looked: list[int] = []
    whole = grid._table_rows

    def noted(lines: Any, at: int, filled: Any) -> int:
        looked.append(at)
        return whole(lines, at, filled)

    monkeypatch.setattr(grid, "_table_rows", noted)
    two = [f"Anna {at}      Byen {at}" for at in range(grid.MOST_LINES + 100)]
    three = ["Anna Holm      Byen      ja"] * 2
    lines = open_document("\n".join([*two, "", *three]).encode()).lines

    found = grid.laid_out(lines)

    assert looked == [len(two) + 1]
    assert [line.cell.column for line in found if line.cell] == [0, 1, 2] * 2


def test_calls_beyond_the_most_of_one_document_are_not_sought(monkeypatch):
    looked: list[str] = []

    def noted(passage: Any, *_: object) -> list[calls.Draft]:
        looked.append(passage.text)
        return [calls.Draft(passage.text, Span(0, 1))]

    monkeypatch.setattr(calls, "_in_passage", noted)
    told = [f"Pulje {at}: frist 1. maj 2026." for at in range(calls.MOST + 20)]
    found = rows(open_document("\n\n\n".join(told).encode()))

    calls.read_calls(found, [], set(), {}, None, [])

    assert looked == told[: calls.MOST]


def reader(program: str, document: bytes = b"") -> Any:
    """Run a program within the bounds of the reader's process."""
    code = f"from taskforce.intake.reader import __main__ as m; {program}"
    return subprocess.run([sys.executable, "-c", code], input=document, capture_output=True)


def test_process_has_no_more_memory_than_its_share():
    ended = reader("m.MEMORY = 300 * 1024 * 1024; m.limit(); bytearray(400 * 1024 * 1024)")

    assert ended.returncode != 0
    assert b"MemoryError" in ended.stderr


def test_process_has_no_more_time_than_its_share():
    ended = reader("m.SECONDS = 1; m.limit()\nwhile True: pass")

    assert ended.returncode < 0


@pytest.mark.parametrize("much", [MemoryError, RecursionError])
def test_document_for_which_memory_does_not_suffice_is_too_large(much: Any, monkeypatch):
    def take_all(*_: object) -> None:
        raise much

    monkeypatch.setattr(docx, "read", take_all)

    assert read(WORD).refusal == Refusal.TOO_LARGE


def test_process_loads_no_django():
    ended = reader("m.main('text'); import sys; sys.exit('django' in sys.modules)", b"Referat")

    assert (ended.returncode, json.loads(ended.stdout)["text"]) == (0, "Referat")
