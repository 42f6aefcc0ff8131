"""Divide the text into passages: the head, the agenda, each point, each speaker of a round table.

The passages are the whole text, in order. What nobody understood stays in the passage it is in.
"""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from taskforce.intake.reader.agenda import Agenda
from taskforce.intake.reader.draft import Section, SectionKind, Span
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.titles import is_person_line
from taskforce.intake.reader.vocabulary import Label, fold, label_of

INLINE = re.compile(
    r"(?P<who>[^:]{2,90}?)\s*:\s+(?=\S)|(?P<dash>[A-ZÆØÅ][^:–]{2,60}?)\s+[–—-]\s+(?=\S)"
)
KINDS = {
    Label.ROUND_TABLE: SectionKind.ROUND_TABLE,
    Label.ACTIONS: SectionKind.ACTIONS,
    Label.NEWS: SectionKind.NEWS,
    Label.CALLS: SectionKind.NEWS,
}
# Labels that open a passage where they stand alone, and labels of the parts of a point.
OPENING = {Label.MINUTES, Label.ROUND_TABLE, Label.ACTIONS, Label.NEWS, Label.CALLS, Label.NEXT}
PARTS = {Label.DECISION, Label.RESPONSIBLE, Label.DEADLINE}
ENDING = re.compile(r"afslut|afrund|closing|wrap", re.IGNORECASE)
ROUND = re.compile(
    r"bordet rundt|bordrunde|round[- ]?table|tour de table|præsentationsrunde|"
    r"nyt fra (?:deltagerne|medlemmerne|organisationerne|partnerne|netværket)|"
    r"runde blandt|(?:updates?|news) from (?:the )?(?:members|partners|participants)|"
    r"siden sidst.{0,12}runde|runden\b|\brunde\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Break:
    """Where a passage begins, and what it is."""

    row: int
    kind: SectionKind
    heading: str = ""
    agenda: int | None = None
    speaker: int | None = None
    body: int | None = None  # where its text begins, in the document


def divide(
    rows: list[Row], agenda: Agenda, body: int, register: Register, text: str
) -> list[Section]:
    """Return the passages; `body` is the first row after head, list of people and agenda."""
    breaks = _breaks(rows, agenda, body, register)
    breaks = _with_speakers(rows, breaks, register)
    return _tiled(rows, breaks, text)


def _breaks(rows: list[Row], agenda: Agenda, body: int, register: Register) -> list[Break]:
    breaks = [Break(0, SectionKind.HEAD)]
    if agenda.rows:
        breaks.append(Break(min(agenda.rows), SectionKind.AGENDA))
    after = max([*agenda.rows, -1]) + 1
    numbers = {number: at for at, number in enumerate(agenda.numbers) if number is not None}
    last = -1
    for row in rows:
        if row.blank or row.index in agenda.rows or row.index < min(body, after or body):
            continue
        found = _heading(row, agenda, numbers, last)
        if found is not None and found.agenda is None and is_person_line(row.rest, register):
            found = None
        if found is not None:
            breaks.append(found)
            last = found.agenda if found.agenda is not None else last
        elif row.index == max(after, body):
            breaks.append(Break(row.index, SectionKind.MINUTES))
    return breaks


def _heading(row: Row, agenda: Agenda, numbers: dict[int, int], last: int) -> Break | None:
    """Return the passage that a row opens, if it does."""
    if row.index in agenda.heads:
        at = agenda.heads[row.index]
        title = agenda.items[at].value.title
        return Break(row.index, _kind(title), title, at, body=agenda.titles_end.get(row.index))
    if row.cell is not None:
        return None
    at = numbers.get(row.number, -1) if row.number is not None else -1
    if at >= max(last, 0) and not agenda.heads and not row.sub:
        return _numbered(row, agenda, at)
    if not _stands_out(row):
        return _titled(row, agenda)
    words, kind = row.rest.words, None
    if row.label in OPENING:
        kind = KINDS.get(row.label, SectionKind.MINUTES)
    point = _matching(words, agenda, last)
    return Break(row.index, kind or _kind(words), words, point, body=row.line.end)


def _numbered(row: Row, agenda: Agenda, at: int) -> Break:
    """Return the passage of a point that is told by its number: "Ad 2", "3. Økonomi: …"."""
    title, words = agenda.items[at].value.title, row.rest.words
    same = fuzz.partial_ratio(fold(words)[: len(fold(title)) + 5], fold(title)) if words else 100
    alone = same >= 80 and len(words) < len(title) + 40
    end = row.line.end if alone else row.rest.start
    return Break(row.index, _kind(title), title, at, body=end)


def _stands_out(row: Row) -> bool:
    """Say whether a row is a heading by its words or by how it is set."""
    if row.bullet:
        return False
    if row.label in OPENING and not row.beside:
        return True
    return row.is_heading and row.label not in PARTS


def _titled(row: Row, agenda: Agenda) -> Break | None:
    """Return the passage that a plain line opens with the very title of a point."""
    words = row.rest.words
    at = _exactly(words, agenda) if len(words) < 120 and not agenda.heads else None
    if at is None:
        return None
    return Break(row.index, _kind(words), words, at, body=row.line.end)


def _kind(title: str) -> SectionKind:
    label = label_of(title)
    if label in KINDS:
        return KINDS[label]
    return (
        SectionKind.ROUND_TABLE if ROUND.search(title) and len(title) < 80 else SectionKind.MINUTES
    )


def _exactly(words: str, agenda: Agenda) -> int | None:
    folded = re.sub(r"^\d{1,2}\s+", "", fold(words))
    if len(folded) < 5:
        return None
    alike = (fuzz.ratio(folded, fold(item.value.title)) for item in agenda.items)
    return next((at for at, ratio in enumerate(alike) if ratio >= 92), None)


def _plain(words: str) -> str:
    return fold(words).replace("-", " ")


def _matching(words: str, agenda: Agenda, last: int) -> int | None:
    """Return the point that a heading in other words means: the likeliest that is not behind us."""
    folded = _plain(words)
    titles = [f"{item.value.title} {item.value.details}" for item in agenda.items]
    likely = process.extract(
        folded, titles, scorer=fuzz.token_set_ratio, processor=_plain, score_cutoff=44, limit=None
    )
    scores = [
        (alike * 0.5 + fuzz.partial_ratio(folded, _plain(title)) * 0.5 - 8 * (at < last), -at)
        for title, alike, at in likely
    ]
    best = max(scores, default=(0.0, 0))
    if best[0] >= 72:
        return -best[1]
    if label_of(words) or not re.search(r"afslut|afrund|closing|eventuelt|wrap", folded):
        return None
    titles = [item.value.title for item in agenda.items]
    return next((at for at, one in enumerate(titles) if ENDING.search(one)), None)


def _with_speakers(rows: list[Row], breaks: list[Break], register: Register) -> list[Break]:
    """Add a passage for each speaker of the round tables, also where no heading announces one."""
    ends = [one.row for one in breaks[1:]] + [len(rows)]
    result: list[Break] = []
    for one, end in zip(breaks, ends, strict=True):
        result.append(one)
        if one.kind not in (SectionKind.MINUTES, SectionKind.ROUND_TABLE):
            continue
        first = one.row + (1 if one.heading else 0)
        speakers = _speakers(rows[first:end], one, register)
        # A round may have any name; three who speak one after another are one.
        if one.kind is SectionKind.ROUND_TABLE or len({at.speaker for at in speakers}) >= 3:
            result += speakers
    return result


def _speakers(rows: list[Row], of: Break, register: Register) -> list[Break]:
    found: list[Break] = []
    if not register.people:
        return found
    for row in rows:
        if row.blank or row.cell is not None:
            continue
        name = is_person_line(row.rest, register)
        index = register.find(name) if name else None
        named = (index, row.rest.words, row.line.end) if index is not None else None
        if told := named or _inline(row, register):
            at, words, end = told
            found.append(Break(row.index, SectionKind.ROUND_TABLE, words, of.agenda, at, end))
    return found


def _inline(row: Row, register: Register) -> tuple[int, str, int] | None:
    """Read "Ove Hjermitslev, Roskilde Kommune: Der er afsat …"."""
    match = INLINE.match(row.rest.text)
    alone = row.rest.words.rstrip(":") if row.rest.words.endswith(":") else ""
    words = match["who"] or match["dash"] if match else alone
    if not words or len(words) > 90:
        return None
    name = re.split(r",|\(|/|\s(?:[–-]|fra|from|of)\s", words)[0].strip()
    place = words[len(name) :].strip(" ,()/–-")
    if not name[:1].isupper() or len(name.split()) > 5:
        return None
    index = register.find(name, place)
    if index is None and place:
        # "Malmö stad (Kerstin Åkesson): …", the organisation first.
        index = register.find(place, name)
    if index is None and not place:
        index = register.by_organisation(name)
    end = row.rest.start + (match.end() if match else len(row.rest.text))
    return (index, words.strip(), end) if index is not None else None


def _tiled(rows: list[Row], breaks: list[Break], text: str) -> list[Section]:
    starts = [0 if number == 0 else rows[one.row].line.start for number, one in enumerate(breaks)]
    ends = [*starts[1:], len(text)]
    sections = []
    for one, start, end in zip(breaks, starts, ends, strict=True):
        if start == end and one.kind is SectionKind.HEAD:
            continue
        body = Span(min(max(one.body if one.body is not None else start, start), end), end)
        whole = Span(start, end)
        sections.append(Section(whole, one.kind, one.heading, one.agenda, one.speaker, body))
    return sections
