"""Tables with columns: what each column holds, by its heading and by what stands in it."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from taskforce.intake.reader.dates import clocks, dates
from taskforce.intake.reader.names import is_outside, likeness
from taskforce.intake.reader.people import looks_like_people
from taskforce.intake.reader.pieces import INITIALS
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.status import is_mark
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import Column, Label, column_of, label_of

HOUSES = re.compile(
    r"org|virksomhed|firma|kommune|forening|arbejds|institution|company|affiliation|partner",
    re.IGNORECASE,
)
MOST_ROWS = 300  # of one table; no meeting has more people or points
MOST = 0.6  # of a column's cells say what it holds
LISTS = (Label.PRESENT, Label.ABSENT, Label.CATEGORY)  # what announces people
MARKS = (Column.MARK, Column.ONLINE, Column.AWAY)


@dataclass(slots=True)
class Table:
    number: int
    cells: dict[tuple[int, int], list[Row]] = field(default_factory=lambda: defaultdict(list))
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    columns: dict[Column, int] = field(default_factory=dict)
    spare: dict[Column, int] = field(default_factory=dict)  # a second column of that kind
    head: int = 0  # rows above the first that is not headings
    above: Row | None = None  # the line above it
    cards: bool = False  # each cell is a person
    width: int = 0
    numbers: list[int] = field(default_factory=list)  # of its rows, in order

    @property
    def body(self) -> list[int]:
        """The numbers of the rows under the headings."""
        return [row for row in self.numbers if row >= self.head]

    def column(self, kind: Column) -> int | None:
        return self.columns.get(kind)

    def cell(self, row: int, column: int) -> list[Row]:
        """Return the lines in a cell that say something."""
        return [one for one in self.cells.get((row, column), []) if one.line.words]

    def words(self, row: int, column: int | None) -> str:
        """Return what a cell says, or the one above that was merged with it."""
        if column is None:
            return ""
        at = self.covered.get((row, column), (row, column))
        return " ".join(one.line.words for one in self.cell(*at))

    def stacks(self) -> list[tuple[list[Line], Label | None]]:
        """Return the lines of each cell of people, and what its heading says of all of them.

        A heading that is no label is their organisation, and stands above them.
        """
        heads = {
            column: (words, label_of(words) or (Label.CATEGORY if column_of(words) else None))
            for column in range(self.width)
            if self.head and (words := self.words(self.numbers[0], column))
        }
        found = []
        for row in self.body:
            for column in self.filled(row):
                lines = [one.line for one in self.cell(row, column)]
                words, label = heads.get(column, ("", None))
                if words and label is None:
                    above = self.cell(self.numbers[0], column)[0].line
                    lines = [replace(above, text=f"{words.rstrip(' :')}:"), *lines]
                found.append((lines, label))
        return found

    def filled(self, row: int) -> list[int]:
        return [column for column in range(self.width) if self.cell(row, column)]

    def row_start(self, row: int) -> int:
        return min(one.line.start for one in self._lines(row))

    def row_end(self, row: int) -> int:
        return max(one.line.end for one in self._lines(row))

    def _lines(self, row: int) -> list[Row]:
        columns = range(self.width)
        return [one for column in columns for one in self.cells.get((row, column), [])]

    def share(self, column: int, test: Callable[[str], bool]) -> float:
        """Return in what part of a column's cells that say something a test holds."""
        filled = [words for row in self.body if (words := self.words(row, column))]
        return sum(map(test, filled)) / len(filled) if filled else 0.0

    def organisation(self, column: int) -> float:
        """Return how much the cells of a column look like organisations."""
        return sum(likeness(self.words(row, column)).organisation for row in self.body)

    @property
    def says_organisation(self) -> bool:
        """Its heading says that a column holds organisations, and not for whom somebody sits."""
        at = self.column(Column.ORGANISATION)
        words = [self.words(row, at) for row in self.numbers if row < self.head]
        return any(HOUSES.search(one) for one in words)

    @property
    def lists_people(self) -> bool:
        """It has people in its rows, and neither points, tasks nor calls."""
        if self.cards or self.by_status:
            return True
        other = (Column.ITEM, Column.TASK, Column.CALL, Column.DEADLINE)
        if Column.NAME not in self.columns or any(one in self.columns for one in other):
            return False
        told = {Column.ORGANISATION, Column.ROLE, *MARKS} & set(self.columns)
        return bool(told) or self.announced in LISTS

    @property
    def by_status(self) -> list[tuple[int, bool]]:
        """The columns in which people stand below "Til stede" and "Afbud", and which it is."""
        if any(one in self.columns for one in (Column.ITEM, Column.TASK)):
            return []
        away = self.column(Column.AWAY)
        if Column.NAME in self.columns and (away is None or self.share(away, _is_person) < 0.5):
            return []
        marked = [kind for kind in self.columns if kind in (*MARKS, Column.NAME)]
        named = any(self.share(self.columns[kind], _lists_people) >= 0.5 for kind in marked)
        return [(self.columns[kind], kind is not Column.AWAY) for kind in marked if named]

    @property
    def may_have_points(self) -> bool:
        """It lists neither people, calls nor tasks."""
        other = {Column.NAME, Column.CALL, Column.TASK, Column.DEADLINE, Column.ORGANISATION}
        return not (self.cards or other & set(self.columns))

    @property
    def free(self) -> list[int]:
        """The columns without a name."""
        return [column for column in range(self.width) if column not in self.columns.values()]

    @property
    def announced(self) -> Label | None:
        """What the line above the table announces."""
        above = self.above
        alone = above is not None and len(above.rest.words) < 60 and not above.beside
        return above.label if alone and above else None


def read_tables(rows: list[Row]) -> list[Table]:
    """Return the document's tables with their columns named where that can be told."""
    tables: dict[int, Table] = {}
    last: Row | None = None
    for row in rows:
        last = row if row.cell is None and not row.blank else last
        if row.cell is None:
            continue
        table = tables.setdefault(row.cell.table, Table(row.cell.table, above=last))
        place = row.cell.row, row.cell.column
        table.cells[place].append(row)
        for below in range(1, row.cell.covers):
            table.covered[place[0] + below, place[1]] = place
    for table in tables.values():
        table.width = 1 + max(column for _, column in table.cells)
        table.numbers = sorted({row for row, _ in table.cells})[:MOST_ROWS]
        _fold(table)
        _name_columns(table)
    return list(tables.values())


def _fold(table: Table) -> None:
    """Put a table under itself whose columns stand twice beside each other."""
    half = table.width // 2
    twice = [
        row
        for row in table.numbers[:3]
        if all(table.words(row, at) == table.words(row, at + half) != "" for at in range(half))
    ]
    if table.width % 2 or not half or not twice:
        return
    for row, column in sorted(table.cells, reverse=True):
        lines = table.cells.pop((row, column))
        if row != twice[0] or column < half:
            table.cells[2 * row + column // half, column % half] = lines
    table.covered.clear()
    table.width = half
    table.numbers = sorted({row for row, _ in table.cells})[:MOST_ROWS]


def _name_columns(table: Table) -> None:
    if _stacked(table):
        table.cards = True
        return
    for row in table.numbers[:4]:
        if any(_is_person(table.words(row, column)) for column in table.filled(row)):
            break
        named = {
            column: kind
            for column in table.filled(row)
            if (kind := column_of(table.words(row, column)))
        }
        if len(named) < 2 and not (named and table.width == 2 and not table.columns):
            # A row of one cell above the headings is their title.
            if table.columns or len(table.filled(row)) > 1:
                break
            continue
        if table.columns and len(named) < len(table.filled(row)):
            break
        table.head = row + 1
        for column, kind in named.items():
            taken = {at: one for one, at in table.columns.items()}
            table.columns.pop(taken[column]) if column in taken else None
            if table.columns.setdefault(kind, column) != column:
                table.spare.setdefault(kind, column)
    if table.columns:
        _settle(table)
    else:
        _by_content(table)


def _settle(table: Table) -> None:
    """Tell apart headings that mean one thing among these neighbours and another among those."""
    columns = table.columns
    if Column.ORGANISATION in table.spare:
        # "Partner" may head its number as well as its name.
        both = columns[Column.ORGANISATION], table.spare[Column.ORGANISATION]
        columns[Column.ORGANISATION] = max(both, key=table.organisation)
    for kind in (Column.ORGANISATION, Column.DEADLINE):
        # "Fra" heads times as well as places of work.
        if kind in columns and table.share(columns[kind], _is_clock) > MOST:
            columns.setdefault(Column.TIME, columns.pop(kind))
    if Column.ITEM in columns:
        _settle_points(table)
    if Column.TASK in columns and Column.TIME in columns and Column.DEADLINE not in columns:
        # "Tid, hvad, hvem" heads a programme.
        columns.setdefault(Column.ITEM, columns.pop(Column.TASK))
    if Column.ITEM in columns and Column.NAME not in columns:
        if Column.TIME not in columns:
            _take(table, Column.TIME, _is_clock)
        if Column.WHO not in columns:
            _take(table, Column.WHO, _is_person)
    if Column.ORGANISATION in columns and Column.NAME not in columns:
        _take(table, Column.NAME, _is_person)
    if any(mark in columns for mark in MARKS) and not {Column.NAME, Column.ITEM} & set(columns):
        _take(table, Column.NAME, _is_person)
    if Column.NAME in columns and Column.ITEM not in columns:
        if not any(mark in columns for mark in MARKS):
            _take(table, Column.MARK, is_mark)
        if Column.ORGANISATION not in columns:
            _take_organisations(table)
    timed = Column.TIME in columns and not {Column.NAME, Column.TASK} & set(columns)
    numbered = Column.NUMBER in columns and Column.RESULT in columns
    if (timed or numbered) and Column.ITEM not in columns:
        _take_longest(table, Column.ITEM)


def _settle_points(table: Table) -> None:
    """Tell points from what people are, from numbers and from calls."""
    columns = table.columns
    if Column.NAME in columns and _only_people(table):
        # "Titel" heads what people are as well as what is spoken of.
        columns.setdefault(Column.ROLE, columns.pop(Column.ITEM))
        return
    if table.share(columns[Column.ITEM], _is_number) > MOST:
        columns.setdefault(Column.NUMBER, columns.pop(Column.ITEM))
        if Column.ITEM in table.spare:
            columns[Column.ITEM] = table.spare[Column.ITEM]
        else:
            _take_longest(table, Column.ITEM)
    linked = Column.LINK in columns and Column.DEADLINE in columns and Column.WHO not in columns
    of_calls = table.announced is Label.CALLS and Column.DEADLINE in columns
    if Column.ITEM in columns and (linked or of_calls):
        columns[Column.CALL] = columns.pop(Column.ITEM)


def _by_content(table: Table) -> None:
    """Name the columns of a table without headings by what most of their cells hold."""
    listed = table.announced in LISTS
    if listed and table.width > 1 and all(_cards(table, at) for at in range(table.width)):
        table.cards = True
        return
    _take(table, Column.TIME, _is_clock)
    _take(table, Column.NAME, _is_person)
    _take(table, Column.MARK, is_mark)
    if Column.TIME in table.columns:
        if Column.NAME in table.columns:
            table.columns[Column.WHO] = table.columns.pop(Column.NAME)
        _take_longest(table, Column.ITEM)
        return
    if Column.NAME in table.columns:
        _take_organisations(table)


def _take_organisations(table: Table) -> None:
    """Name the column of organisations, if one of its cells surely is one."""
    column = _free(table, _is_organisation)
    if column is not None and table.share(column, _is_sure):
        table.columns[Column.ORGANISATION] = column


def _free(table: Table, test: Callable[[str], bool]) -> int | None:
    """Return the column without a name of which the test holds most, if it holds of most cells."""
    best = max(table.free, key=lambda at: table.share(at, test), default=None)
    return best if best is not None and table.share(best, test) > MOST else None


def _take(table: Table, kind: Column, test: Callable[[str], bool]) -> bool:
    column = _free(table, test)
    if column is not None:
        table.columns[kind] = column
    return column is not None


def _take_longest(table: Table, kind: Column) -> None:
    longest = max(
        table.free,
        key=lambda at: sum(len(table.words(row, at)) for row in table.body),
        default=None,
    )
    if longest is not None:
        table.columns[kind] = longest


def _only_people(table: Table) -> bool:
    other = {Column.TIME, Column.RESULT, Column.DEADLINE, Column.TASK, Column.NUMBER}
    return (
        not other & set(table.columns) and table.share(table.columns[Column.NAME], _is_person) > 0.5
    )


def _stacked(table: Table) -> bool:
    """Say whether below the headings each cell names people, one a line."""
    table.head = table.numbers[0] + 1
    cells = [table.cell(row, column) for row in table.body for column in table.filled(row)]
    lines = [one.line for lines in cells for one in lines]
    named = sum(_is_person(re.split(r"[,(–/-]", one.words)[0]) for one in lines)
    found = len(lines) > len(cells) > 1 and all(map(looks_like_people, lines))
    found = found and named > 0.5 * len(lines)
    table.head = table.head if found else 0
    return found


def _cards(table: Table, column: int) -> bool:
    """Say whether the cells of a column begin with somebody's name."""
    first = [table.cell(row, column)[0].line.words for row in table.body if table.cell(row, column)]
    return bool(first) and sum(map(_is_person, first)) > MOST * len(first)


def is_told(words: str) -> bool:
    """Say whether a cell holds a sentence."""
    return bool(re.search(r"\w{3}\.(?:\s|$)", words))


def _is_number(words: str) -> bool:
    return bool(re.fullmatch(r"(?:ad|pkt|punkt)?[\s.]*\d{1,3}[.)]?", words, re.IGNORECASE))


def _is_clock(words: str) -> bool:
    found = clocks(words, bare=True)
    return bool(found) and found[0].span.start < 5 and len(words) < 30 and not dates(words)


def _is_person(words: str) -> bool:
    return likeness(re.sub(r"\([^()]*\)", "", words).strip()).person >= 0.9


def _lists_people(words: str) -> bool:
    return looks_like_people(Line(0, words))


def _is_organisation(words: str) -> bool:
    return likeness(words).organisation > 0.2 and not INITIALS.fullmatch(words)


def _is_sure(words: str) -> bool:
    return is_outside(words) and not INITIALS.fullmatch(words)
