"""Lists that people bring, in whatever way their spreadsheet saved them."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from taskforce.core import sheet_reading
from taskforce.core.acts import Refused
from taskforce.core.sheet_reading import Lines, read, read_text

NAMES = [["Navn", "E-mail"], ["Åse Ørsted", "aase@example.org"]]
EXPECTED = [*enumerate(NAMES, start=1)]


def workbook(rows: list[list[Any]], *, merged: str = "", sheet: bytes = b"") -> bytes:
    """Return a workbook; `sheet` stands after its rows, as it is."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return with_sheet(content.getvalue(), b"</sheetData>", sheet + b"</sheetData>")


def with_sheet(content: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook in whose first sheet something stands in place of something else."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, part.replace(old, new) if "sheet1" in name else part)
    return made.getvalue()


def held(lines: Lines) -> list[tuple[int, list[str]]]:
    """Return lines without the cells that are empty at their end."""
    return [(number, [cell for cell in cells if cell]) for number, cells in lines]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_is_read_in_any_encoding(delimiter: str, encoding: str, newline: str):
    text = newline.join(delimiter.join(cells) for cells in NAMES)

    assert read(text.encode(encoding), most=5) == EXPECTED


def test_text_is_read_as_excel_writes_it():
    text = 'sep=;\r\nNavn;E-mail\r\n"Ørsted; Åse ""Aase""\nvar";aase@example.org\r\n;\r\n'

    assert read(text.encode(), most=5) == [
        (1, ["Navn", "E-mail"]),
        (2, ['Ørsted; Åse "Aase" var', "aase@example.org"]),
    ]


def test_decomposed_letters_and_invisible_ones_make_no_difference():
    assert read_text("A\u030ase\u200b\t aase@example.org ", most=5) == [
        (1, ["Åse", "aase@example.org"])
    ]


def test_workbook_is_read_with_numbers_days_and_formulas_as_text():
    content = workbook([["=1+1", 5.0, 2.5, date(2026, 3, 1), None, True], [], ["'=x"]])

    assert held(read(content, most=5)) == [
        (1, ["=1+1", "5", "2.5", "2026-03-01", "True"]),
        (3, ["=x"]),
    ]


def test_cell_that_is_merged_downwards_counts_for_each_of_its_rows():
    content = workbook([["Odense", "a"], [None, "b"], ["Aarhus", "c"]], merged="A1:A2")

    assert held(read(content, most=5)) == [
        (1, ["Odense", "a"]),
        (2, ["Odense", "b"]),
        (3, ["Aarhus", "c"]),
    ]


def test_hidden_sheet_and_empty_sheet_are_passed_over():
    book = Workbook()
    book.active.append(["hidden"])
    book.create_sheet("Tom")
    book.create_sheet("Folk").append(["shown"])
    book.active.sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)

    assert held(read(content.getvalue(), most=5)) == [(1, ["shown"])]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \r\n;;\r\n", id="blank"),
        pytest.param(workbook([]), id="empty workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"x" * 100, id="old workbook, or with a password"),
        pytest.param(b"PK\x03\x04" + b"x" * 100, id="no package"),
        pytest.param(workbook([["a"]])[:-80], id="cut off"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", id="picture"),
        pytest.param(b"x" * (sheet_reading.LARGEST + 1), id="too large"),
        pytest.param(("x" * 200_000).encode(), id="a cell of 200,000 letters"),
        pytest.param(
            workbook([["a"]], sheet=b"<row>" + b"<c/>" * 3_000_000 + b"</row>"), id="bomb"
        ),
        pytest.param(
            with_sheet(workbook([["a"], ["b"]], merged="A1:A2"), b"A1:A2", b"A1:XFD1048576"),
            id="a billion merged cells",
        ),
        pytest.param(
            with_sheet(workbook([["a"]]), b"<worksheet", b"<!DOCTYPE x []><worksheet"), id="DOCTYPE"
        ),
    ],
)
def test_what_is_no_list_is_refused(content: bytes):
    with pytest.raises(Refused):
        read(content, most=5)


def test_cell_in_the_last_corner_of_a_sheet_is_no_matter():
    corner = b'<row r="1048576"><c r="XFD1048576" t="n"><v>5</v></c></row>'

    assert held(read(workbook([["a"]], sheet=corner), most=5)) == [(1, ["a"])]


def test_more_rows_than_asked_for_are_refused_with_their_number():
    text = "Navn\n" + "Åse\n" * 5

    assert len(read_text(text, most=5)) == 6
    with pytest.raises(Refused, match="5"):
        read_text(text + "Bo\n", most=5)
