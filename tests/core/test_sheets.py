"""Lists as files for a spreadsheet."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from taskforce.core import sheets
from taskforce.core.sheets import Column, as_csv, as_xlsx, safe

COLUMNS: list[Column[tuple[Any, ...]]] = [
    Column("Titel", lambda row: row[0]),
    Column("Point", lambda row: row[1]),
]
ROWS = [('Små; "virksomheder"', 7), ("=1+1", None)]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("Udbud", "Udbud"),
        ("a-b", "a-b"),
        ("", ""),
        (7, 7),
        (None, None),
        (-7, -7),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+45 12345678", "'+45 12345678"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\nx"),
        ("\nx", "'\nx"),
        ("  =x", "'  =x"),
        ("\x00=x", "'=x"),
        ("a\x07b", "ab"),
        ("a\uffff\x0bb", "a\nb"),
        ("w" * 100_000, "w" * 32_000),
    ],
)
def test_safe(value: Any, cell: Any):
    assert safe(value) == cell


def test_csv_is_what_a_danish_excel_opens():
    answer = as_csv("barrierer", COLUMNS, ROWS)

    assert answer.content.decode("utf-8") == (
        '\N{BYTE ORDER MARK}Titel;Point\r\n"Små; ""virksomheder""";7\r\n\'=1+1;\r\n'
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="barrierer.csv"'


def test_xlsx_holds_the_rows_under_a_frozen_bold_head():
    answer = as_xlsx("barrierer", COLUMNS, ROWS)

    sheet = load_workbook(BytesIO(answer.content))["Barrierer"]
    assert [*sheet.values] == [
        ("Titel", "Point"),
        ('Små; "virksomheder"', 7),
        ("'=1+1", None),
    ]
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [cell.font.bold for cell in sheet[2]] == [False, False]
    assert answer["Content-Type"] == sheets.XLSX
    assert answer["Content-Disposition"] == 'attachment; filename="barrierer.xlsx"'


def test_xlsx_columns_are_as_wide_as_their_longest_cell_within_bounds():
    answer = as_xlsx("x" * 40, COLUMNS, [("y" * 99, 12), ("short", 1234567890)])

    book = load_workbook(BytesIO(answer.content))
    assert book.sheetnames == ["X" + "x" * 30]  # Excel allows no longer name
    widths = book.active.column_dimensions
    assert (widths["A"].width, widths["B"].width) == (60, 12)


def test_sheet_without_rows_has_its_head():
    assert as_csv("x", COLUMNS, []).content.decode("utf-8-sig") == "Titel;Point\r\n"
    assert [*load_workbook(BytesIO(as_xlsx("x", COLUMNS, []).content)).active.values] == [
        ("Titel", "Point")
    ]
