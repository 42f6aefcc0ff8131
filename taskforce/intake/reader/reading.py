"""From a document to a draft of minutes: lines, recognisers that propose, and what is decided.

Each recogniser reads the rows that those before it left. People come first, since every name
after them is looked up on their list.
"""

import logging
import re
from dataclasses import fields, replace
from datetime import date

from rapidfuzz import fuzz

from taskforce.intake.reader import listing, people
from taskforce.intake.reader.actions import read_actions
from taskforce.intake.reader.agenda import Agenda, read_agenda
from taskforce.intake.reader.attendance_tables import read_attendance
from taskforce.intake.reader.barriers import read_barriers
from taskforce.intake.reader.calls import read_calls
from taskforce.intake.reader.confidence import weigh
from taskforce.intake.reader.dates import dates
from taskforce.intake.reader.draft import (
    Found,
    MinutesDraft,
    Person,
    Section,
    SectionKind,
    Span,
)
from taskforce.intake.reader.fields import TITLE
from taskforce.intake.reader.following import read_next
from taskforce.intake.reader.head import Head, read_head
from taskforce.intake.reader.links import read_links
from taskforce.intake.reader.listing import Group
from taskforce.intake.reader.names_index import Register, likeness_of_names
from taskforce.intake.reader.news import read_news
from taskforce.intake.reader.passages import announces
from taskforce.intake.reader.people import Someone
from taskforce.intake.reader.reasons import Reason, Refusal
from taskforce.intake.reader.rows import Row, edge_rows, rows
from taskforce.intake.reader.sections import divide
from taskforce.intake.reader.sources import open_document
from taskforce.intake.reader.sources.refused import Refused
from taskforce.intake.reader.tables import Table, read_tables
from taskforce.intake.reader.text import Document, Line
from taskforce.intake.reader.vocabulary import Column, Label

logger = logging.getLogger(__name__)

TO_APPLY = re.compile(r"\b(?:an)?søge?\b", re.IGNORECASE)
TITLED = 6  # rows in which a meeting is named


def read(document: bytes | str, name: str = "") -> MinutesDraft:
    """Return the draft of minutes in a file's bytes or in pasted text.

    Where the document cannot be read the draft is empty and its `refusal` says why. It never
    raises: what a recogniser stumbles over is logged, and the draft is the text alone.
    """
    try:
        opened = open_document(document)
    except Refused as refused:
        return MinutesDraft(text="", refusal=refused.reason)
    except (MemoryError, RecursionError):
        return MinutesDraft(text="", refusal=Refusal.TOO_LARGE)
    except Exception:
        logger.exception("A document could not be opened.")
        return MinutesDraft(text="", refusal=Refusal.BROKEN)
    try:
        return read_document(opened, name)
    except Exception:
        logger.exception("A document could be opened and not be read.")
        whole = Span(0, len(opened.text))
        section = Section(whole, SectionKind.MINUTES, body=whole)
        return MinutesDraft(text=opened.text, sections=[section])


def read_document(document: Document, name: str = "") -> MinutesDraft:
    """Return the draft of minutes in a document that was opened."""
    every, edges = rows(document), edge_rows(document)
    lists = listing.groups(every)
    # A second meeting in the same document stays text.
    seen = every[: _second_meeting(every, lists)]
    lists = [group for group in lists if min(group.rows, default=0) < len(seen)]
    tables = read_tables(seen)
    present, absent = _attendance(lists, tables)
    told = [group for group in lists if group.label is Label.PRESENT and not group.guessed]
    in_tables = any(table.lists_people for table in tables)
    if not (told or in_tables) and (more := listing.unlabelled(seen)):
        lists = [*more, *lists]
        present, absent = _attendance(lists, tables)
    register, listed = Register(present + absent), {row for group in lists for row in group.rows}
    agenda = read_agenda(seen, listed | _taken_tables(seen, tables), tables, register)
    head = read_head(seen, edges, _top(seen, agenda), listed, present, name)
    _times_of_agenda(head, agenda)
    sections = divide(every, agenda, _body(seen, agenda, lists), Register(present), document.text)
    draft = MinutesDraft(
        text=document.text,
        attendees=present,
        absent=absent,
        agenda=agenda.items,
        sections=sections,
        **{one.name: getattr(head, one.name) for one in fields(head)},
    )
    _read_body(draft, document, seen, tables, head.day, listed, agenda.rows)
    weigh(draft)
    return draft


def _read_body(
    draft: MinutesDraft,
    document: Document,
    seen: list[Row],
    tables: list[Table],
    day: date | None,
    people: set[int],
    agenda: set[int],
) -> None:
    """Add what the passages tell of; `people` and `agenda` are the rows of lists."""
    taken = people | agenda
    register = Register(draft.attendees + draft.absent)
    headings = _headings(seen, draft.sections)
    tasks = _task_lists(seen, draft.sections, taken)
    # A task may be to apply for something.
    inside = {row for first, end in tasks for row in range(first, end)}
    no_calls = {row for row in inside if not TO_APPLY.search(seen[row].line.text)} | {0}
    no_calls |= taken | _task_cells(seen, tables)
    draft.action_points = read_actions(seen, tables, tasks, day, register)
    title = " ".join(row.line.text for row in seen[:TITLED])
    number = draft.number.value if draft.number else None
    here = draft.place.value if draft.place else ""
    draft.next_meeting = read_next(
        seen, edge_rows(document), headings, day, people, agenda, title, number, here, register
    )
    draft.calls = read_calls(seen, tables, no_calls, headings, day, document.links)
    draft.barriers, draft.statements = read_barriers(
        draft.sections, seen, Register(draft.attendees)
    )
    draft.news, draft.materials = read_news(draft.sections, seen, draft.calls, document.links)
    end = seen[-1].line.end if seen else 0
    draft.links = [link for link in read_links(document) if link.span.start <= end]


def _times_of_agenda(head: Head, agenda: Agenda) -> None:
    """Take the times of the meeting from its programme where nothing else tells them."""
    timed = [item for item in agenda.items if item.value.start]
    if head.start is None and len(timed) > 1 and timed[0].value.start:
        head.start = Found(timed[0].value.start, timed[0].span, 0.7, Reason.BY_CLOCK)
        if head.end is None and timed[-1].value.end:
            head.end = Found(timed[-1].value.end, timed[-1].span, 0.7, Reason.BY_CLOCK)


def _second_meeting(every: list[Row], lists: list[Group]) -> int:
    """Return the row where another meeting's minutes begin in the same document, or the end."""
    starts = [min(group.rows) for group in lists if group.label is Label.PRESENT and group.rows]
    for row in every[starts[0] + 6 :] if starts else []:
        titled = len(row.line.text) < 140 and TITLE.search(row.line.text) and dates(row.line.text)
        follows = any(row.index < start <= row.index + 6 for start in starts)
        if titled and follows and not row.is_item and row.label is not Label.NEXT:
            return row.index
    return len(every)


# Who was there


def _attendance(
    lists: list[Group], tables: list[Table]
) -> tuple[list[Found[Person]], list[Found[Person]]]:
    present: list[Found[Person]] = []
    absent: list[Found[Person]] = []
    for one, there in read_attendance(tables):
        _add(present if there else absent, one)
    for group in lists:
        for someone in group.people:
            if group.guessed and Register(present + absent).find(someone.name) is not None:
                continue
            if " " not in someone.name and (group.label is Label.ABSENT or someone.is_away):
                at = Register(present).find(someone.name)
                if at is not None and group.sentence:
                    continue  # "Bo var syg i går": a sentence of somebody who came
                if at is not None:
                    someone.name = present.pop(at).value.name
            mine, others = (present, absent) if group.label is Label.PRESENT else (absent, present)
            _add_someone(someone, mine, others, is_present=group.label is Label.PRESENT)
    present = [
        one
        for one in present
        if not _listed(one.value.name, absent, exactly=True) or one.value.organisation
    ]
    return present, [one for one in absent if not _listed(one.value.name, present, exactly=True)]


def _add_someone(
    someone: Someone, mine: list[Found[Person]], others: list[Found[Person]], *, is_present: bool
) -> None:
    found = people.found(someone)
    is_away = someone.is_away or bool(someone.replaced_by)
    _add(others if is_present and is_away else mine, found)
    for name, goes_to in (
        (someone.stands_for, others if is_present else mine),
        (someone.replaced_by, mine if is_present else others),
    ):
        if name:
            stand_in = people.people([_as_line(name, someone)])
            person = stand_in[0] if stand_in else Someone(name, someone.span, weight=1)
            person.organisation = person.organisation or someone.organisation
            _add(goes_to, people.found(person))


def _as_line(name: str, someone: Someone) -> Line:
    return Line(someone.span.start, name)


def _add(listed: list[Found[Person]], one: Found[Person]) -> None:
    """Add a person who is not on the list yet; the same one again completes the first."""
    one = replace(one, value=_without_code(one.value))
    if any(_is_nickname(one.value, other.value) for other in listed):
        return
    at = next((at for at, other in enumerate(listed) if _same(one.value, other.value)), None)
    if at is None:
        listed.append(one)
    elif not listed[at].value.organisation:
        listed[at] = replace(
            listed[at], value=replace(listed[at].value, organisation=one.value.organisation)
        )


def _same(one: Person, other: Person) -> bool:
    if (
        one.organisation
        and other.organisation
        and fuzz.token_set_ratio(one.organisation, other.organisation) < 60
    ):
        return False
    return (
        abs(len(one.name) - len(other.name)) <= 2
        and likeness_of_names(one.name, other.name) >= 0.93
    )


def _without_code(person: Person) -> Person:
    """Take the number that a project gives a partner off its name: "P1 Odense Kommune"."""
    plain = re.sub(r"^(?:LP|PP|AP|P)\s?\d{1,2}[\s:–-]+(?=[A-ZÆØÅ])", "", person.organisation)
    return replace(person, organisation=plain)


def _is_nickname(short: Person, whole: Person) -> bool:
    """Say whether a first name alone is that of somebody on the list: "Ordstyrer: Karl-Erik"."""
    return not short.organisation and whole.name.startswith(f"{short.name} ")


def _listed(name: str, listed: list[Found[Person]], *, exactly: bool) -> bool:
    return any(name == one.value.name for one in listed)


def _taken_tables(seen: list[Row], tables: list[Table]) -> set[int]:
    """Return the rows of tables that list people."""
    numbers = {table.number for table in tables if table.lists_people}
    return {row.index for row in seen if row.cell and row.cell.table in numbers}


# Where the parts begin


def _top(seen: list[Row], agenda: Agenda) -> int:
    """Return the first row that is no longer the head, where facts of the meeting stand."""
    starts = [*agenda.rows, *agenda.heads]
    if starts and min(starts) > 0:
        first = min(starts)
        # Mail and minutes that open with their agenda have the facts below it.
        return (
            first
            if any(dates(row.line.text) for row in seen[:first])
            else min(len(seen), first + 40)
        )
    labels = [row.index for row in seen if row.label is Label.MINUTES and row.index > 3]
    told = [end for end in labels if any(dates(row.line.text) for row in seen[:end])]
    return min([*told, 40, len(seen)])


def _body(seen: list[Row], agenda: Agenda, lists: list[Group]) -> int:
    """Return the first row after the head, the lists of people and the agenda."""
    if agenda.heads:
        return min(agenda.heads)
    last = max([*agenda.rows, *(row for group in lists for row in group.rows if row < 60), -1])
    labels = [row.index for row in seen if row.label in (Label.MINUTES,) and row.index > 3]
    if last < 0:
        last = min([*labels, next((row.index for row in seen if len(row.line.words) > 160), 1)]) - 1
    return next((row.index for row in seen[last + 1 :] if not row.blank), len(seen))


def _headings(seen: list[Row], sections: list[Section]) -> dict[int, str]:
    """Return the heading of each passage by the row that it starts at."""
    starts = {section.span.start: section.heading for section in sections}
    return {row.index: starts[row.line.start] for row in seen if row.line.start in starts}


def _task_lists(seen: list[Row], sections: list[Section], taken: set[int]) -> list[tuple[int, int]]:
    """Return (first row, end) of each list of tasks."""
    found = []
    for section in sections:
        if section.kind is SectionKind.ACTIONS:
            inside = [
                row.index
                for row in seen
                if section.body.start <= row.line.start < section.span.end
                and row.line.start > section.span.start
            ]
            if inside:
                found.append((inside[0], _end_of_list(seen, inside)))
    for row in seen:
        bare = (
            row.label is Label.ACTIONS
            and row.index not in taken
            and row.value is not None
            and not row.value.words
            and row.cell is None
        )
        if bare and not any(
            first <= row.index < end or row.index == first - 1 for first, end in found
        ):
            inside = [one.index for one in seen[row.index + 1 : row.index + 40]]
            end = _end_of_list(seen, inside, of=row) if inside else row.index + 1
            if end > row.index + 1:
                found.append((row.index + 1, end))
    return found


def _end_of_list(seen: list[Row], inside: list[int], of: Row | None = None) -> int:
    """Return where a list of tasks ends: at another label or heading, or at prose after a blank."""
    blank, listed = False, False
    for at in inside:
        row = seen[at]
        if row.blank:
            blank = True
            continue
        stops = row.label in (
            Label.NEXT,
            Label.NEWS,
            Label.CALLS,
            Label.MINUTES,
            Label.ROLE,
            Label.PRESENT,
            Label.ABSENT,
            Label.AGENDA,
        )
        outer = of is not None and of.bullet and row.bullet and row.depth <= of.depth
        heading = (row.is_heading and not row.bullet and row.number is None) or announces(row)
        marked = row.bullet or row.number is not None or row.label is not None
        prose = (
            blank
            and not marked
            and (
                len(row.line.words) > 140
                or re.match(
                    r"(?:referatet|mødet|hilsen|venlig|mvh|med venlig|kind regards|best|minutes)\b",
                    row.line.words,
                    re.IGNORECASE,
                )
            )
        )
        if stops or outer or heading or prose:
            return at
        new_sentence = not row.wrapped and row.rest.words[:1].isupper()
        if listed and not marked and (blank or new_sentence):
            return at
        blank, listed = False, listed or row.bullet or row.number is not None
    return inside[-1] + 1


def _task_cells(seen: list[Row], tables: list[Table]) -> set[int]:
    """Return the rows of cells that name people or tasks, which are no place to look for calls."""
    people_or_tasks = (Column.NAME, Column.TASK)
    busy = {
        (table.number, column)
        for table in tables
        if any(table.column(kind) is not None for kind in people_or_tasks)
        for column in range(table.width)
        if column not in (table.column(Column.ITEM), table.column(Column.RESULT))
    }
    return {row.index for row in seen if row.cell and (row.cell.table, row.cell.column) in busy}
