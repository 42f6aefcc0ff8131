"""The agenda: as a list of its own, as a table, or as the headings that the minutes have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile

from taskforce.intake.reader.dates import Clock, clocks
from taskforce.intake.reader.draft import AgendaItem, Found, Span
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.series import (
    CAPITALS,
    EVERYWHERE,
    LISTED,
    LISTED_ALONE,
    STOP,
    Lines,
    barely_numbered,
    is_title,
    tells_result,
)
from taskforce.intake.reader.tables import Table, is_told
from taskforce.intake.reader.text import UNFINISHED, Line, joined
from taskforce.intake.reader.titles import Title, is_person_line, read_title
from taskforce.intake.reader.vocabulary import Column, Label

SURELY_PERSON = 0.9
SENTENCE = re.compile(r"^[^,;]*\w{4}\.$")
PROSE = re.compile(r"\w{3}\.\s+[A-ZÆØÅ].*\w{3}\.$")  # two sentences
MAYBE_PERSON = 0.4
LISTS = (Label.PRESENT, Label.ABSENT, Label.CATEGORY, Label.ROLE)
# What a row below the points tells of, instead of a point.
ROWS = (Label.NEXT, Label.ROLE, Label.END, Label.PRESENT, Label.ABSENT)
PAUSE = re.compile(r"(?:\w*pause|frokost|lunch|\w*break)", re.IGNORECASE)
MOST = 300  # points of one meeting
MOST_BELOW = 5  # lines below a point that may name whose it is
# A table of contents has the titles, and rarely their times.
CONTENTS = re.compile(r"(?:indhold|indholdsfortegnelse|contents|table of contents)\b\s*:?$", re.I)


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
    """Return the likeliest of all lists, tables and headings that may be the agenda."""
    lines = _lines(rows, taken, tables, register)
    found = [
        *_from_lists(lines, rows, taken, tables, register),
        *_from_tables(lines, rows, tables, register),
        *_from_body(lines, rows, taken, register),
    ]
    ranked = [one for _weight, one in sorted(found, key=lambda one: -one[0]) if _are_points(one)]
    for again in ranked[1:]:
        _complete(ranked[0], again)
    return ranked[0] if ranked else Agenda()


def _are_points(agenda: Agenda) -> bool:
    """Say whether these are points, and no list of people."""
    titles = [item.value.title for item in agenda.items]
    named = sum(likeness(title).person >= SURELY_PERSON for title in titles)
    return len(titles) >= 2 and 2 * named < len(titles)


# A list under its label


def _from_lists(
    lines: Lines, rows: list[Row], taken: set[int], tables: list[Table], register: Register
) -> Iterator[tuple[float, Agenda]]:
    """Yield the lists below labels, and those that the document has once more as headings."""
    labelled = [row for row in rows if row.label is Label.AGENDA]
    heads = [(row, LISTED) for row in labelled if not CONTENTS.match(row.rest.words)]
    first = next(iter(lines.twice), None)
    if first and first[0].index:
        heads.append((rows[first[0].index - 1], LISTED_ALONE))
    for row, worth in heads:
        is_labelled = worth == LISTED
        if is_labelled and (row.index in taken or row.number or SENTENCE.search(row.beside)):
            continue
        if row.cell is not None and row.beside:
            continue
        block = _block(rows, row.index, taken)
        inline = _in_line(rows, row) if is_labelled else []
        if len(inline) > 2:
            # A title may have a comma inside: the headings below tell where each ends.
            for weight, told in _from_body(lines, rows, taken | {row.index}, register):
                if all(one.value.title.lower() in row.beside.lower() for one in told.items):
                    yield worth + weight, told
            block = []
        points = _points(block) or inline
        alike = len({bool(rows[one.row].line.level) for one in points}) == 1
        if len(points) >= 2 and alike and not _is_merged(points, rows):
            own = {row.index} - taken | {one.index for one in block}
            agenda = _agenda(points, own, register)
            titles = [one.value.title for one in agenda.items]
            yield lines.worth(worth, [rows[one.row] for one in points], titles), agenda


def _in_line(rows: list[Row], row: Row) -> list[Point]:
    """Read "Dagsorden: Velkomst, status, evt." """
    if row.value is None or len(row.value.words) > 300:
        return []
    inside = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}[.)]\s+(?P<one>.+?)(?=\s\(?\d{1,2}[.)]\s|$)")
    numbered = list(inside.finditer(row.value.text))
    if len(numbered) > 1 and not numbered[0].start():
        # "1) Velkomst 2) Økonomi" in one line
        ends = [
            (one.start("one"), one.start("one") + len(re.sub(r"(?:[ ,.;]|\sog)+$", "", one["one"])))
            for one in numbered
        ]
        return [Point(row.index, None, row.value.part(*span)) for span in ends]
    line = joined([row.value, *_broken_off(rows, row)], " ")
    line = line.part(0, len(re.sub(r"(?<!vt)[ .]+$", "", line.text)))
    # "…, regnskab og budget og eventuelt": the last "og" joins, best one before a capital.
    joins = [*re.finditer(r"\sog\s(?=[A-ZÆØÅ][^,;]*$)", line.text)]
    joins = joins or [*re.finditer(r"\sog\s(?=[^,;]*$)", line.text)]
    marks = [*re.finditer(r"[,;]", line.text), *joins[-1:]]
    parted = [*re.finditer(r"\s[/|·•]\s|;\s", line.text)]
    marks = parted if len(parted) > 1 else marks
    begins = [0, *(one.end() for one in marks)]
    stops = [*(one.start() for one in marks), len(line.text)]
    parts = [line.part(start, end) for start, end in zip(begins, stops, strict=True)]
    return [Point(row.index, None, part) for part in parts if part.words.strip(" .")]


def _broken_off(rows: list[Row], row: Row) -> list[Line]:
    """Return the lines that a margin broke off from a row."""
    return [one.line for one in takewhile(lambda one: one.wrapped, rows[row.index + 1 :])]


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
        ends = _ends(row, block, numbers, marked=marked, blank=blank)
        if row.index in taken or row.cell or (ends and not _interrupts(rows, row, block)):
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
    if block and row.rest.words and row.rest.words == block[0].rest.words:
        return True  # the first point once more, as a heading
    if row.number is not None:
        return bool(numbers) and row.number <= numbers[-1]
    if row.clock is not None or row.bullet or row.sub:
        return False
    if row.label in (Label.ROLE, Label.ACTIONS, Label.NEXT, Label.NEWS) and (blank or row.beside):
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


def _interrupts(rows: list[Row], row: Row, block: list[Row]) -> bool:
    """Say whether a short line stands between two times of a programme that goes on."""
    last = next((one.clock for one in reversed(block) if one.clock), None)
    following = next((one for one in rows[row.index + 1 : row.index + 4] if not one.blank), None)
    if last is None or following is None or following.clock is None or row.label is not None:
        return False
    return len(row.rest.words) < 90 and following.clock.start >= (last.end or last.start)


def _waits_for_title(block: list[Row]) -> bool:
    last = next((row for row in reversed(block) if not row.blank), None)
    return last is not None and last.is_item and not last.rest.words


def _points(block: list[Row]) -> list[Point]:
    """Return the points of a list, by the mark that they have in common."""
    filled = [row for row in block if not row.blank]
    timed = [row for row in filled if row.clock is not None]
    numbered = [row for row in filled if row.number is not None]
    bulleted = [row for row in filled if row.bullet]
    bare = barely_numbered(filled)
    if len(timed) >= 2 and len(timed) >= len(numbered):
        starts = timed
    elif 2 <= len(numbered) < len(bare):
        filled = [{row.index: row for row in bare}.get(row.index, row) for row in filled]
        starts = bare
    elif len(numbered) >= 2 or (numbered and filled[0].number is not None):
        starts = numbered
    elif len(bulleted) >= 2:
        starts = [row for row in bulleted if row.depth == min(one.depth for one in bulleted)]
    elif len(bare) >= 2:
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
    more = [line.words for point in points for line in point.more]
    sentences = sum(bool(re.search(r"[a-zæøå)]{3}\.$", words)) for words in more)
    long = sum(len(words.split()) for words in more) > 25 * len(points)
    told = [point for point in points if not is_title(point.title.words.rstrip("."))]
    run_in = [one for one in points if tells_result(one.title.words)]
    return (
        2 * len(run_in) > len(points)
        or long
        or 4 * sentences >= 3 * len(points)
        or 3 * len(told) > len(points)
    )


# Columns of a table


def _from_tables(
    lines: Lines, rows: list[Row], tables: list[Table], register: Register
) -> Iterator[tuple[float, Agenda]]:
    for table in tables:
        title = table.column(Column.ITEM)
        said = [table.words(row, title) for row in table.body]
        if title is None or 2 * len(set(said)) <= len(said) > 2:
            continue  # "Emne" and "Konklusion" by turns are labels
        agenda = Agenda()
        for number in _points_in(table, title):
            _table_row(agenda, table, number, title, register)
        if len(agenda.items) > 1:
            titles = [one.value.title for one in agenda.items]
            weight = lines.worth(LISTED, [rows[at] for at in agenda.heads], titles)
            if table.column(Column.RESULT) is None and not _tells(table, title):
                inside = {one.index for cell in table.cells.values() for one in cell}
                agenda.heads, agenda.rows = {}, inside
            yield weight, agenda


def _tells(table: Table, title: int) -> bool:
    """Say whether a column beside the titles has sentences, whatever its heading says."""
    others = [column for column in range(table.width) if column != title]
    return any(table.share(at, is_told) >= 0.3 for at in others)


def _points_in(table: Table, title: int) -> list[int]:
    """Return the rows that open a point: those with a number, where most have one or none."""
    opening = {
        number
        for number in table.body
        if any(row.number for at in {0, title} for row in table.cell(number, at))
    }
    wide = {number for number in table.body if table.filled(number) == [0]}
    part = {number for number in table.body if any(_is_part(row) for row in table.cell(number, 0))}
    counted = len(opening) > 1 and opening | wide | part >= {*table.body}
    return [
        number
        for number in table.body
        if number in opening or not counted or (number not in part and number - 1 not in opening)
    ]


def _is_part(row: Row) -> bool:
    """Say whether a cell names what a part of a point is: "Konklusion"."""
    return row.label in (Label.DECISION, Label.RESPONSIBLE, Label.DEADLINE, Label.MINUTES)


def _table_row(agenda: Agenda, table: Table, number: int, column: int, register: Register) -> None:
    rows = table.cell(number, column)
    if any(row.label in ROWS for at in range(column) for row in table.cell(number, at)):
        return
    if table.filled(number) == [0] and column != 0 and len(table.words(number, 0)) < 40:
        rows = table.cell(number, 0)  # "Pause" over the whole width
    # Number, title, time and person may be paragraphs of one cell.
    filled = [at for at, row in enumerate(rows) if row.rest.words]
    titled = next((at for at in filled if not _facts(rows[at], register, in_cell=True)), None)
    if titled is None:
        return
    title = read_title(rows[titled].rest, register)
    for at in filled:
        for clock, by in _facts(rows[at], register, in_cell=True) if at != titled else ():
            _take_clock(title, clock)
            title.responsible = title.responsible or by
    counted = table.column(Column.NUMBER)
    if agenda.items and counted is not None and not table.words(number, counted):
        last = agenda.items[-1]
        if agenda.numbers[-1] and title.text[:1].islower():
            # A title that goes on in the next line of a table set by hand.
            whole = f"{last.value.title} {title.text}"
            agenda.items[-1] = replace(last, value=replace(last.value, title=whole))
            return
    if not re.search(r"\w\w", title.text) or len(title.text) > 250:
        return
    _time_in_row(title, table, number, rows)
    told = table.column(Column.RESULT)
    untold = told is not None and not table.words(number, told) and title.end is None
    if untold and PAUSE.fullmatch(title.text):
        return
    # Beside tasks the column names who does them.
    who, task = table.column(Column.WHO), table.column(Column.TASK)
    who = None if who is not None and task is not None and task < who else who
    if who is not None and (words := table.words(number, who)):
        title.responsible = _who(words, register) or title.responsible
    more = [row.rest for row in rows[titled + 1 :] if row.rest.words]
    for line in more[:2]:
        inner = line.part(1, -1) if re.fullmatch(r"\([^()]*\)", line.words) else line
        title.responsible = title.responsible or _named_below(inner, register)
    details = " ".join(line.words for line in more)
    span = Span(table.row_start(number), rows[-1].line.end)
    agenda.heads[rows[titled].index] = len(agenda.items)
    agenda.items.append(_item(title, details, span, Reason.IN_TABLE))
    numbers = table.words(number, table.column(Column.NUMBER))
    told = rows[0].number or (int(numbers) if numbers.isdigit() else None)
    agenda.numbers.append(told)


def _time_in_row(title: Title, table: Table, number: int, rows: list[Row]) -> None:
    """Give a point the time that its row tells: in its own column, or before the title."""
    when = table.column(Column.TIME)
    clock = next((row.clock for row in rows if row.clock), None)
    if when is not None and (cells := table.cell(number, when)):
        text = " ".join(row.line.words for row in cells)
        clock = cells[0].clock or next(iter(clocks(text, bare=True)), None)
        if clock is None and (length := re.search(r"(\d+)\s*min", text)):
            title.minutes = int(length[1])
    if clock is None:
        return
    title.start, title.end = clock.start, clock.end
    if title.end is None:
        ends = clocks(table.words(number, table.column(Column.END)), bare=True)
        title.end = ends[0].start if ends else None


def _who(words: str, register: Register) -> str:
    first = re.split(r",|;|\n|\s\(| og | and |/", words)[0].strip(" .")
    index = register.find(first)
    if index is not None:
        return register.people[index].value.name
    return first if likeness(first).person >= SURELY_PERSON else ""


def _filled(rows: list[Row], places: range) -> Row | None:
    """Return the first row of some that says something."""
    return next((rows[at] for at in places if not rows[at].blank), None)


def _is_value(rows: list[Row], row: Row) -> bool:
    """Say whether a line gives the date, time or place whose label stands on the line above."""
    above = _filled(rows, range(row.index - 1, -1, -1))
    labels = (Label.DATE, Label.TIME, Label.START, Label.END)
    return above is not None and above.label in labels and not above.beside


# Headings of the body


def _lines(rows: list[Row], taken: set[int], tables: list[Table], register: Register) -> Lines:
    other, taken = _of_other_lists(rows), taken - _tails(rows, taken, register)
    closed = {table.number for table in tables if not table.may_have_points}
    free = [
        row
        for row in rows
        if row.index not in taken
        and row.index not in other
        and (row.cell is None or row.cell.table not in closed)
        and not row.blank
        and not _is_value(rows, row)
    ]
    return Lines(rows, free, register)


def _from_body(
    lines: Lines, rows: list[Row], taken: set[int], register: Register
) -> Iterator[tuple[float, Agenda]]:
    for series in lines.series():
        heads = series.heads
        if series.reason is Reason.HEADINGS_ONLY:
            heads = _below_people(rows, heads, taken)
        yield series.weight, _merged(rows, heads, series.reason, register)


def _complete(agenda: Agenda, again: Agenda) -> None:
    """Add what only a second list of the same points tells: times, and who presents them."""
    if [one.value.title for one in agenda.items] != [one.value.title for one in again.items]:
        return
    for at, (one, other) in enumerate(zip(agenda.items, again.items, strict=True)):
        mine, more = one.value, other.value
        start, end = mine.start or more.start, mine.end or more.end
        who = mine.responsible or more.responsible
        agenda.items[at] = replace(one, value=replace(mine, start=start, end=end, responsible=who))


def _tails(rows: list[Row], taken: set[int], register: Register) -> set[int]:
    """Return the last lines that lists of people took and that name nobody."""
    found: set[int] = set()
    ends = True
    for row in rows[::-1]:
        if row.index in taken:
            words = re.split(r"[:,;(–]", row.rest.words)[0]
            apart = rows[row.index - 1].blank or likeness(words).person < MAYBE_PERSON
            ends = ends and apart and row.label not in LISTS and register.find(words) is None
            found |= {row.index} if ends else set()
        elif not row.blank:
            ends = True
    return found


def _below_people(rows: list[Row], heads: list[Row], taken: set[int]) -> list[Row]:
    """Leave out what heads a list of people, and what stands above the first of them."""
    first = min(taken, default=0)
    found = []
    for row in heads:
        below = _filled(rows, range(row.index + 1, len(rows)))
        listed = below is not None and below.index in taken and not PROSE.search(below.rest.words)
        heads_people = row.index < first or listed
        if not heads_people or EVERYWHERE.search(row.rest.words):
            found.append(row)
    return found if len(found) > 1 else heads


def _of_other_lists(rows: list[Row]) -> set[int]:
    """Return the numbered lines right below a label of tasks, news or calls."""
    found: set[int] = set()
    inside = False
    for row in rows:
        if row.blank:
            continue
        if row.number is None:
            inside = row.label in (Label.ACTIONS, Label.NEWS, Label.CALLS) and not row.beside
        elif inside:
            found.add(row.index)
    return found


SPLIT_RESULT = re.compile(
    r"(?P<title>(?:[^.:(]|\([^()]*\)|:(?=\s[a-zæøå])|\b(?:Evt|evt|mv|nr|pkt|v)\.){1,80}?)"
    r"(?<!\b[Ee]vt)(?<!\bv)(?::\s+(?![a-zæøå])|\.\s+(?=[A-ZÆØÅ\"“”])|"
    r"\s[–-]\s+(?=[A-ZÆØÅ].{5,}[.!?]\s*$))(?P<result>\S.*)$"
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
        _take_facts(title, rows, row, register)
        agenda.heads[row.index] = len(agenda.items)
        agenda.titles_end[row.index] = end
        span = Span(row.line.span.start, max(line.end, row.line.span.start))
        agenda.items.append(_item(title, "", span, reason))
        agenda.numbers.append(row.number)
    return agenda


BY_ALONE = re.compile(r"(?:v/|v\.|ved\s|oplæg\s+ved\s)\s*(?P<who>[A-ZÆØÅ][^.:]{2,60})$")


def _take_facts(title: Title, rows: list[Row], head: Row, register: Register) -> None:
    """Take time and person from lines below a heading that tell nothing else."""
    below = [row for row in rows[head.index + 1 : head.index + 8] if not row.blank]
    for at, row in enumerate(below[:4] if head.label is not Label.ACTIONS else []):
        words = row.beside or (below[at + 1].rest.words if row.value and below[at + 1 :] else "")
        if row.label is Label.RESPONSIBLE and row.value is not None:
            title.responsible = title.responsible or _who(words, register)
        elif row.label is Label.TIME and row.value is not None:
            _take_clock(title, next(iter(clocks(words, bare=True)), None))
        elif row.label is None and len(row.line.words) > 60:
            break
        elif row.label is None and (pieces := _facts(row, register, in_cell=False)):
            for clock, who in pieces:
                _take_clock(title, clock)
                title.responsible = title.responsible or who
        elif row.label is None and at:
            break


def _take_clock(title: Title, clock: Clock | None) -> None:
    if clock is not None and title.start is None:
        title.start, title.end = clock.start, clock.end


def _facts(row: Row, register: Register, *, in_cell: bool) -> list[tuple[Clock | None, str]]:
    """Return the times and persons of a line that has nothing else: "Kl. 9-10, ved Bo Friis"."""
    found: list[tuple[Clock | None, str]] = []
    words = row.rest.words if row.number is not None else row.line.words
    for piece in re.split(r",\s|\s[|–/]\s|[()]", words):
        clock = next(iter(clocks(piece, bare=True)), None)
        by = BY_ALONE.match(piece)
        who = _who(by["who"], register) if by else ""
        if (in_cell or words.startswith("(")) and not by:
            who = is_person_line(Line(0, piece), register)
        if clock is not None and clock.span.end - clock.span.start > 0.7 * len(piece):
            found.append((clock, ""))
        elif who:
            found.append((None, who))
        elif piece.strip():
            return []
    return found


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
    if row.line.lead > line.start - row.line.start:
        title = row.line.part(line.start - row.line.start, row.line.lead)
        return title, title.end
    if match := CAPITALS.match(line.text):
        title = line.part(0, match.end("title"))
        return title, title.end
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
    if row.rest.words.count("(") > row.rest.words.count(")") and ")" in following.line.words:
        return not marked
    open_end = len(row.rest.words) > 40 and not re.search(r"[.:?!]$", row.rest.words)
    return open_end and not marked and following.line.words[:1].islower()


# Points to items


def _agenda(points: list[Point], taken: set[int], register: Register) -> Agenda:
    items = [_read_point(point, register) for point in points[:MOST]]
    return Agenda(items, [point.number for point in points[:MOST]], taken)


def _read_point(point: Point, register: Register) -> Found[AgendaItem]:
    line, more, responsible = point.title, [], ""
    end = line.end
    for number, extra in enumerate(point.more):
        who = _named_below(extra, register) if number < MOST_BELOW else ""
        if who and not responsible:
            responsible = who
        elif (
            number == 0
            and (extra.words[:1].islower() or UNFINISHED.search(line.words))
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
    numbered = Reason.BY_NUMBER if point.number else Reason.BY_LABEL
    reason = Reason.BY_CLOCK if point.clock else numbered
    return _item(title, "\n".join(more), Span(point.title.start, end), reason)


def _named_below(line: Line, register: Register) -> str:
    match = re.match(
        r"(?:ansvarlig|responsible|v/|ved|oplæg(?: ved)?|lead|presenter|"
        r"indleder|ordet (?:gives )?til|\w+es af)\s*:?\s*(?P<who>[A-ZÆØÅ].*)$",
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
    item = AgendaItem(title.text, title.start, end, details, title.responsible)
    return Found(item, span, confidence, reason)
