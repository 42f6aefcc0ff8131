"""Tables of attendance: who is on it, and the marks of who was there."""

import re

from taskforce.intake.reader import people
from taskforce.intake.reader.draft import Found, Person, Span
from taskforce.intake.reader.names import is_country, likeness, without_role
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.tables import MARKS_ABSENT, MARKS_PRESENT, Column, Table
from taskforce.intake.reader.text import Line

# One of present, absent, or not told.
Listed = list[tuple[Found[Person], bool]]


def read_attendance(tables: list[Table]) -> Listed:
    """Return the people in tables of attendance, each with whether they were there."""
    found: Listed = []
    for table in tables:
        if (
            table.column(Column.NAME) is None
            or table.column(Column.TASK) is not None
            or table.column(Column.ITEM) is not None
        ):
            continue
        marks = table.column(Column.MARK)
        if marks is None and not _is_attendance(table):
            continue
        for row in table.body:
            if one := _row(table, row):
                found.append((one, _is_there(table, row, marks)))
    return found


def _is_attendance(table: Table) -> bool:
    """Say whether a table without marks lists people and where they come from."""
    return (
        table.column(Column.ORGANISATION) is not None
        and table.column(Column.DEADLINE) is None
        and table.column(Column.WHO) is None
    )


def _row(table: Table, row: int) -> Found[Person] | None:
    cells = table.cell(row, table.columns[Column.NAME])
    if not cells:
        return None
    persons = people.people([Line(one.line.start, one.line.text) for one in cells[:1]])
    if not persons:
        return None
    one = persons[0]
    if likeness(without_role(one.name)[0]).person < 0:
        return None
    where = table.words(row, table.column(Column.ORGANISATION))
    where = re.sub(
        r"\s*\(([^()]*)\)\s*$", lambda match: "" if is_country(match[1]) else match[0], where
    )
    mark = table.words(row, table.column(Column.MARK))
    organisation = where or one.organisation
    if not re.search(r"\w", organisation):
        organisation = ""
    note = "; ".join([*one.notes, mark] if "(" in mark or len(mark) > 3 else one.notes)
    span = Span(table.row_start(row), table.row_end(row))
    return Found(Person(one.name, organisation, note), span, 0.93, Reason.IN_TABLE)


def _is_there(table: Table, row: int, marks: int | None) -> bool:
    if marks is None:
        return True
    words = table.words(row, marks)
    if MARKS_ABSENT.match(words):
        return False
    return bool(MARKS_PRESENT.match(words)) or (
        bool(words) and not re.match(r"afbud|frav", words, re.IGNORECASE)
    )
