"""The agenda: as a list of its own, as a table, or as the headings that the minutes have."""

import re
from dataclasses import dataclass, field, replace

from taskforce.intake.reader.dates import clocks, dates
from taskforce.intake.reader.draft import AgendaItem, Found, Span
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import BARE_NUMBER, Row
from taskforce.intake.reader.tables import Column, Table
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.titles import LEADERS, Title, is_person_line, read_title
from taskforce.intake.reader.vocabulary import Label

# A table of contents has the titles, and rarely their times.
CONTENTS = re.compile(r"(?:indhold|indholdsfortegnelse|contents|table of contents)\b\s*:?$", re.I)
STOP = {Label.MINUTES, Label.PRESENT, Label.ABSENT, Label.AGENDA}
# Headings that are no points of an agenda where the points have no numbers.
NO_POINTS = {
    *STOP,
    Label.ACTIONS,
    Label.NEXT,
    Label.NEWS,
    Label.ROLE,
    Label.DATE,
    Label.TIME,
    Label.PLACE,
    Label.OTHER,
    Label.DECISION,
    Label.CATEGORY,
    Label.NUMBER,
    Label.START,
    Label.END,
    Label.RESPONSIBLE,
    Label.DEADLINE,
}


@dataclass(slots=True)
class Point:
    """A point while it is being read."""

    row: int
    number: int | None
    title: Line
    clock: tuple[str, str | None] | None = None
    more: list[Line] = field(default_factory=list)
    last: int = 0


@dataclass(slots=True)
class Agenda:
    """The points, the rows that are agenda and nothing else, and where each point's text starts."""

    items: list[Found[AgendaItem]] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    heads: dict[int, int] = field(default_factory=dict)  # row of a heading in the body: its point
    titles_end: dict[int, int] = field(default_factory=dict)  # row: where its heading's words end


def read_agenda(
    rows: list[Row], taken: set[int], tables: list[Table], register: Register
) -> Agenda:
    """Return the agenda by the surest way that finds one."""
    contents = [row for row in rows if CONTENTS.match(row.rest.words)]
    lists = [row for row in rows if row.label is Label.AGENDA and row not in contents]
    return (
        _from_lists(lists, rows, taken, register)
        or _from_tables(rows, tables, register)
        or _from_lists(contents, rows, taken, register)
        or _from_body(rows, taken, register)
        or Agenda()
    )


# A list under its label


def _from_lists(
    heads: list[Row], rows: list[Row], taken: set[int], register: Register
) -> Agenda | None:
    for row in heads:
        if row.index in taken or (row.is_item and row.number):
            continue
        if row.cell is not None and row.value is not None and row.value.words:
            continue
        block = _block(rows, row.index, taken)
        points = _points(block) or _in_line(row)
        if len(points) >= 2 and not _is_merged(points, rows):
            return _agenda(rows, points, {row.index, *(one.index for one in block)}, register)
    return None


def _in_line(row: Row) -> list[Point]:
    """Read "Dagsorden: Velkomst, status, evt." """
    if row.value is None or len(row.value.words) > 300:
        return []
    parts = [match for match in re.finditer(r"[^,;]+", row.value.text) if match[0].strip(" .")]
    return [Point(row.index, None, row.value.part(*match.span())) for match in parts]


def _block(rows: list[Row], at: int, taken: set[int]) -> list[Row]:
    """Return the rows of the list that starts after row `at`."""
    block: list[Row] = []
    numbers: list[int] = []
    marked, blank = False, False
    for row in rows[at + 1 :]:
        if row.blank:
            blank = True
            block.append(row)
            continue
        if (
            row.index in taken
            or row.cell is not None
            or _ends(row, block, numbers, marked=marked, blank=blank)
        ):
            break
        if row.number is not None:
            numbers.append(row.number)
        marked = marked or row.is_item or row.bullet
        blank = False
        block.append(row)
    while block and block[-1].blank:
        block.pop()
    return block


def _ends(row: Row, block: list[Row], numbers: list[int], *, marked: bool, blank: bool) -> bool:
    if row.label in STOP and not row.is_item and not row.bullet:
        return True
    if row.number is not None:
        return bool(numbers) and row.number <= numbers[-1]
    if row.clock is not None or row.bullet or row.sub:
        return False
    if row.label in (Label.ROLE, Label.ACTIONS, Label.NEXT, Label.NEWS) and (
        blank or (row.value is not None and row.value.words)
    ):
        return True
    if (row.line.level or row.is_heading) and marked:
        return True
    words = row.rest.words
    if marked and blank and block and not _waits_for_title(block):
        # A question may belong to the point above; anything else is no part of the list.
        return not words.endswith("?") and (not words[:1].islower() or len(words) > 60)
    if not marked and blank and any(not one.blank for one in block):
        return True
    return len(words) > 200


def _waits_for_title(block: list[Row]) -> bool:
    last = next((row for row in reversed(block) if not row.blank), None)
    return last is not None and last.is_item and not last.rest.words


def _points(block: list[Row]) -> list[Point]:
    """Return the points of a list, by the mark that they have in common."""
    filled = [row for row in block if not row.blank]
    timed = [row for row in filled if row.clock is not None]
    numbered = [row for row in filled if row.number is not None]
    bulleted = [row for row in filled if row.bullet]
    if len(timed) >= 2 and len(timed) >= len(numbered):
        starts = timed
    elif len(numbered) >= 2 or (numbered and filled[0].number is not None):
        starts = numbered
    elif len(bulleted) >= 2:
        starts = [row for row in bulleted if row.depth == min(one.depth for one in bulleted)]
    elif len(bare := _barely_numbered(filled, first=None)) >= 2:
        filled = [{row.index: row for row in bare}.get(row.index, row) for row in filled]
        starts = bare
    else:
        starts = [row for row in filled if not row.rest.words[:1].islower()]
    return _grouped(filled, starts)


def _grouped(filled: list[Row], starts: list[Row]) -> list[Point]:
    points: list[Point] = []
    heads = {row.index for row in starts}
    for row in filled:
        if row.index in heads:
            clock = (row.clock.start, row.clock.end) if row.clock else None
            points.append(Point(row.index, row.number, row.rest, clock, last=row.index))
        elif points and not points[-1].title.words:
            points[-1].title, points[-1].last = row.rest, row.index
            points[-1].number = points[-1].number or row.number
        elif points:
            points[-1].more.append(row.rest)
            points[-1].last = row.index
    return [point for point in points if point.title.words]


def _is_merged(points: list[Point], rows: list[Row]) -> bool:
    """Say whether the points carry their results, so that the list is the minutes themselves."""
    words = sum(len(line.words.split()) for point in points for line in point.more)
    return words > 25 * len(points)


# Columns of a table


def _from_tables(rows: list[Row], tables: list[Table], register: Register) -> Agenda | None:
    for table in tables:
        title = table.column(Column.ITEM)
        if title is None:
            continue
        agenda = Agenda()
        for number in table.body:
            _table_row(agenda, table, number, title, register)
        if len(agenda.items) >= 2:
            if table.column(Column.RESULT) is None:
                agenda.heads = {}
                agenda.rows = {
                    row.index for row in rows if row.cell and row.cell.table == table.number
                }
            return agenda
    return None


def _table_row(agenda: Agenda, table: Table, number: int, column: int, register: Register) -> None:
    rows = table.cell(number, column)
    if not rows:
        return
    title = read_title(rows[0].rest, register)
    if not re.search(r"\w\w", title.text) or len(title.text) > 250:
        return
    when = table.column(Column.TIME)
    clock = rows[0].clock
    if when is not None and (cells := table.cell(number, when)):
        text = " ".join(row.line.words for row in cells)
        clock = cells[0].clock or next(iter(clocks(text, bare=True)), None)
        if clock is None and (length := re.search(r"(\d+)\s*min", text)):
            title.minutes = int(length[1])
    # Beside tasks the column names who does them.
    who = table.column(Column.WHO) if table.column(Column.TASK) is None else None
    if who is not None and (cells := table.cell(number, who)):
        title.responsible = _who(cells[0].line.words, register) or title.responsible
    if clock:
        title.start, title.end = clock.start, clock.end
        if (until := table.column(Column.END)) is not None and title.end is None:
            ends = clocks(table.words(number, until), bare=True)
            title.end = ends[0].start if ends else None
    details = " ".join(row.line.words for row in rows[1:])
    span = Span(table.row_start(number), rows[-1].line.end)
    agenda.heads[rows[0].index] = len(agenda.items)
    agenda.items.append(_item(title, details, span, Reason.IN_TABLE))
    agenda.numbers.append(rows[0].number)


def _who(words: str, register: Register) -> str:
    first = re.split(r",|;|\n|\s\(| og | and |/", words)[0].strip(" .")
    index = register.find(first)
    if index is not None:
        return register.people[index].value.name
    from taskforce.intake.reader.names import likeness

    return first if likeness(first).person >= 0.9 else ""


# Headings of the body


def _from_body(rows: list[Row], taken: set[int], register: Register) -> Agenda | None:
    free = [row for row in rows if row.index not in taken and row.cell is None and not row.blank]
    for candidates, reason in (
        (_chain([row for row in free if row.worded]), Reason.BY_NUMBER),
        (_programme(free), Reason.BY_CLOCK),
        (
            _chain([row for row in free if row.number is not None and row.line.level]),
            Reason.BY_NUMBER,
        ),
        (
            _chain([row for row in free if row.number is not None and not row.worded]),
            Reason.BY_NUMBER,
        ),
        (_barely_numbered(free), Reason.BY_NUMBER),
        (_styled(free), Reason.HEADINGS_ONLY),
        (_bulleted(free), Reason.HEADINGS_ONLY),
    ):
        if len(candidates) >= 2:
            return _merged(rows, candidates, reason, register)
    return None


def _chain(numbered: list[Row]) -> list[Row]:
    """Return the longest run of rows whose numbers go up by one; shallow ones before deep ones."""
    best: list[Row] = []
    for at, first in enumerate(numbered[:60]):
        if first.number is None or (best and first.number != 1 and len(best) > 2):
            continue
        chain = [first]
        for row in numbered[at + 1 :]:
            if row.number == (chain[-1].number or 0) + 1 and abs(row.depth - first.depth) <= 0:
                chain.append(row)
        if len(chain) > len(best):
            best = chain
    return best


def _programme(free: list[Row]) -> list[Row]:
    timed = [
        row
        for row in free
        if row.clock is not None
        and (row.rest.words or row.clock.end)
        and row.label not in (Label.TIME, Label.DATE, Label.START, Label.END)
    ]
    starts = [row.clock.start for row in timed if row.clock]
    return timed if len(timed) >= 3 and starts == sorted(starts) else []


# A sentence ends so, a title does not; "Evt." is a title.
ENDED = re.compile(r"[,;:!]$|\w{5,}\.$")


def _barely_numbered(free: list[Row], first: int | None = 1) -> list[Row]:
    """Return short lines numbered in order with no mark behind the number: "1 Siden sidst".

    Agendas begin with one; committees count on from the last meeting, which `first` None allows.
    """
    found: list[Row] = []
    for row in free:
        match = BARE_NUMBER.match(row.line.text)
        titled = (
            match and len(row.line.words) < 80 and not ENDED.search(LEADERS.sub("", row.line.text))
        )
        if not match or not titled or dates(row.line.text):
            continue
        number = int(match["plain"])
        if number == (found[-1].number + 1 if found and found[-1].number else first or number):
            found.append(replace(row, number=number, rest=row.line.part(match.end())))
    return found if len(found) > 2 and found[0].rest.words[:1].isupper() else []


def _styled(free: list[Row]) -> list[Row]:
    heads = [
        row
        for row in free
        if row.is_heading and row.label not in NO_POINTS and row.number is None and row.index > 2
    ]
    levels = {row.line.level for row in heads if row.line.level}
    for level in sorted(levels):
        found = [row for row in heads if row.line.level == level]
        if len(found) >= 2:
            return found
    for kind in (lambda row: row.line.bold, lambda row: not row.line.level):
        found = [row for row in heads if kind(row)]
        if len(found) >= 2:
            return found
    return []


def _bulleted(free: list[Row]) -> list[Row]:
    """Return the outer bullets where they have bullets inside: points with their notes."""
    bullets = [row for row in free if row.bullet]
    if not bullets:
        return []
    outer = min(row.depth for row in bullets)
    top = [row for row in bullets if row.depth == outer and row.label not in NO_POINTS]
    inner = [row for row in bullets if row.depth > outer]
    return top if len(inner) >= len(top) and all(len(row.rest.words) < 90 for row in top) else []


SPLIT_RESULT = re.compile(
    r"(?P<title>(?:[^.:]|\b(?:Evt|evt|mv|nr|pkt)\.){1,80}?)(?::\s+|\.\s+(?=[A-ZÆØÅ\"“”]))(?P<result>\S.*)$"
)


def _merged(rows: list[Row], heads: list[Row], reason: Reason, register: Register) -> Agenda:
    agenda = Agenda()
    told = _tell_results(rows, heads)
    for row in heads:
        line, end = _heading(rows, row, told=told)
        title = read_title(line, register)
        if not title.text:
            continue
        if row.clock:
            title.start, title.end = row.clock.start, row.clock.end
        agenda.heads[row.index] = len(agenda.items)
        agenda.titles_end[row.index] = end
        span = Span(row.line.span.start, max(line.end, row.line.span.start))
        agenda.items.append(_item(title, "", span, reason))
        agenda.numbers.append(row.number)
    return agenda


def _tell_results(rows: list[Row], heads: list[Row]) -> bool:
    """Say whether these points mostly have their results on the line of the heading."""
    ended = [row for row in heads if SPLIT_RESULT.match(row.rest.text) and _has_result(rows, row)]
    return 2 * len(ended) >= len(heads)


def _has_result(rows: list[Row], row: Row) -> bool:
    """Say whether a heading's line goes on as prose does: to a full stop, or over the line."""
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    plain = following is not None and not following.blank and not following.is_item
    long = plain and following is not None and (following.wrapped or len(row.rest.words) > 60)
    return bool(re.search(r"[.!?]\s*$", row.rest.text)) or long


def _heading(rows: list[Row], row: Row, *, told: bool) -> tuple[Line, int]:
    """Return the words of a heading whose result may stand on the same line, and their end."""
    line = row.rest
    following = next((one for one in rows[row.index + 1 : row.index + 3] if not one.blank), None)
    if not line.words:
        return (following.rest, following.line.end) if following else (line, row.line.end)
    match = SPLIT_RESULT.match(line.text)
    if match and (told or _has_result(rows, row)):
        title = line.part(0, match.end("title"))
        return title, title.end
    if following is not None and following.index == row.index + 1 and _wraps(row, following):
        gap = " " * (following.line.start - line.end)
        whole = replace(line, text=line.text + gap + following.line.text.rstrip())
        return whole, following.line.end
    return line, line.end


def _wraps(row: Row, following: Row) -> bool:
    """Say whether a heading runs over to the next line."""
    marked = following.is_item or following.bullet
    open_end = len(row.rest.words) > 40 and not re.search(r"[.:?!]$", row.rest.words)
    return open_end and not marked and following.line.words[:1].islower()


# Points to items


def _agenda(rows: list[Row], points: list[Point], taken: set[int], register: Register) -> Agenda:
    agenda = Agenda(rows=taken)
    for point in points:
        agenda.items.append(_read_point(point, register))
        agenda.numbers.append(point.number)
    return agenda


def _read_point(point: Point, register: Register) -> Found[AgendaItem]:
    line, more, responsible = point.title, [], ""
    end = line.end
    for number, extra in enumerate(point.more):
        who = _named_below(extra, register)
        if who and not responsible:
            responsible = who
        elif (
            number == 0
            and extra.words[:1].islower()
            and (not re.search(r"[.?!:]$", line.words) or re.search(r"\d\.$", line.words))
        ):
            line = replace(line, text=line.text.rstrip() + " " + extra.words)
        else:
            more.append(extra.words)
        end = max(end, extra.end)
    title = read_title(line, register)
    title.responsible = title.responsible or responsible
    if point.clock:
        title.start, title.end = point.clock
    reason = (
        Reason.BY_CLOCK if point.clock else Reason.BY_NUMBER if point.number else Reason.BY_LABEL
    )
    return _item(title, "\n".join(more), Span(point.title.start, end), reason)


def _named_below(line: Line, register: Register) -> str:
    match = re.match(
        r"(?:ansvarlig|responsible|v/|ved|oplæg(?: ved)?|lead|presenter|"
        r"indleder)\s*:?\s*(?P<who>[A-ZÆØÅ].*)$",
        line.words,
        re.IGNORECASE,
    )
    if match:
        return _who(match["who"], register)
    return is_person_line(line, register)


def _item(title: Title, details: str, span: Span, reason: Reason) -> Found[AgendaItem]:
    end = title.end
    if end is None and title.start and title.minutes:
        total = int(title.start[:2]) * 60 + int(title.start[3:]) + title.minutes
        end = f"{total // 60 % 24:02}:{total % 60:02}"
    confidence = 0.7 if reason is Reason.HEADINGS_ONLY else 0.92
    return Found(
        AgendaItem(title.text, title.start, end, details, title.responsible),
        span,
        confidence,
        reason,
    )
