"""Lists as CSV and Excel files for a Danish spreadsheet, in which no cell runs as a formula."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from taskforce.core.text import clean

# A cell that begins with one of these is a formula to a spreadsheet; see OWASP, "CSV injection".
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_000  # characters that a cell of Excel holds
WIDEST = 60  # characters of a column

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column of a sheet: its heading, and what each row has in it."""

    heading: str
    value: Callable[[Row], Any]


def safe(value: Any) -> Any:
    """Return a cell's value; a text that would run as a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    text = clean(value)[:LONGEST]
    # Some spreadsheets ignore the blanks in front.
    runs = text.startswith(BEGINS_A_FORMULA) or text.lstrip().startswith(BEGINS_A_FORMULA)
    return f"'{text}" if runs else text


def as_csv(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> HttpResponse:
    """Return rows as CSV. Danish Excel expects semicolons, and UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([safe(column.heading) for column in columns])
    cells = ([column.value(row) for column in columns] for row in rows)
    writer.writerows([["" if cell is None else safe(cell) for cell in line] for line in cells])
    content = text.getvalue().encode("utf-8-sig")
    return _file(content, f"{name}.csv", "text/csv; charset=utf-8")


def as_xlsx(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> HttpResponse:
    """Return rows as an Excel workbook with one sheet, whose head row is frozen."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31].capitalize())
    lines = [[safe(column.value(row)) for column in columns] for row in rows]
    head = [safe(column.heading) for column in columns]
    for place, cells in enumerate(zip(head, *lines, strict=True), start=1):
        longest = max(len(str(cell)) for cell in cells if cell is not None)
        sheet.column_dimensions[get_column_letter(place)].width = min(WIDEST, longest + 2)
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, words) for words in head])
    for line in lines:
        sheet.append(line)
    content = io.BytesIO()
    book.save(content)
    return _file(content.getvalue(), f"{name}.xlsx", XLSX)


FORMATS: dict[str, Callable[..., HttpResponse]] = {"csv": as_csv, "xlsx": as_xlsx}


def as_file(
    kind: str, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]
) -> HttpResponse:
    """Return rows as the kind of file that an address of `addresses` stands for."""
    return FORMATS[kind](name, columns, rows)


def addresses(place: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """Return a sheet's addresses: "nyt/nyt" and "sheet" give nyt/nyt.csv, named sheet_csv."""
    return [
        path(f"{place}.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in FORMATS
    ]


def _bold(sheet: Any, words: Any) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
