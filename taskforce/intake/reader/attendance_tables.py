"""Tables of attendance: who is on it, and the marks of who was there."""

import re
from dataclasses import replace

from taskforce.intake.reader import people
from taskforce.intake.reader.draft import Found, Person, Span
from taskforce.intake.reader.names import is_country, is_initials, is_outside, likeness
from taskforce.intake.reader.people import Someone
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.status import is_away, letters, marks
from taskforce.intake.reader.tables import Table
from taskforce.intake.reader.vocabulary import Column, Label, label_of

# Each person with whether they were there.
Listed = list[tuple[Found[Person], bool]]


def read_attendance(tables: list[Table]) -> Listed:
    """Return the people in tables of attendance, each with whether they were there."""
    return [one for table in tables if table.lists_people for one in _rows(table)]


def _rows(table: Table) -> Listed:
    found: list[tuple[Someone, bool]] = []
    if table.cards:
        there = table.announced is not Label.ABSENT
        return [
            (
                people.found(one, Reason.IN_TABLE),
                there and label is not Label.ABSENT and not one.is_away,
            )
            for lines, label in table.stacks()
            for one in people.people(lines)
        ]
    there, group = table.announced is not Label.ABSENT, ""
    named = _named(table)
    for row in table.body:
        filled = table.filled(row)
        if len(filled) == 1 and not any(_people(table, row, columns) for columns, _ in named):
            # A row of one cell says who comes below it.
            words = table.words(row, filled[0])
            label = label_of(words, with_colon=True)
            label = label if label in (Label.PRESENT, Label.ABSENT, Label.CATEGORY) else None
            there = label is not Label.ABSENT if label else there
            group = "" if label or likeness(words).organisation <= 0.2 else words.rstrip(":")
            continue
        for columns, status in named:
            for someone in _people(table, row, columns):
                _complete(table, row, someone, group)
                was_there = _was_there(table, row, someone, there=there)
                found.append((someone, was_there if status is None else status))
    if not table.says_organisation:
        kinds = [one for one, _ in found if one.organisation]
        if not any(is_outside(one.organisation) for one in kinds):
            for one in kinds:
                one.notes, one.organisation = [*one.notes, one.organisation], ""
    return [(_found(one), there) for one, there in found]


def _named(table: Table) -> list[tuple[list[int], bool | None]]:
    """Return the columns that name people, with whether these were there if the column tells.

    Given name and surname may stand in two.
    """
    if table.by_status:
        return [([column], there) for column, there in table.by_status]
    kinds = (Column.NAME, Column.SURNAME)
    return [([at for kind in kinds if (at := table.column(kind)) is not None], None)]


def _people(table: Table, row: int, columns: list[int]) -> list[Someone]:
    """Return the people named in columns of a row."""
    lines = [one.line for column in columns for one in table.cell(row, column)]
    if not lines:
        return []
    if len(columns) > 1:
        lines = [replace(lines[0], text=" ".join(line.words for line in lines))]
    found = people.people(lines)
    alone = len(table.filled(row)) == 1 and table.width > 2
    least = 0.9 if alone else -0.9  # an organisation may stand above its people
    return [one for one in found if likeness(one.name).person >= least]


def _complete(table: Table, row: int, one: Someone, group: str) -> None:
    """Add what the other cells of a row say of somebody."""
    where = table.words(row, table.column(Column.ORGANISATION))
    where = re.sub(
        r"\s*\(([^()]*)\)\s*$", lambda match: "" if is_country(match[1]) else match[0], where
    )
    said = [table.words(row, column) for column in _others(table)]
    one.notes += [words for words in said if len(words) > 3 or is_initials(words, one.name)]
    online = table.column(Column.ONLINE)
    if online is not None and marks(table.words(row, online)):
        one.notes.append("online")
    is_role = where[:1].islower() and likeness(where).remark >= 1
    named = re.search(r"\w", where) and label_of(where) is not Label.CATEGORY and not is_role
    one.organisation = where if named else one.organisation or group
    one.span = Span(table.row_start(row), table.row_end(row))


def _found(one: Someone) -> Found[Person]:
    person = Person(one.name, one.organisation, "; ".join(one.notes))
    return Found(person, one.span, 0.93 if one.weight >= 0.4 else 0.7, Reason.IN_TABLE)


def _others(table: Table) -> list[int]:
    """Return the columns that hold neither the name nor where somebody comes from."""
    named = [table.column(kind) for kind in (Column.NAME, Column.SURNAME, Column.ORGANISATION)]
    return [column for column in range(table.width) if column not in named]


def _was_there(table: Table, row: int, one: Someone, *, there: bool) -> bool:
    """Say whether somebody was there, by the columns of marks, else by any word of the row."""
    away = table.column(Column.AWAY)
    if any(map(is_away, one.notes)) or (away is not None and _is_marked(table, row, away)):
        return False
    present = [
        column
        for kind in (Column.MARK, Column.ONLINE)
        if (column := table.column(kind)) is not None
    ]
    told = [_mark(table, row, column) for column in present]
    if True in told or False in told:
        return True in told
    if any(is_away(table.words(row, column)) for column in _others(table)):
        return False
    if present and away is None:
        return any(table.words(row, column) for column in present)
    return there and not (away is not None and present)


def _mark(table: Table, row: int, column: int) -> bool | None:
    """Return what the mark in a cell says; a letter means what its column makes of it."""
    words = table.words(row, column)
    cells = {table.words(one, column) for one in table.body}
    return letters(cells).get(words.lower(), marks(words))


def _is_marked(table: Table, row: int, column: int) -> bool:
    words = table.words(row, column)
    return bool(words) and (is_away(words) or marks(words) is not False)
