"""The next meeting: when and where, as a label, a heading, a sentence or the page's edge tells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from taskforce.intake.reader.choosing import Candidate, candidate, choose
from taskforce.intake.reader.dates import Clock, Mention, clocks, dates
from taskforce.intake.reader.draft import Found, Mode, NextMeeting, Span
from taskforce.intake.reader.fields import MEETING, broken, split
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.numbers import sequel
from taskforce.intake.reader.places import (
    ONLINE,
    bare,
    has_look,
    is_group,
    is_person,
    where,
)
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Label, label_of
from taskforce.intake.reader.weights import Cue

SAID = re.compile(
    rf"\b(?:(?:næste|næstkommende|kommende|nyt|nye|opfølgende)\s+(?:[a-zæøå-]+\s+){{0,2}}?(?:{MEETING}|gang)|"
    # any other name that a meeting has: "Næste dialogforum bliver torsdag den 4. maj"
    r"næste\s+[a-zæøå]{4,}(?<!frist)(?<!ansøgningsrunde)\s+(?:(?:er|bliver|(?:af)?holdes|finder\s+sted)\s+)?"
    r"(?=(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:d\.\s*|den\s+)?\d)|"
    r"(?:mødes|samles|ses|tales\s+ved)\s+(?:igen|næste\s+gang|herefter|derefter)|på\s+gensyn|vi\s+(?:ses|mødes|tales\s+ved)|"
    r"(?:talk|speak)\s+again|\w*møde\s+igen|next\s+(?:[\w-]+\s+){0,2}?(?:meeting|call|session|gathering)|meets?\s+(?:again|next))\b",
    re.IGNORECASE,
)
# "Fjerde møde afholdes den 8. december", "Møderne i 2025 ligger den 8. januar"
FORESEEN = re.compile(
    rf"\b(?:(?:{MEETING}|generalforsamling(?:en)?)\b(?:[^.:]|\d\.){{0,40}}?\b(?:er|bliver|ligger|(?:af)?holdes|finder\s+sted|fastsat|fastlagt|"
    r"planlagt|flyttet|rykket|udsat|flyttes|rykkes|will\s+be|takes?\s+place|is|are)|(?:mødes|samles|meets?))\b",
    re.IGNORECASE,
)
# What is told of something else: of later meetings, of papers and of replies.
FURTHER = re.compile(r"\b(?:derefter|herefter|og igen|øvrige|de følgende|efterfølgende)\b", re.I)
ASIDE = re.compile(
    r"\b(?:tilmelding|tilmeld|afbud|senest|deadline|frist|dagsorden(?:en)?\s+udsendes|forslag|"
    r"materiale|godkendes|register|inden|before|søge\w*|ansøg\w*|frem til|indtil|until|"
    r"\w*fristen)\b",
    re.IGNORECASE,
)
# "Mødet den 14. februar flyttes til den 19.", "den 14. er aflyst", "fra den 14. til den 19."
MOVED = re.compile(
    r"\b(?:flytte|rykke|udsæt|udsat|udsk[uy]d|aflys)\w*\b(?!\s+fra\b)", re.IGNORECASE
)
MOVED_FROM = re.compile(r"\bfra\s+(?:\w+dag\s+)?(?:d\.|den)?\s*$", re.IGNORECASE)
OTHER_KIND = re.compile(
    r"\b(?:generalforsamling|repræsentantskab\w*|temadag|seminar|konference|kursus|workshop|"
    rf"{MEETING}\s+med\s+(?!mulighed|fokus|online)|høring)\b",
    re.IGNORECASE,
)
KIND = re.compile(
    r"\b[a-zæøå-]{4,}(?:møde|samling|træf|forsamling)(?=\b|t\b|r\b|rne\b|en\b|s\b)", re.IGNORECASE
)
SIGNED = re.compile(
    r"\W*(?:ref\b|referent|for referat|referatet\s+(?:sendes|er|bliver)|kopi\s+til|rettelser\s+til|"
    r"sign\b|mvh|hilsen|venlig|med venlig|kind regards|best\b)",
    re.IGNORECASE,
)
# "Vi ses den 4. maj. Stedet bliver Café Fuglen."
PLACED = re.compile(
    r"(?<=[.!])\s+(?:(?:stedet|det|mødet|vi)\s+(?:bliver|er|(?:af)?holdes|foregår|mødes|ses|sidder)"
    r"(?:\s+sted)?|sted:)\s+(?=(?:i|på|hos|ved)\s|[A-ZÆØÅ])",
    re.IGNORECASE,
)
STOP = re.compile(r"(?<=[a-zæøå\d)]{2})[.!](?:\s|$)")
AGAIN = re.compile(r"\b(?:gang|igen|again)\b", re.IGNORECASE)
VERB = (
    r"\b(?:er|bliver|mødes|ses|samles|meets?|(?:af)?holdes|foregår|finder\s+sted|planlagt|fastsat|"
    r"aftalt|is|will\s+be)\b"
)
BEFORE = re.compile(
    rf"(?:\W*(?P<verb>{VERB})|\s*[:,–-]|)\s*(?P<at>(?:på|i|hos|ved|at|in|via)\s|)\s*"
    rf"(?P<place>(?:(?!{VERB})[^.!?\n]){{2,60}}?(?:\bd\.\s*)?)",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\b(?:samme\s+(?:tid\s+og\s+)?(?:sted|adresse|lokale)|sammesteds|"
    r"same\s+(?:time\s+and\s+)?place)\b",
    re.IGNORECASE,
)
# "5. juni og 4. september, begge dage kl. 16"
EVERY = re.compile(r"\b(?:begge|alle|hver|each|all|both)\b.{0,20}|\bkl\b", re.IGNORECASE)
# A line that the next one goes on with.
UNFINISHED = re.compile(
    r"(?:,|\b(?:kl|d|den|til|fra|i|på|hos|og|at|on|in)\.?|\b(?:den|d\.)\s\d{1,2}\.)\s*$",
    re.IGNORECASE,
)
AT_START = 24  # letters before a day that opens a line: "Næste møde bliver torsdag den"
ELSEWHERE = {
    Label.ACTIONS,
    Label.NEWS,
    Label.CALLS,
    Label.PRESENT,
    Label.ABSENT,
    Label.AGENDA,
    Label.ROLE,
}
SENTENCE_ENDS = re.compile(r"(?:[a-zæøå)]{2}(?<!\bkl)|\d{4})[.!?]\s+")
NAMED = re.compile(rf"\b{MEETING}\b", re.IGNORECASE)
FIELDS = {Label.DATE, Label.TIME, Label.START, Label.END, Label.PLACE}
PARTS = {Label.MINUTES, Label.DECISION}  # of a point
MOST_BELOW = 8  # rows below a label that may tell of the meeting
MOST_CELLS = 60  # of a table of meetings that are read
MOST = 200  # rows that tell of a next meeting
LONGEST = 400  # characters of a sentence behind the words that tell of it
YEAR = 400  # days; a yearly meeting moves by some weeks

LABELLED = ({Cue.LABEL: True}, Reason.BY_LABEL)

Parts = list[tuple[Label | None, Line]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next meeting is, and whether nothing but its place in the line says so."""

    words: str = ""
    is_guessed: bool = False


def read_next(
    rows: list[Row],
    edges: list[Row],
    headings: dict[int, str],
    day: date | None,
    people: set[int],
    agenda: set[int],
    title: str,
    number: int | None,
    here: str,
    register: Register,
) -> Found[NextMeeting] | None:
    """Return the next meeting. `people` and `agenda` are rows of lists.

    `headings` has the heading of each passage of the minutes by the row that it starts at;
    `title` are the lines that name this meeting, `here` is where it was.
    """
    ways = [(SAID, Cue.SAID), (FORESEEN, Cue.FORESEEN)]
    if number:
        ways.insert(0, (sequel(number), Cue.SEQUEL))
    kinds = set(KIND.findall(title.lower()))
    found: list[Candidate[NextMeeting]] = []
    told = 0
    for source, aside in ((rows, False), (edges, True)):
        for row in source:
            if row.blank or (row.index in people and not aside and not SAID.search(row.line.text)):
                continue
            listed = row.index in agenda and not aside
            for parts, cues, reason in _told(source, row, {} if aside else headings, ways):
                known = cues | {Cue.EDGE: aside, Cue.IN_AGENDA: listed}
                found += _candidates(parts, known, reason, day, kinds, register)
                told += 1
            if told > MOST:
                break
    chosen = choose(found, key=lambda one: one.date)
    return chosen and replace(chosen, value=_completed(chosen.value, found, here))


def _completed(value: NextMeeting, found: list[Candidate[NextMeeting]], here: str) -> NextMeeting:
    """Return the meeting with what other places tell of the same day."""
    if SAME.fullmatch(value.place):
        value = replace(value, place=here or value.place)
    for other in (one.value for one in found if one.value.date == value.date):
        if not value.start and other.start:
            value = replace(value, start=other.start, end=other.end)
        value = replace(value, place=value.place or other.place)
    return value


def _told(
    rows: list[Row], row: Row, headings: dict[int, str], ways: list[tuple[re.Pattern[str], Cue]]
) -> Iterator[tuple[Parts, dict[Cue, bool], Reason]]:
    """Yield what a row tells of a next meeting: the pieces below its label, or its sentence."""
    headed = Label.NEXT in (label_of(headings.get(row.index, "")), label_of(row.beside))
    if row.label is Label.NEXT or headed:
        beside = row.value if row.label is Label.NEXT else row.rest
        yield _below(rows, row, [beside] if beside else [], headings), *LABELLED
        return
    inner = [line for label, line in split(row.line) if label is Label.NEXT]
    if inner:
        yield _below(rows, row, inner, headings), *LABELLED
        return
    if row.wrapped:
        return  # read with the line that it goes on with
    whole = broken(rows, row, row.line, " ")
    for pattern, cue in ways:
        if match := pattern.search(whole.text):
            line = _sentence(whole, match)
            if whole.words.endswith(":") and not dates(line.text):
                yield _below(rows, row, [], headings), {cue: True}, Reason.IN_PROSE
                return
            # "Den 5. juni mødes vi igen" has its day before.
            behind = line.part(max(0, whole.start + match.start() - line.start))
            told = behind if dates(behind.text) else line
            yield split(told), {cue: True}, Reason.IN_PROSE
            return


def _below(rows: list[Row], row: Row, beside: list[Line], headings: dict[int, str]) -> Parts:
    """Return the pieces beside the label and below it, up to what tells of something else."""
    lines = [line.part(0, LONGEST) for line in beside if line.words]
    below = rows[row.index + 1 : row.index + 1 + MOST_BELOW]
    if not lines and (table := _table_below(rows, row)):
        return table
    for number, other in enumerate(below):
        waits = other.blank and (not lines or _has_fields(below[number:]))
        ruled = not (other.blank or re.search(r"\w", other.line.text))
        if waits or ruled or (other.label is Label.OTHER and not any(map(_is_dated, lines))):
            continue
        headed = other.index in headings and other.label not in PARTS
        opens = not lines and _is_dated(other.line) and not other.blank
        if headed or (_ends(other, row, below[number - 1] if number else row) and not opens):
            break
        value = other.value if other.label in PARTS else None
        line = (value or other.line).part(0, LONGEST)
        again = not lines or (_is_dated(lines[-1]) and _is_dated(line))
        small = bool(lines) and line.words[:1].islower() and lines[-1].words[-1] not in ".:;!?"
        goes_on = small or (other.wrapped and not again)
        if lines and (UNFINISHED.search(lines[-1].text) or goes_on):
            lines[-1] = joined([lines[-1], line], " ")
        elif line.words:
            lines.append(line)
    return _filled([part for line in lines for part in split(line)])


def _table_below(rows: list[Row], label: Row) -> Parts:
    """Return the cells of a table below the label, each with what its column is headed."""
    below = [one for one in rows[label.index + 1 : label.index + 1 + MOST_CELLS] if not one.blank]
    cells = [(one, one.cell) for one in takewhile(lambda one: one.cell is not None, below)]
    dated = {cell.row for one, cell in cells if cell and _is_dated(one.line)}
    if label.cell or 2 * len(dated) < len({cell.row for _, cell in cells if cell and cell.row}):
        return []
    heads = {cell.column: one.label for one, cell in cells if cell and cell.row == 0}
    first = 0 in dated  # it has no heading
    return [
        (heads.get(cell.column), one.line) for one, cell in cells if cell and (first or cell.row)
    ]


def _is_dated(line: Line) -> bool:
    return bool(dates(line.text))


def _filled(parts: Parts) -> Parts:
    """Give each label that stands alone the line below it."""
    found: Parts = []
    for label, line in parts:
        if label is None and found and found[-1][0] and not found[-1][1].words:
            found[-1] = (found[-1][0], line)
        else:
            found.append((label, line))
    return found


def _has_fields(below: list[Row]) -> bool:
    """Say whether behind the empty lines date, time or place stand under labels of their own."""
    filled = next((row for row in below if not row.blank), None)
    return filled is not None and filled.label in FIELDS


def _ends(row: Row, label: Row, last: Row) -> bool:
    """Say whether a row below the label of the next meeting tells of something else."""
    text = row.line.text
    asks = row.label is None and row.line.words.endswith(":") and not SAID.search(text)
    other = row.blank or row.line.level or row.label in ELSEWHERE or row.label is Label.OTHER
    if other or asks or SIGNED.match(text):
        return True
    if not label.cell or not row.cell or row.cell.row == label.cell.row:
        return False
    return row.label not in FIELDS and (not last.cell or last.cell.row != row.cell.row)


def _sentence(whole: Line, match: re.Match[str]) -> Line:
    """Return the sentence with the words."""
    text = whole.text
    start = max(
        (one.end() for one in SENTENCE_ENDS.finditer(text[: match.start()])),
        default=0,
    )
    line = Line(whole.start + start, text[start : match.end() + LONGEST])
    after = match.end() - start
    end = re.search(
        r"(?<=[a-zæøå\d)]{2})[.!](?:\s+(?=[A-ZÆØÅ])|\s*$)|(?<=\d{4})\.", line.text[after:]
    )
    if not end:
        return line
    stop = after + end.start()
    if placed := PLACED.match(line.text, stop + 1):
        stop = placed.end() + len(STOP.split(line.text[placed.end() :])[0])
    return Line(line.start, line.text[:stop])


def _candidates(
    parts: Parts,
    cues: dict[Cue, bool],
    reason: Reason,
    day: date | None,
    kinds: set[str],
    register: Register,
) -> Iterator[Candidate[NextMeeting]]:
    told = [
        (mention.span.start > AT_START, number, line, mention)
        for number, (label, line) in enumerate(parts)
        if label not in (Label.TIME, Label.PLACE, Label.END, Label.NUMBER, Label.ROLE)
        and (mention := _first_after(line.text, day))
    ]
    told = [one for one in told if NAMED.search(one[2].text)] or told
    # A line that opens with the day tells it, whatever else stands below the label.
    first = sorted(told, key=lambda one: one[:2])[:1]
    if len(told) > 2 and not any(mention.year for *_, mention in told):
        # A calendar may begin before this meeting: what is past is no meeting of next year.
        first = sorted(told, key=lambda one: _dated(one[3], day) or "9")[:1]
    for _late, number, line, mention in first:
        text = line.text
        when = _dated(mention, day) or ""
        others = dates(text[mention.span.end :])
        upto = mention.span.end + others[0].span.start if others else len(text)
        behind = [*takewhile(lambda part: part[0] is not Label.DATE, parts[number + 1 :])]
        behind += [part for part in parts[:number] if part[0] is Label.PLACE]
        clock = _clock(text[:upto], text, mention, behind)
        place = _place(text[:upto], mention, behind)
        if others and not place.words and (every := EVERY.search(text)):
            place = _every_place(text[every.start() :])
        before = text[: mention.span.start]
        named = {one.lower() for one in KIND.findall(before)}
        cues |= {
            Cue.WHOLE: mention.day is not None and bool(clock or place.words),
            Cue.MONTH_ONLY: mention.day is None,
            Cue.WEEKDAY: mention.fits(int(when[:4])) is True,
            Cue.WRONG_WEEKDAY: mention.fits(int(when[:4])) is False,
            Cue.NO_YEAR: mention.year is None and day is None,
            Cue.SAME_KIND: bool(named & kinds),
            Cue.OTHER_KIND: not named & kinds
            and bool((named and kinds) or OTHER_KIND.search(before)),
            Cue.FAR_OFF: bool(
                day and date.fromisoformat(f"{when}-01"[:10]) > day + timedelta(YEAR)
            ),
            Cue.GUESSED: place.is_guessed,
        }
        value = NextMeeting(
            when,
            clock.start if clock else None,
            clock.end if clock else None,
            bare(place.words, register),
        )
        span = Span(line.start + mention.span.start, line.start + mention.span.end)
        yield candidate(value, span, reason if mention.year else Reason.YEAR_INFERRED, cues)


def _first_after(text: str, day: date | None) -> Mention | None:
    """Return the first date after this meeting that is the meeting's own."""
    mentions = dates(text)
    if day and len(mentions) > 2 and not any(one.year for one in mentions):
        # Of the days of a year the first one to come, be it not the first that is told.
        mentions = sorted(mentions, key=lambda one: _dated(one, day) or "9")
    for number, mention in enumerate(mentions):
        near = text[max(0, mention.span.start - 40) : mention.span.start]
        later = mentions[number + 1].span.start if mentions[number + 1 :] else len(text)
        behind = text[mention.span.end : later]
        moved = MOVED.search(behind) or (MOVED_FROM.search(near) and behind.startswith(" til"))
        if ASIDE.search(near) or moved or (number and FURTHER.search(near)):
            continue
        when = _dated(mention, day)
        if when and not (day and when <= day.isoformat()[: len(when)] and len(when) == 10):
            return mention
    return None


def _dated(mention: Mention, day: date | None) -> str | None:
    if mention.year or day is None:
        return mention.dated()
    return mention.next_after(day + timedelta(days=1))


def _clock(text: str, whole: str, mention: Mention, behind: Parts) -> Clock | None:
    """Return the time in the sentence, behind the date, under its label, or on the next line."""
    found = clocks(text[mention.span.end :]) or clocks(text[: mention.span.start])
    if every := EVERY.search(whole):
        found = found or clocks(whole[every.start() :])
    if not found:
        # "12. december, 10-12", where nothing but its place says that it is a time.
        tail = text[mention.span.end : mention.span.end + 16]
        bare = clocks(tail, bare=True)
        found = bare if bare and re.fullmatch(r"[\s,;:(]*", tail[: bare[0].span.start]) else []
    for label, line in behind if not found else ():
        if label in (Label.TIME, Label.START, Label.END):
            found = found or clocks(line.text, bare=True) or clocks(f"kl {line.text}")
        elif label is None and not dates(line.text) and len(line.words) < 60:
            found = found or clocks(line.text)
    return found[0] if found else None


def _place(text: str, mention: Mention, behind: Parts) -> Place:
    """Return the place under its label, behind or before the date, or on a line of its own."""
    for label, line in behind:
        if label is Label.PLACE:
            told = where(line)
            return Place(told.place if told else "")
    if same := SAME.search(text):
        return Place(same[0])
    if placed := PLACED.search(text):
        told = where(Line(0, text[placed.end() :]))
        if told and told.place:
            return Place(told.place)
    tail = re.split(
        r"(?<=[a-zæøå\d)]{2})(?<!\btv)(?<!\bth)(?<!\bkld)[.!](?:\s+(?=[A-ZÆØÅ])|$)|(?<!,)\n",
        text[mention.span.start :],
    )[0]
    told = where(Line(0, _without_verbs(tail)))
    if told and told.mode is Mode.ONLINE and not told.place:
        return Place("online")
    if told and not told.place.isdigit() and told.place and not is_group(told.place):
        rest = text[mention.span.end :]
        return Place(told.place, is_guessed=not _looks(told.place, rest))
    before = "" if dates(text[: mention.span.start]) else _before(text[: mention.span.start])
    if before and not is_group(before):
        return Place(before)
    for label, line in behind[:3]:
        told = where(line) if label is None and not dates(line.text) else None
        if told and _looks(told.place, line.text) and not is_person(told.place):
            return Place(told.place)
    return Place("")


def _before(text: str) -> str:
    """Return the place before the day: "Næste møde holdes i Aarhus den 4. maj"."""
    *_, named = [None, *NAMED.finditer(text), *AGAIN.finditer(text)]
    match = BEFORE.fullmatch(text, named.end() if named else 0)
    told = where(Line(0, match["place"])) if match else None
    if not match or not told or is_person(told.place):
        return ""
    again = named is not None and AGAIN.fullmatch(named[0])
    surely = ((match["verb"] or again) and match["at"]) or has_look(told.place)
    return told.place if surely else ""


def _every_place(text: str) -> Place:
    """Return the place behind a list of days: "alle dage kl. 17 på rådhuset"."""
    if same := SAME.search(text):
        return Place(same[0])
    told = where(Line(0, text))
    return Place(told.place if told else "")


def _looks(place: str, text: str) -> bool:
    """Say whether words are a place by their look, or by a comma or a preposition before them."""
    looks = has_look(place) or ONLINE.search(place)
    lead = rf"(?:\S\s*[,|(–·-]|\b(?:på|i|hos|ved|at|in|via))\s*{re.escape(place)}"
    return bool(looks or re.search(lead, text))


def _without_verbs(text: str) -> str:
    return re.sub(
        r"\b(?:finder sted|(?:af)?holdes|(?:blev |er )?(?:fastsat|aftalt|fastlagt) til|er|bliver|"
        r"(?:mødes|ses|samles)\s+vi(?:\s+igen)?|will take place|will be held|is|on)\b|"
        rf"(?<=\s)(?i:{MEETING})(?=\s+(?:i|på|hos|ved)\s)",
        lambda match: " " * len(match[0]),
        text,
    )
