"""Tables: which column holds what, by its heading or by what stands in it."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.vocabulary import Label, fold


class Column(StrEnum):
    TIME = "time"
    ITEM = "item"
    RESULT = "result"
    WHO = "who"
    DEADLINE = "deadline"
    NAME = "name"
    ORGANISATION = "organisation"
    MARK = "mark"
    TASK = "task"
    ROLE = "role"
    NUMBER = "number"
    LINK = "link"
    CALL = "call"
    END = "end"


HEADINGS: dict[Column, str] = {
    Column.TIME: """
        tid|tidspunkt|kl|klokken|klokkeslæt|time|når|tidsplan|varighed|start|
        fra kl|start kl|from""",
    Column.END: """
        til|slut|til kl|slut kl|to|end""",
    Column.ITEM: """
        dagsordenspunkt|punkt|punkter|emne|dagsorden|sag|item|agenda item|topic|subject|agenda|
        indhold|program|tema|titel|overskrift|pkt""",
    Column.RESULT: """
        konklusion|beslutning|referat|drøftelse|resultat|noter|konklusioner|beslutninger|
        drøftelse og beslutning|bemærkninger|decision|conclusion|notes|discussion|outcome|
        minutes|summary|aftale|aftalt|opsamling|referat og beslutning""",
    Column.WHO: """
        ansvarlig|ansvarlige|hvem|tovholder|responsible|who|owner|lead|ved|v|oplægsholder|
        ansvar|indleder|presenter|udføres af|action by""",
    Column.DEADLINE: """
        deadline|frist|hvornår|senest|dato|tidsfrist|when|due|due date|by when|by|date|inden""",
    Column.NAME: """
        navn|deltager|deltagere|navne|person|name|participant|attendee|medlem|member|
        participants|fulde navn""",
    Column.ORGANISATION: """
        organisation|virksomhed|arbejdssted|kommune|forening|repræsenterer|fra|organization|
        affiliation|company|institution|partner|arbejdsplads|org|organisation/virksomhed""",
    Column.MARK: """
        deltog|tilstede|til stede|fremmøde|status|fremmødt|mødt|present|attendance|attended|
        deltagelse|afbud|deltaget|tilstede/afbud|deltager ja/nej""",
    Column.TASK: """
        opgave|handling|aktion|hvad|task|action|what|to do|todo|aktivitet|opgaver|handlinger|
        aktionspunkt|action point""",
    Column.ROLE: """
        rolle|funktion|titel/rolle|stilling|role|position|function|land|country|post""",
    Column.NUMBER: """
        nr|no|#|pkt nr|punkt nr|number""",
    Column.LINK: """
        link|links|url|hjemmeside|læs mere|mere info|read more|more""",
    Column.CALL: """
        pulje|puljer|call|calls|opslag|fond|fonde|fond/pulje|pulje/fond|støtteordning|grant|
        grants|fund|funding|call title|navn på pulje""",
}
WORDS = {fold(word): column for column, words in HEADINGS.items() for word in words.split("|")}


@dataclass(slots=True)
class Table:
    number: int
    cells: dict[tuple[int, int], list[Row]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[Column, int] = field(default_factory=dict)
    headed: bool = False
    of_calls: bool = False  # the line above it announces calls

    @property
    def body(self) -> list[int]:
        """The numbers of the rows under the headings."""
        rows = sorted({row for row, _ in self.cells})
        return rows[1:] if self.headed else rows

    @property
    def width(self) -> int:
        return 1 + max((column for _, column in self.cells), default=0)

    def column(self, kind: Column) -> int | None:
        return self.columns.get(kind)

    def cell(self, row: int, column: int) -> list[Row]:
        """Return the lines in a cell that say something."""
        return [one for one in self.cells.get((row, column), []) if one.line.words]

    def words(self, row: int, column: int | None) -> str:
        return (
            " ".join(one.line.words for one in self.cell(row, column)) if column is not None else ""
        )

    def row_start(self, row: int) -> int:
        return min(
            one.line.start for (at, _), lines in self.cells.items() if at == row for one in lines
        )

    def row_end(self, row: int) -> int:
        return max(
            one.line.end for (at, _), lines in self.cells.items() if at == row for one in lines
        )


def read_tables(rows: list[Row]) -> list[Table]:
    """Return the document's tables with their columns named where that can be told."""
    tables: dict[int, Table] = {}
    last: Row | None = None
    for row in rows:
        last = row if row.cell is None and not row.blank else last
        if row.cell is not None:
            if row.cell.table not in tables:
                tables[row.cell.table] = Table(row.cell.table, of_calls=_announces_calls(last))
            table = tables[row.cell.table]
            table.cells[row.cell.row, row.cell.column].append(row)
    for table in tables.values():
        _name_columns(table)
    return list(tables.values())


def _announces_calls(row: Row | None) -> bool:
    return row is not None and len(row.rest.words) < 60 and row.label is Label.CALLS


def _name_columns(table: Table) -> None:
    first = min(row for row, _ in table.cells)
    for column in range(table.width):
        words = fold(re.sub(r"\([^()]*\)", "", table.words(first, column)))
        kind = (
            WORDS.get(words)
            or WORDS.get(words.split(" ")[0])
            or next(
                (
                    WORDS[part]
                    for part in re.split(r"\s*/\s*|\s+og\s+|\s+and\s+", words)
                    if part in WORDS
                ),
                None,
            )
        )
        if kind and kind not in table.columns:
            table.columns[kind] = column
    origin = table.column(Column.ORGANISATION)
    if (
        origin is not None
        and Column.TIME not in table.columns
        and _share(table, origin, _is_clock) > 0.6
    ):
        # "Fra" heads times as well as places of work.
        table.columns[Column.TIME] = table.columns.pop(Column.ORGANISATION)
    named = len(table.columns)
    if named >= 2 or (named and table.width <= 2):
        table.headed = True
        _settle(table)
        return
    table.columns = {}
    _by_content(table)


def _settle(table: Table) -> None:
    """Tell apart headings that mean one thing among these neighbours and another among those."""
    columns = table.columns
    if Column.NAME in columns and Column.WHO in columns and Column.ITEM not in columns:
        return
    linked = Column.LINK in columns and Column.DEADLINE in columns and Column.WHO not in columns
    if Column.ITEM in columns and (linked or (table.of_calls and Column.DEADLINE in columns)):
        columns[Column.CALL] = columns.pop(Column.ITEM)
    if Column.ITEM in columns and Column.MARK in columns and Column.NAME not in columns:
        columns.pop(Column.MARK)
    if Column.ORGANISATION in columns and Column.NAME not in columns:
        name = next(
            (
                at
                for at in range(table.width)
                if at not in columns.values() and _share(table, at, _is_person) > 0.6
            ),
            None,
        )
        if name is not None:
            columns[Column.NAME] = name
    if Column.NAME in columns and Column.MARK not in columns and Column.ITEM not in columns:
        mark = next(
            (
                at
                for at in range(table.width)
                if at not in columns.values() and _share(table, at, is_mark) > 0.6
            ),
            None,
        )
        if mark is not None:
            columns[Column.MARK] = mark
    if (
        Column.TASK not in columns
        and Column.ITEM in columns
        and Column.DEADLINE in columns
        and Column.RESULT not in columns
        and Column.TIME not in columns
    ):
        columns[Column.TASK] = columns.pop(Column.ITEM)


def _by_content(table: Table) -> None:
    """Name the columns of a table without headings by what most of their cells hold."""
    for column in range(table.width):
        if _share(table, column, _is_clock) > 0.6:
            table.columns[Column.TIME] = column
        elif _share(table, column, _is_person) > 0.6 and Column.NAME not in table.columns:
            table.columns[Column.NAME] = column
        elif _share(table, column, is_mark) > 0.6:
            table.columns[Column.MARK] = column
    if Column.TIME in table.columns:
        rest = [at for at in range(table.width) if at not in table.columns.values()]
        longest = max(
            rest, key=lambda at: sum(len(table.words(row, at)) for row in table.body), default=None
        )
        if longest is not None:
            table.columns[Column.ITEM] = longest
        if Column.NAME in table.columns:
            table.columns[Column.WHO] = table.columns.pop(Column.NAME)
    elif Column.NAME in table.columns:
        rest = [at for at in range(table.width) if at not in table.columns.values()]
        if rest:
            table.columns[Column.ORGANISATION] = max(
                rest,
                key=lambda at: _share(table, at, lambda words: likeness(words).organisation > 0.2),
            )


def _share(table: Table, column: int, test: object) -> float:
    filled = [words for row in table.body if (words := table.words(row, column))]
    return sum(bool(test(words)) for words in filled) / len(filled) if filled else 0.0  # type: ignore[operator]


def _is_clock(words: str) -> bool:
    return bool(re.match(r"(?:kl\.?\s*)?\d{1,2}[.:]\d\d", words))


def _is_person(words: str) -> bool:
    return likeness(re.sub(r"\([^()]*\)", "", words).strip()).person >= 0.9


MARKS_PRESENT = re.compile(
    r"(?:x|✓|✔|☑|ja|yes|j|y|\+|deltog|til ?stede|present|1|mødt|online|fysisk|teams|"
    r"via teams|zoom|delvist?|in part)\b|✓|✔|☑|\+",
    re.IGNORECASE,
)
MARKS_ABSENT = re.compile(
    r"(?:afbud|fravær|fraværende|nej|no|n|absent|excused|apolog\w*|regrets|syg|0|"
    r"forhindret|udeblev\w*|ikke mødt)\b|[-–—÷☐✗✘]",
    re.IGNORECASE,
)


def is_mark(words: str) -> bool:
    """Say whether a cell marks somebody present or absent."""
    return len(words) < 40 and bool(MARKS_PRESENT.match(words) or MARKS_ABSENT.match(words))
