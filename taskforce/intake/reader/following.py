"""The next meeting: when and where, as a label, a heading or a sentence tells it."""

import re
from datetime import date, timedelta

from taskforce.intake.reader.dates import Clock, Mention, clocks, dates
from taskforce.intake.reader.draft import Found, Mode, NextMeeting, Span
from taskforce.intake.reader.places import Where, where
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Label, label_of

SAID = re.compile(
    r"\b(?:næste\s+(?:[a-zæøå-]+\s+){0,2}?(?:[a-zæøå-]*møde|gang)|næstkommende\s+møde|"
    r"næste\s+[a-zæøå-]*møde|kommende\s+møde|nyt\s+møde|(?:taskforcen|gruppen|bestyrelsen|"
    r"udvalget|vi)\s+mødes\s+(?:igen|næste\s+gang)|mødes\s+igen|ses\s+igen|"
    r"vi\s+(?:ses|mødes|tales\s+ved)|(?:talk|speak)\s+again|"
    r"the\s+next\s+(?:\w+\s+){0,2}?meeting|next\s+(?:\w+\s+){0,2}?meeting|"
    r"(?:will\s+)?meets?\s+(?:again|next))\b",
    re.IGNORECASE,
)
LATER = re.compile(
    r"\b(?:derefter|herefter|og igen|øvrige|de følgende|efterfølgende|tilmelding|afbud|"
    r"senest|deadline|frist|dagsorden(?:en)?\s+udsendes|forslag|materiale|godkendes|"
    r"register)\b",
    re.IGNORECASE,
)
ELSEWHERE = {
    Label.ACTIONS,
    Label.NEWS,
    Label.CALLS,
    Label.PRESENT,
    Label.ABSENT,
    Label.AGENDA,
    Label.ROLE,
}


def read_next(
    rows: list[Row], headings: dict[int, str], day: date | None, taken: set[int]
) -> Found[NextMeeting] | None:
    """Return the next meeting; a label counts more than a sentence, the last one more.

    `headings` has the heading of each passage of the minutes by the row that it starts at.
    """
    for row in reversed(rows):
        labelled = row.label is Label.NEXT or label_of(headings.get(row.index, "")) is Label.NEXT
        if labelled and row.index not in taken and (found := _labelled(rows, row, day)):
            return found
    for row in reversed(rows):
        if row.index not in taken and not row.blank and (match := SAID.search(row.line.text)):
            line = _sentence(rows, row, match)
            if found := _read([line], day, Reason.IN_PROSE):
                return found
    return None


def _labelled(rows: list[Row], row: Row, day: date | None) -> Found[NextMeeting] | None:
    beside = row.value if row.label is Label.NEXT else row.rest
    lines = [beside] if beside is not None and beside.words else []
    below = rows[row.index + 1 : row.index + 9]
    for number, other in enumerate(below):
        if other.blank and (not lines or _has_fields(below[number:])):
            continue
        if _ends(other, row) or len(lines) > 6:
            break
        told = other.label in (Label.MINUTES, Label.DECISION) and other.value is not None
        lines.append(other.value if told and other.value is not None else other.line)
    return _read(lines, day, Reason.BY_LABEL)


def _has_fields(below: list[Row]) -> bool:
    """Say whether behind the empty lines date, time or place stand under labels of their own."""
    filled = next((row for row in below if not row.blank), None)
    return filled is not None and filled.label in (Label.DATE, Label.PLACE, Label.TIME)


def _ends(row: Row, label: Row) -> bool:
    """Say whether a row below the label of the next meeting tells of something else."""
    if row.blank or row.line.level or row.label in ELSEWHERE:
        return True
    if row.label is Label.MINUTES and not (row.value and row.value.words):
        return True
    if (row.number is not None and not _is_date(row)) or (
        row.is_heading and not dates(row.line.text)
    ):
        return True
    return bool(label.cell and row.cell and row.cell.row != label.cell.row)


def _is_date(row: Row) -> bool:
    found = dates(row.line.text)
    return bool(found) and found[0].span.start < 12


def _sentence(rows: list[Row], row: Row, match: re.Match[str]) -> Line:
    """Return the rest of the sentence from its words on, over the line's end if it runs over."""
    text = row.line.text[match.end() :]
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    if (
        following is not None
        and not following.blank
        and following.cell is None
        and not re.search(r"[.!?]\s*$", text)
        and following.label is None
    ):
        tail = Line(row.line.start + match.end(), text)
        text = joined([tail, following.line]).text
    end = re.search(r"(?<=[a-zæøå\d)]{2})[.!](?:\s+(?=[A-ZÆØÅ])|\s*$)|(?<=\d{4})\.", text)
    return Line(row.line.start + match.end(), text[: end.start()] if end else text)


def _read(lines: list[Line], day: date | None, reason: Reason) -> Found[NextMeeting] | None:
    if not lines:
        return None
    text, offset = _as_text(lines)
    text = _first_part(text)
    mentions = [
        mention
        for mention in dates(text)
        if not LATER.search(text[max(0, mention.span.start - 40) : mention.span.start])
    ]
    if not mentions:
        return None
    mention = mentions[0]
    when = mention.next_after(day + timedelta(days=1) if day else None)
    if when is None or (day and len(when) == 10 and when <= day.isoformat()):
        return None
    upto = mentions[1].span.start if len(mentions) > 1 else len(text)
    found = clocks(text[:upto]) or _right_after(text[:upto], mention)
    start = found[0] if found else None
    place = _place(lines, text[:upto], offset)
    value = NextMeeting(when, start.start if start else None, start.end if start else None, place)
    span = Span(
        offset + mention.span.start, offset + max(mention.span.end, start.span.end if start else 0)
    )
    sure = 0.92 if mention.year or day else 0.6
    return Found(value, span, sure, reason if mention.year else Reason.YEAR_INFERRED)


def _right_after(text: str, mention: Mention) -> list[Clock]:
    """Read "12. december, 10-12", where nothing but its place says that it is a time."""
    tail = text[mention.span.end : mention.span.end + 16]
    found = clocks(tail, offset=mention.span.end, bare=True)
    near = found and re.fullmatch(r"[\s,;:(]*", tail[: found[0].span.start - mention.span.end])
    return found[:1] if near and found[0].end else []


def _first_part(text: str) -> str:
    """Cut off what is told of later meetings, sign-ups and papers."""
    for match in re.finditer(r"(?<=[a-zæøå\d)]{2})[.;](?:\s+|\n)", text):
        if LATER.search(text[match.end() : match.end() + 60]) and dates(text[: match.start()]):
            return text[: match.start()]
    return text


def _as_text(lines: list[Line]) -> tuple[str, int]:
    offset, text = lines[0].start, ""
    for line in lines:
        text += "\n" * max(0, line.start - offset - len(text)) + line.text
    return text, offset


def _place(lines: list[Line], text: str, offset: int) -> str:
    labelled = re.search(
        r"(?:^|\n|[.,;]\s)\s*(?:sted|mødested|place|venue|location|lokale|hvor)\s*(?::|\n|\t|"
        r" {2,})\s*(?P<place>[^\n]+)",
        text,
        re.IGNORECASE,
    )
    if labelled:
        told = where(Line(0, labelled["place"]))
        return told.place if told else ""
    # A heading or a greeting above the date tells of no place.
    if dated := dates(text):
        text = text[text.rfind("\n", 0, dated[0].span.start) + 1 :]
    first, _, rest = text.partition("\n")
    mentions = dates(first)
    tail = first[mentions[0].span.start :] if mentions else first
    found = where(Line(0, _sentence_part(tail if mentions else text)))
    if (not found or not found.place) and mentions and mentions[0].span.start > 6:
        found = _before(first[: mentions[0].span.start]) or found
    if (
        (not found or not found.place)
        and rest
        and len(rest.split("\n")[0]) < 70
        and not re.search(r"[.!?]$", rest.split("\n")[0])
    ):
        found = where(Line(0, rest.split("\n")[0])) or found
    if found is None:
        return ""
    return found.place if found.mode is not Mode.ONLINE or found.place else ""


def _sentence_part(text: str) -> str:
    text = re.split(r"(?<=[a-zæøå\d)]{2})[.!](?:\s+(?=[A-ZÆØÅ])|$)", text)[0]
    return re.sub(
        r"\b(?:finder sted|afholdes|holdes|blev fastsat til|er|bliver|will take place|"
        r"will be held|is|on)\b",
        lambda match: " " * len(match[0]),
        text,
    )


def _before(text: str) -> Where | None:
    match = re.search(
        r"\b(?:hos|på|i|at|in|via)\s+(?P<place>[A-ZÆØÅ].*?)\s*,?\s*(?:(?:man|tirs|ons|tors|"
        r"fre|lør|søn)dag)?\s*(?:d\.|den|on)?\s*$",
        text,
    )
    if not match:
        return None
    return where(Line(0, match[0] if match[0].startswith("hos") else match["place"]))
