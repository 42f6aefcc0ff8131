"""Lists that people bring, as rows of text: .xlsx, .csv in any encoding, pasted cells."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange

from taskforce.core.acts import Refused
from taskforce.core.sheets import BEGINS_A_FORMULA
from taskforce.core.text import clean

LARGEST = 3_000_000  # bytes of a file
UNPACKED = 8_000_000  # bytes of a workbook's parts: openpyxl takes many times as much memory
MERGED = 100_000  # cells that are merged: openpyxl makes each of them
WIDEST = 40  # columns that are read
LONGEST = 2_000  # characters of a cell that are read
EXCEL_BEFORE_2007 = b"\xd0\xcf\x11\xe0"  # a workbook with a password begins so, too
DELIMITERS = ";\t,|"
MERGE = re.compile(rb"""mergeCell\s[^>]*ref=["']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})["']""")
UNREADABLE = gettext_lazy("The workbook cannot be read. Save it as .xlsx or .csv once more.")
NO_LIST = gettext_lazy("The file is no list. Save it as .xlsx or .csv.")

Lines = list[tuple[int, list[str]]]  # the number of each line that holds anything, and its cells


def read(content: bytes, *, most: int) -> Lines:
    """Return the lines of a file; Refused where it is no list, or has more lines than `most`."""
    if len(content) > LARGEST:
        raise Refused(_("The file is too large. A list of people takes far less than 3 MB."))
    if content.startswith(EXCEL_BEFORE_2007):
        raise Refused(
            _("This is an old workbook, or one with a password. Save it as .xlsx without password.")
        )
    is_workbook = content.startswith(b"PK\x03\x04")
    return _held(_of_workbook(content) if is_workbook else _of_text(decoded(content)), most)


def read_text(text: str, *, most: int) -> Lines:
    """Return the lines of what was pasted; Refused as `read`."""
    return _held(_of_text(text), most)


def decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16, or else what Danish Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if content[1::2].count(0) > len(content) // 4:  # UTF-16 without its mark
        return content.decode("utf-16-le", errors="replace")
    return content.decode("cp1252", errors="replace")


def _held(lines: Iterable[tuple[int, list[str]]], most: int) -> Lines:
    """Return the lines that are not blank."""
    found = []
    for number, cells in lines:
        if not any(cells):
            continue
        found.append((number, cells))
        if len(found) > most + 1:  # a line of headings is none of them
            words = _("The list has more than %(n)s rows. Take it in by parts.")
            raise Refused(words % {"n": localize(most)})
    if not found:
        raise Refused(_("There is nothing in the list."))
    return found


def _of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    text = text.lstrip("\ufeff")
    if "\0" in text:
        raise Refused(NO_LIST)
    first, _newline, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):  # Excel's own way to name what parts the cells
        text = rest
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for number, row in enumerate(rows, start=1):
            yield number, [_tidy(cell) for cell in row[:WIDEST]]
    except csv.Error as error:
        raise Refused(NO_LIST) from error


def _delimiter(text: str) -> str:
    """Return what parts the cells: what the first line that holds anything has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _of_workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that is shown and holds anything."""
    _refuse_hostile(content)
    try:
        book = load_workbook(io.BytesIO(content))
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise Refused(UNREADABLE) from error
    shown = (_cells(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")
    cells = next(filter(None, shown), {})
    for row in sorted({row for row, _column in cells}):
        yield row, [cells.get((row, column), "") for column in range(1, WIDEST + 1)]


def _cells(sheet: Any) -> dict[tuple[int, int], str]:
    """Return what stands where. What is merged downwards counts for each of its rows.

    Only cells that the file names: a sheet may claim a million rows and hold two.
    """
    cells = ((place, _value(cell.value)) for place, cell in sheet._cells.items())
    found = {place: text for place, text in cells if text and place[1] <= WIDEST}
    for area in sheet.merged_cells.ranges:
        above = found.get((area.min_row, area.min_col))
        if above and area.min_col == area.max_col:
            found |= {(row, area.min_col): above for row in range(area.min_row, area.max_row + 1)}
    return found


def _refuse_hostile(content: bytes) -> None:
    """Raise Refused for what would take openpyxl too much memory, and for XML with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            small = sum(part.file_size for part in parts) <= UNPACKED
            if small and not any(_is_hostile(package.read(part)) for part in parts):
                return
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        pass
    raise Refused(UNREADABLE)


def _is_hostile(part: bytes) -> bool:
    if b"<!DOCTYPE" in part.replace(b"\0", b""):
        return True
    sizes = (CellRange(found[1].decode()).size for found in MERGE.finditer(part))
    areas = (size["rows"] * size["columns"] for size in sizes)
    return any(merged > MERGED for merged in accumulate(areas))


def _value(value: Any) -> str:
    if isinstance(value, date):  # a moment is one, too
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else _tidy(getattr(value, "text", None) or str(value))


def _tidy(cell: str) -> str:
    """Return a cell without blanks around it; the apostrophe of our own sheets goes."""
    text = " ".join(clean(cell[:LONGEST]).split())
    return text[1:] if text.startswith("'") and text[1:].startswith(BEGINS_A_FORMULA) else text
