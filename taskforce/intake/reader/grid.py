"""What stands in columns: the tables of plain text, and tables that are a form to fill in.

A table whose first column says what stands beside it (date, place, who was there) is read as lines:
each label on a line of its own, its values below it. What is left are tables with columns.
"""

import re
from dataclasses import dataclass, replace
from itertools import groupby

from taskforce.intake.reader.status import is_mark
from taskforce.intake.reader.text import Cell, Line, joined
from taskforce.intake.reader.vocabulary import Column, Label, column_of, label_of

MOST_LINES = 500  # of one table of plain text
LONGEST = 600  # characters of a line that may be a row of it
TAB = re.compile(r"\t")
CELL = re.compile(r"\t+| {3,}|\s*\|\s*")
RULE = re.compile(r"[\s:|+=_-]*")  # a line drawn between the rows of a table
# Labels of a form at the head of minutes.
FIELDS = {
    Label.DATE,
    Label.TIME,
    Label.START,
    Label.END,
    Label.PLACE,
    Label.PRESENT,
    Label.ABSENT,
    Label.ROLE,
    Label.NUMBER,
    Label.OTHER,
    Label.NEXT,
    Label.CATEGORY,
}
# Of these one at least must be there: "Formål" and "Emne" stand in other tables too.
HEAD = FIELDS - {Label.OTHER, Label.CATEGORY, Label.NEXT}
POINT = re.compile(
    r"(?:ad|punkt|pkt|dagsordenspunkt|sag|emne|item|agenda item)\.?\s*(?:nr\.?)?\s*\d{1,3}\s*[.:]?",
    re.IGNORECASE,
)
INSIDE = re.compile(r"(?P<label>[^:]{2,40}):\s+\S")
PEOPLE = {Label.PRESENT, Label.ABSENT}


def laid_out(lines: list[Line]) -> list[Line]:
    """Return the lines with cells for what stands in columns, and forms taken apart into lines."""
    lines = _with_cells(lines)
    result: list[Line] = []
    tables = 1 + max((line.cell.table for line in lines if line.cell), default=-1)
    for table, run in groupby(lines, lambda line: line.cell.table if line.cell else None):
        cells = list(run)
        if table is None:
            result += cells
            continue
        form, rest = _parted(cells)
        result += form
        # What is left below a form is a table of its own.
        number = table if not form else (tables := tables + 1)
        result += [_in_table(line, number) for line in rest]
    return result


def _in_table(line: Line, number: int) -> Line:
    return replace(line, cell=replace(line.cell, table=number)) if line.cell else line


# Forms


@dataclass(slots=True)
class Strip:
    """One row of a table: the lines of each cell that says something, by column."""

    cells: dict[int, list[Line]]

    def words(self, column: int) -> str:
        return " ".join(line.words for line in self.cells.get(column, []))

    @property
    def first(self) -> int:
        return min(self.cells)

    @property
    def plain(self) -> list[Line]:
        return [replace(line, cell=None) for cell in self.cells.values() for line in cell]

    @property
    def label(self) -> Label | None:
        """What the first cell announces; a row of one cell may be a heading of its own."""
        return label_of(self.words(0), with_colon=True) if 0 in self.cells else None

    @property
    def is_head(self) -> bool:
        """It names columns."""
        named = [column_of(self.words(column)) for column in self.cells]
        known = len(named) - named.count(None)
        return known >= 2 and 2 * known >= len(named)

    @property
    def labels(self) -> list[Label | None]:
        return [label_of(self.words(column), with_colon=True) for column in sorted(self.cells)]


def _parted(cells: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the form that a table is or begins with, and what is left of it."""
    if len({line.cell.column for line in cells if line.cell and line.words}) < 2:
        return [replace(line, cell=None) for line in cells], []
    strips: dict[int, Strip] = {}
    for line in cells:
        if line.cell and line.words:
            strips.setdefault(line.cell.row, Strip({})).cells.setdefault(
                line.cell.column, []
            ).append(line)
    rows = list(strips.values())
    end = next(
        (at for at, row in enumerate(rows) if row.is_head or POINT.fullmatch(row.words(0))),
        len(rows),
    )
    above = rows[:end]
    told = _tells_itself(above)
    if not told and not _is_form(above):
        return [], cells
    start = rows[end].cells[rows[end].first][0].start if end < len(rows) else None
    form = [line for row in above for line in (row.plain if told else _lines(row))]
    return form, [line for line in cells if start is not None and line.start >= start]


def _is_form(rows: list[Strip]) -> bool:
    labelled = [row for row in rows if 0 in row.cells and len(row.words(0)) < 60]
    known = [row.label for row in labelled if row.label in FIELDS]
    if not any(label in HEAD for label in known):
        return False
    titles = sum(len(row.cells) == 1 and row.label not in FIELDS for row in labelled)
    return 2 * len(known) >= len(labelled) - titles


def _tells_itself(rows: list[Strip]) -> bool:
    """Say whether most cells have their label inside them: "Dato: 3. april"."""
    told = [INSIDE.match(row.words(at)) for row in rows for at in row.cells]
    known = [label_of(one["label"], with_colon=True) in FIELDS for one in told if one]
    return sum(known) > 1 and 2 * sum(known) > len(told)


def _lines(row: Strip) -> list[Line]:
    """Return a row of a form as lines: each label with a colon, the values beside it below it."""
    others = {label for label in row.labels[1:] if label not in (*PEOPLE, None)}
    if row.label is Label.ROLE and not others:
        # "Kasserer | Bo Friis | afbud": one entry of a list of people.
        told = [line for cell in row.cells.values() for line in cell]
        return [replace(joined(told, "\t"), cell=None)]
    # What somebody is, and "KL", stand beside a name and are no labels there.
    listed = 0 not in row.cells or row.label in PEOPLE
    labels = PEOPLE if listed else FIELDS - {Label.CATEGORY}
    lines: list[Line] = []
    beside: list[list[Line]] = []
    for column in sorted(row.cells):
        known = label_of(row.words(column), with_colon=True) in labels
        if (column == 0 and len(row.cells) > 1) or (known and column != 1):
            lines += [*_beside(beside), _labelled(row.cells[column])]
            beside = []
        else:
            beside.append(row.cells[column])
    return [*lines, *_beside(beside)]


def _beside(cells: list[list[Line]]) -> list[Line]:
    """Return the values of a row; those that stand beside one another in its cells are one line."""
    if len(cells) > 1 and len({len(lines) for lines in cells}) == 1:
        pairs = [sorted(lines, key=lambda line: line.start) for lines in zip(*cells, strict=True)]
        return [replace(joined(pair, "\t"), cell=None) for pair in pairs]
    return [replace(line, cell=None) for lines in cells for line in lines]


def _labelled(lines: list[Line]) -> Line:
    """Return the label in a cell with the colon that its cell stands for."""
    line = joined(lines)
    text = line.text.rstrip()
    return replace(line, text=text if text.endswith(":") else f"{text}:", cell=None)


# Tables of plain text


def _with_cells(lines: list[Line]) -> list[Line]:
    """Return the lines; rows of a table that stands in plain text are taken apart into cells."""
    result: list[Line] = []
    tables = 1 + max((line.cell.table for line in lines if line.cell), default=-1)
    filled = [sum(bool(line.text[a:b].strip()) for a, b in _pieces(line)) for line in lines]
    wide = _next_wide(lines, filled)
    at = 0
    while at < len(lines):
        may_be = filled[at] > 1 and (
            wide[at] < at + MOST_LINES
            or _is_drawn(lines[at])
            or _is_headed(lines[at])
            or _is_marked(lines[at : at + 3])
        )
        count = _table_rows(lines, at, filled) if may_be else 0
        if count:
            result += _cells(lines[at : at + count], tables)
            tables += 1
        else:
            result.append(lines[at])
        at += count or 1
    return result


def _pieces(line: Line, *, tabs: int = 0) -> list[tuple[int, int]]:
    """Return (start, end) of what stands between the marks of a line's columns.

    Where no line of its table has more than `tabs`, there is an empty cell between two tabs.
    """
    counted = tabs > 1 and "\t" in line.text
    pieces, start = [], 0
    for match in (TAB if counted else CELL).finditer(line.text):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(line.text)))
    if counted or "|" in line.text:
        return pieces
    told = [(a, b) for a, b in pieces if line.text[a:b].strip()] or pieces[:1]
    # What a tab sets in stands below the second column of the row above.
    return [(0, 0), *told] if line.text.startswith("\t") else told


def _next_wide(lines: list[Line], filled: list[int]) -> list[int]:
    """Return for each line where the next of three columns stands before a table would end.

    Most lines can open no table, and are told so without a look at all that follow.
    """
    found, following = [], len(lines) + MOST_LINES
    for at in range(len(lines) - 1, -1, -1):
        if _parts_tables(lines[at]):
            following = len(lines) + MOST_LINES
        elif filled[at] > 2:
            following = at
        found.append(following)
    return found[::-1]


def _parts_tables(line: Line) -> bool:
    long = len(line.text) > LONGEST and not _is_drawn(line)
    return line.cell is not None or not line.words or long


def _is_marked(lines: list[Line]) -> bool:
    """Say whether the second of two columns tells who was there."""
    words = [_words(line) for line in lines]
    return len(lines) > 2 and all(len(one) == 2 and is_mark(one[1]) for one in words)


def _is_drawn(line: Line) -> bool:
    """Say whether a line begins as the row of a table that is drawn with strokes does."""
    return line.words.startswith("|") and line.words.endswith("|")


def _is_headed(line: Line) -> bool:
    """Say whether a line is the headings of two columns."""
    words = _words(line)
    return len(words) == 2 and all(column_of(one) for one in words)


def _is_new_head(line: Line) -> bool:
    """Say whether a line below the rows of a table has the headings of another."""
    named = [column_of(words) for words in _words(line)]
    return len(named) > 1 and None not in named and Column.ITEM in named


def _words(line: Line) -> list[str]:
    return [words for a, b in _pieces(line) if (words := line.text[a:b].strip())]


def _table_rows(lines: list[Line], at: int, pieces: list[int]) -> int:
    """Return how many lines from `at` on are rows of one table.

    Three columns are one; two only under headings, since a label and its value look alike.
    """
    columns, count, wide = 0, 0, 0
    head: list[int] = []
    headed = all(map(column_of, _words(lines[at])))
    end = at + MOST_LINES
    for number, (line, filled) in enumerate(zip(lines[at:end], pieces[at:end], strict=True), at):
        ruled = line.words and RULE.fullmatch(line.text)
        goes_on = (
            count
            and line.words
            and (
                ruled
                or "\t" in line.text
                # A line of its own between two rows says what they have in common.
                or (columns > 2 and pieces[number + 1 : number + 2] == [columns])
                or (headed and len(line.text.rstrip()) < head[1])
            )
        )
        other = count and (POINT.match(line.text) or (count > 1 and _is_new_head(line)))
        if _parts_tables(line) or (filled < 2 and not goes_on) or other:
            break
        head = head or [_start(line, piece) for piece in _pieces(line)]
        columns = max(columns, filled)
        count += 1
        wide += filled > 1
    if wide < 2:
        return 0
    listed = columns >= 3 or _is_drawn(lines[at]) or _is_headed(lines[at])
    return count if listed or _is_marked(lines[at : at + count]) else 0


def _cells(lines: list[Line], table: int) -> list[Line]:
    found: list[Line] = []
    row, tabs = -1, _tabs(lines)
    widest = max(lines, key=lambda line: len(_pieces(line, tabs=tabs)))
    head = [_start(widest, piece) for piece in _pieces(widest, tabs=tabs)]  # where columns begin
    for line in lines:
        if RULE.fullmatch(line.text) and line.words != "-":
            continue
        pieces = _pieces(line, tabs=tabs)
        row += 1
        if line.text.lstrip().startswith("|"):
            pieces = pieces[1:]
        starts = [_start(line, piece) for piece in pieces]
        aligned = "|" not in line.text and "\t" not in line.text and len(pieces) < len(head)
        for column, (begin, end) in enumerate(pieces):
            if aligned:
                column = min(range(len(head)), key=lambda at: abs(head[at] - starts[column]))
            if line.text[begin:end].strip():
                found.append(replace(line.part(begin, end), cell=Cell(table, row, column)))
    return found or lines


def _tabs(lines: list[Line]) -> int:
    """Return how many tabs part the columns of a table, none where they only set its words in."""
    counts = [line.text.count("\t") for line in lines]
    even = min(counts) == max(counts) or ("\t\t" not in lines[0].text and counts[0] == max(counts))
    return counts[0] if even else 0


def _start(line: Line, piece: tuple[int, int]) -> int:
    text = line.text[piece[0] : piece[1]]
    return piece[0] + len(text) - len(text.lstrip())
