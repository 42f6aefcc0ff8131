"""Action points: what somebody took on, by when; from lists, tables and marked lines."""

import re
from dataclasses import dataclass
from datetime import date

from taskforce.intake.reader.dates import dates
from taskforce.intake.reader.draft import ActionPoint, Found, Span
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.tables import Table
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Column, Label

MARKED = re.compile(
    r"\s*(?:opgave|aktion|handling|action(?: point)?|to-?do|aktionspunkt|aftalt opgave|"
    r"husk)\s*(?:\d+)?\s*[:–-]\s*(?P<what>\S.*)$",
    re.IGNORECASE,
)
# Marks that people put before what is to be done.
ARROW = re.compile(r"\s*(?:→|⇒|➔|➢|>{1,3}|=+>|-+>|☐|□|\[\s?\])\s*(?=\S)")
FIELDS = re.compile(
    r"[\s,.;(–-]*\b(?P<key>ansvarlige?|tovholder|hvem|owner|responsible|who|by whom|frist|"
    r"deadline|senest|inden|hvornår|due(?: date)?|by|when|before)\s*:\s*",
    re.IGNORECASE,
)
BY_DATE = re.compile(
    r"[\s,(–-]*\b(?:senest|inden|frist|deadline|by|before|due|no later than|til|fra|d\.|"
    r"den)\s*(?:d\.|den)?\s*$",
    re.IGNORECASE,
)
TAILS = [
    re.compile(words)
    for words in (
        r"\s*[(\[](?P<tail>[^()\[\]]*)[)\]]\s*\.?$",
        r"\s*(?:\s[–—-]{1,2}\s|→|=>|->|/\s|;\s|\s\|\s|\t)\s*(?P<tail>[^–—→;|]{1,60}?)\s*\.?$",
        r"(?P<comma>,)\s+(?P<tail>[^,]{2,50}?)\s*\.?$",
    )
]
# Stands where an owner or a deadline would, and is neither.
NOBODY = re.compile(
    r"alle|all|løbende|snarest|asap|hurtigst muligt|inden næste møde|næste møde|sekretariatet|"
    r"formanden|everyone",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Task:
    text: str
    owner: str = ""
    deadline: str | None = None


def read_actions(
    rows: list[Row],
    tables: list[Table],
    sections: list[tuple[int, int]],
    day: date | None,
    register: Register,
) -> list[Found[ActionPoint]]:
    """Return the action points; `sections` are (first row, end) of lists of tasks."""
    found = _in_tables(tables, day, register)
    covered = {row.index for row in rows if row.cell is not None}
    for first, end in sections:
        found += _in_list(rows[first:end], day, register)
        covered |= set(range(first, end))
    for row in rows:
        if row.index not in covered and (match := MARKED.match(row.rest.text)):
            line = row.rest.part(match.start("what"))
            found.append(_found(line, day, register, Reason.BY_LABEL))
        elif row.index not in covered and (arrow := ARROW.match(row.line.text)):
            point = _found(row.line.part(arrow.end()), day, register, Reason.IN_LIST)
            found += [point] if point.value.owner else []
    found.sort(key=lambda one: one.span)
    return found


def _in_tables(
    tables: list[Table], day: date | None, register: Register
) -> list[Found[ActionPoint]]:
    found = []
    for table in tables:
        task, who, when = (
            table.column(Column.TASK),
            table.column(Column.WHO),
            table.column(Column.DEADLINE),
        )
        if (
            task is None
            and table.column(Column.RESULT) is not None
            and who is not None
            and when is not None
        ):
            task = table.column(Column.RESULT)
        if task is None or (who is None and when is None):
            continue
        for row in table.body:
            if not (words := table.words(row, task)) or (
                task == table.column(Column.RESULT)
                and not (table.words(row, who) and re.search(r"\w", table.words(row, who)))
            ):
                continue
            owner = _owner(table.words(row, who), register)
            span = Span(table.row_start(row), table.row_end(row))
            point = ActionPoint(words, owner, _deadline(table.words(row, when), day))
            found.append(Found(point, span, 0.9, Reason.IN_TABLE))
    return found


def _in_list(rows: list[Row], day: date | None, register: Register) -> list[Found[ActionPoint]]:
    """Read a list of tasks: one a line or bullet, or blocks of label and value."""
    free = [row for row in rows if not row.blank and row.cell is None]
    keyed = any(
        row.label in (Label.RESPONSIBLE, Label.DEADLINE)
        and (row.value is not None)
        and len(row.rest.words) < 80
        for row in free
    )
    marked = any(map(_is_marked, free))
    if keyed and not marked:
        return _in_blocks(free, day, register)
    tasks: list[Line] = []
    for row in free:
        continues = tasks and (
            (row.rest.words[:1].islower() and not row.sub) or (marked and not _is_marked(row))
        )
        if match := MARKED.match(row.rest.text):
            tasks.append(row.rest.part(match.start("what")))
        elif continues:
            tasks[-1] = joined([tasks[-1], row.rest], " ")
        elif _is_marked(row) or not row.rest.words.endswith(":"):
            tasks.append(row.rest)
    found = (_found(line, day, register, Reason.IN_LIST) for line in tasks)
    return [one for one in found if one.value.text]


def _is_marked(row: Row) -> bool:
    return row.bullet or row.number is not None or row.sub


def _in_blocks(rows: list[Row], day: date | None, register: Register) -> list[Found[ActionPoint]]:
    """Read "Opgave / Ansvarlig / Frist" where each has its line, the value beside or below."""
    tasks: list[tuple[Task, Span]] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        value, step = row.value, 1
        if (
            row.label in (Label.ACTIONS, Label.RESPONSIBLE, Label.DEADLINE)
            and value is not None
            and not value.words
        ):
            below = rows[at + 1] if at + 1 < len(rows) else None
            if below is not None and below.label is None:
                value, step = below.rest, 2
        if row.label is Label.ACTIONS and value is not None and value.words:
            tasks.append((Task(value.words.rstrip(".")), Span(row.line.start, value.end)))
        elif row.label is None:
            tasks.append((Task(row.rest.words.rstrip(".")), row.line.span))
        elif tasks and row.label is Label.RESPONSIBLE and value is not None:
            tasks[-1][0].owner = _owner(value.words, register)
        elif tasks and row.label is Label.DEADLINE and value is not None:
            tasks[-1][0].deadline = _deadline(value.words, day)
        at += step
    return [
        Found(ActionPoint(task.text, task.owner, task.deadline), span, 0.9, Reason.IN_LIST)
        for task, span in tasks
    ]


def _found(line: Line, day: date | None, register: Register, reason: Reason) -> Found[ActionPoint]:
    task = _task(line.words, day, register)
    sure = 0.9 if task.owner else 0.7
    return Found(ActionPoint(task.text, task.owner, task.deadline), line.span, sure, reason)


def _task(words: str, day: date | None, register: Register) -> Task:
    """Take a line apart: "Bestille container (Mogens, senest 3/6)", "Anne: sender liste 1. maj"."""
    task = Task(re.sub(r"^[A-Z]?\d{1,2}[.)]\s+", "", re.sub(r"\s+", " ", words)))
    keys = list(FIELDS.finditer(task.text))
    for key, following in zip(keys, [*keys[1:], None], strict=False):
        value = task.text[key.end() : following.start() if following else len(task.text)].strip(
            " .,;()"
        )
        if re.match(r"ansvar|tovholder|hvem|owner|resp|who|by whom", key["key"], re.IGNORECASE):
            who = re.split(r"[.;,]\s+(?:senest|inden|frist|deadline)\b", value, flags=re.I)[0]
            task.owner = task.owner or _owner(who, register)
            if re.search(r"senest|inden|frist|deadline|\bby\b|before", value, re.IGNORECASE):
                task.deadline = task.deadline or _deadline(value, day)
        else:
            task.deadline = task.deadline or _deadline(value, day)
    if keys:
        task.text = task.text[: keys[0].start()].strip(" .,;–-(")
    _take_tail(task, day, register)
    _take_owner_first(task, day, register)
    task.text = task.text.strip(" \t,;–—-")
    task.text = (
        task.text[:-1] if task.text.endswith(".") and not task.text.endswith("..") else task.text
    )
    return task


def _take_tail(task: Task, day: date | None, register: Register) -> None:
    """Take owner and deadline off the end: in parentheses, or after dashes, arrows or commas."""
    for _ in range(4):
        if not any(_take_one(task, tail, day, register) for tail in TAILS):
            return


def _take_one(task: Task, tail: re.Pattern[str], day: date | None, register: Register) -> bool:
    match = tail.search(task.text)
    if not match:
        return False
    known = "comma" in match.groupdict()
    read = [_told(part, day, register, known=known) for part in _parts(match["tail"])]
    told = [one for one in read if one]
    if not told or len(told) < len(read):
        return False
    for one in told:
        task.owner = task.owner or one.owner
        task.deadline = task.deadline or one.deadline
    task.text = task.text[: match.start()].strip()
    return True


def _parts(words: str) -> list[str]:
    """Return the parts of "Mogens, senest 3/6", where a slash in a date parts nothing."""
    marks = r"[,;]|\s[-–]\s" if re.search(r"\d/\d", words) else r"[,;/]|\s[-–]\s"
    return [part.strip() for part in re.split(marks, words) if part.strip()]


def _told(part: str, day: date | None, register: Register, *, known: bool) -> Task | None:
    """Return the owner or the deadline that a part tells of; None where it tells of neither."""
    who = re.sub(r"^(?:v/|ved|ansv\.?:?|ansvarlig:?)\s*", "", part, flags=re.IGNORECASE)
    owner = _owner(who, register, known=known)
    deadline = _deadline(part, day) if len(part) < 40 else None
    return Task("", owner, deadline) if owner or deadline or NOBODY.fullmatch(part) else None


def _take_owner_first(task: Task, day: date | None, register: Register) -> None:
    match = re.match(r"(?P<who>[^:–]{2,40}?)\s*(?::|\s[–—-]\s)\s*(?P<rest>\S.*)$", task.text)
    if match and not task.owner and (owner := _owner(match["who"], register, known=True)):
        task.owner, task.text = owner, match["rest"]
    # "Pia sender brevet": who does it is part of the sentence, and stays in it.
    subject = re.match(r"(?P<who>[A-ZÆØÅ][\w-]+(?:\s+[A-ZÆØÅ][\w-]+)*)\s+[a-zæøå]", task.text)
    if subject and not task.owner:
        task.owner = _owner(subject["who"], register, known=True)
    if task.deadline is None:
        found = dates(task.text)
        if found and found[-1].span.end >= len(task.text) - 2:
            lead = BY_DATE.search(task.text[: found[-1].span.start])
            if lead and re.search(
                r"senest|inden|frist|deadline|by|before|due|no later", lead[0], re.IGNORECASE
            ):
                task.deadline = found[-1].next_after(day)


def _owner(words: str, register: Register, *, known: bool = False) -> str:
    words = re.sub(r"\([^()]*\)", "", words).strip(" .:")
    if not words:
        return ""
    first = re.split(r",|/|\s+(?:og|and|&|\+)\s+", words)[0].strip()
    index = register.find(words)
    if index is None:
        index = register.find(first)
    if index is not None:
        return register.people[index].value.name
    return first if not known and likeness(first).person >= 1.9 else ""


def _deadline(words: str, day: date | None) -> str | None:
    short = re.fullmatch(
        r"(?:senest|inden|by|d\.|den|\s)*(\d{1,2}\.\d{1,2})\.?", words.strip(), re.I
    )
    found = dates(f"d. {short[1]}" if short else words)
    if not found:
        return None
    when = found[0].next_after(day)
    return when if when and len(when) == 10 else None
