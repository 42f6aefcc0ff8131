"""Find the lists of who was there and who was not, and read them."""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TypeGuard

from taskforce.intake.reader import people
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.people import Someone, looks_like_people
from taskforce.intake.reader.rows import WITH_PEOPLE, Row, labelled
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Label

SENTENCE_END = re.compile(
    r"(?<=[a-zæøå]{3})\.\s+(?=[A-ZÆØÅ])|(?<=\))\.\s+(?=[A-ZÆØÅ])|(?<=[a-zæøå]{3})\.$"
)
ALSO = re.compile(
    r"(?:under\s+(?:punkt|pkt\.?)\s*\d+(?:\s*(?:-|–|og)\s*\d+)?\s+)?deltog\s+(?:også|"
    r"desuden|endvidere|tillige|ligeledes|som\s+gæst(?:er)?)\s*[:;]?\s+"
    r"|(?:desuden|endvidere|også)\s+deltog\s*[:;]?\s+|also\s+(?:present|"
    r"attending)(?:\s+(?:was|were))?\s*[:;]?\s+",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"\s*(?P<who>[A-ZÆØÅ][^.:;]{4,200}?)\s+(?:var|er|blev|havde|har|kunne|deltog|was|were|had|"
    r"måtte|could|sent)\s+(?:desværre\s+)?(?:fraværende|forhindre(?:t|de)|"
    r"(?:meldt?|melde|sendt?|givet?)\s+"
    r"(?:afbud|fra|forfald)|ikke\s+(?:deltage|komme|med|til\s?stede|mødt)|absent|excused|"
    r"(?:sent\s+)?(?:their\s+)?apologies|unable\s+to|not\s+(?:present|attend|come))\b",
    re.IGNORECASE,
)
MOST_GROUPS = 60  # lists of people in one document
MOST_LINES = 400  # of one list
IN_SENTENCE = [*WITH_PEOPLE, (ALSO, Label.PRESENT)]


@dataclass(slots=True)
class Group:
    """A list of people: which label it stands under, its lines, its rows."""

    label: Label
    lines: list[Line] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)  # wholly taken up by the list

    sentence: bool = False
    stated: bool = False  # people stand beside the label itself
    wrapped: set[int] = field(default_factory=set)  # starts of lines that a margin broke off

    @property
    def people(self) -> list[Someone]:
        runs: list[list[Line]] = []
        for line in self.lines:
            if runs and (self.sentence or line.start in self.wrapped):
                runs[-1].append(line)
            else:
                runs.append([line])
        return people.people([joined(run) for run in runs])


def groups(rows: list[Row]) -> list[Group]:
    """Return the lists of people in the document, in order."""
    found: list[Group] = []
    at, start = 0, 0
    while at < len(rows) and len(found) < MOST_GROUPS:
        group, after, rest = _group(rows, at, start, found[-1] if found else None)
        if group is not None:
            found.append(group)
        at, start = (after, rest) if (after, rest) > (at, start) else (at + 1, 0)
    return found


# A group, and the row and the place in it from which to look on.
Step = tuple[Group | None, int, int]


def _group(rows: list[Row], at: int, start: int, last: Group | None) -> Step:
    row = rows[at]
    if row.cell is not None:
        return None, at + 1, 0
    if start == 0:
        if (
            row.label in (Label.PRESENT, Label.ABSENT)
            and row.value is not None
            and row.number is None
        ):
            return _collected(rows, at, row.label, row.value)
        if row.label is Label.CATEGORY and last is None and at < HEAD and _names_people(row.value):
            return _collected(rows, at, Label.PRESENT, row.value)
        if last is None and at < HEAD and (value := _inline_people(rows, row)):
            return _collected(rows, at, Label.PRESENT, value)
        if _introduces(rows, at, last):
            return _collected(rows, at, Label.PRESENT, row.rest.part(len(row.rest.text)))
        if _is_kind_of_people(rows, at, last):
            return _collected(rows, at, Label.PRESENT, row.rest.part(row.rest.text.index(":") + 1))
        if _is_category(rows, at, last):
            value = row.value if row.value is not None else row.rest.part(len(row.rest.text))
            return _collected(rows, at, Label.PRESENT, value)
    elif (told := labelled(row.rest.part(start)))[0] in (Label.PRESENT, Label.ABSENT):
        # "Med var: Anna, Bo. Ikke med: Carl."
        label, value = told
        if label and value and looks_like_people(_until_sentence_ends(value)[0]):
            return _collected(rows, at, label, value)
    return _said(rows, at, start)


def _names_people(line: Line | None) -> TypeGuard[Line]:
    return line is not None and _surely_people(line)


def _said(rows: list[Row], at: int, start: int) -> Step:
    """Look in a line, from `start` on, for a sentence that says who was there or was not."""
    text = rows[at].rest.text
    matches = [
        (match, label)
        for pattern, label in IN_SENTENCE
        for match in pattern.finditer(text, start)
        if not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in ".;:"
    ]
    for match, label in sorted(matches, key=lambda pair: pair[0].start())[:20]:
        step = _in_sentence(rows, at, label, match.end())
        if step[0] is not None:
            return step
    return _away(rows, at, start), at + 1, 0


def _away(rows: list[Row], at: int, start: int) -> Group | None:
    """Read "Palle Truelsen (V) og Gitte Ny (B) var fraværende" near the head or its heading."""
    headed = any(row.label in (Label.ABSENT, Label.PRESENT) for row in rows[max(0, at - 5) : at])
    told = rows[at].rest.part(start)
    match = AWAY.match(told.text.lstrip(" .")) if headed or at < 15 else None
    if match is None:
        return None
    begin = told.text.index(match["who"])
    who = told.part(begin, begin + len(match["who"]))
    group = Group(Label.ABSENT, [who], {at}, sentence=True)
    named = group.people
    return group if named and all(one.weight >= 0.9 for one in named) else None


HEAD = 40  # rows at the top among which lists of people stand without a label


def _introduces(rows: list[Row], at: int, last: Group | None) -> bool:
    """Say whether a line of other words ends in a colon with a list of people below it."""
    row = rows[at]
    if last is not None or at > HEAD or row.label or row.number or not row.rest.words.endswith(":"):
        return False
    below = [one for one in rows[at + 1 : at + 4] if not one.blank]
    return bool(below) and below[0].label is None and _surely_people(below[0].rest)


def _inline_people(rows: list[Row], row: Row) -> Line | None:
    """Return the people in "Vi sad i kantinen, og der var: Rune Thybo (Agerlund Kommune), …"."""
    at = row.rest.text.rfind(": ")
    if at < 8 or row.label or row.number is not None or row.cell is not None:
        return None
    value = row.rest.part(at + 1)
    # A margin may have broken the rest of the list off.
    rest = takewhile(lambda one: one.wrapped, rows[row.index + 1 : row.index + 6])
    whole = joined([value, *(one.rest for one in rest)])
    named = [one for one in people.people([whole]) if one.weight >= 0.9]
    return value if len(named) > 1 and looks_like_people(whole) else None


def _is_kind_of_people(rows: list[Row], at: int, last: Group | None) -> bool:
    """Say whether a line such as "Forældre: Troels Ege, …" is one of several at the head."""
    if at > HEAD or (last is not None and max(last.rows, default=-9) < at - 2):
        return False
    following = next((row for row in rows[at + 1 : at + 5] if not row.wrapped), rows[at])
    beside = [rows[at], following] if last is None else [rows[at]]
    return all(_lists_a_kind(row) for row in beside)


def _lists_a_kind(row: Row) -> bool:
    lead, colon, rest = row.rest.text.partition(":")
    if not colon or len(lead) > 40 or row.number is not None or row.cell is not None:
        return False
    if row.label not in (None, Label.CATEGORY) or not re.fullmatch(r"[A-ZÆØÅ][^.,;]*", lead):
        return False
    persons = people.people([Line(0, rest)])
    return bool(persons) and looks_like_people(Line(0, rest)) and not _surely_people(Line(0, lead))


def _surely_people(line: Line) -> bool:
    named = [one for one in people.people([line]) if one.weight >= 0.9]
    return looks_like_people(line) and (len(named) > 1 or any(one.organisation for one in named))


def _is_category(rows: list[Row], at: int, last: Group | None) -> bool:
    """Say whether a short line with a colon opens more people, after a list of people."""
    row = rows[at]
    words = row.rest.words
    near = last is not None and last.rows and at - max(last.rows) <= 3
    if not near or row.number is not None or not re.fullmatch(r"[^:]{3,60}:?", words):
        return False
    if row.label not in (None, Label.CATEGORY) or not (words.endswith(":") or row.label):
        return False
    return at + 1 < len(rows) and looks_like_people(rows[at + 1].rest)


def _collected(rows: list[Row], at: int, label: Label, value: Line) -> Step:
    """Gather the lines of the list that a label opens at `at`."""
    lead = rows[at].rest.text[: value.start - rows[at].rest.start]
    said = bool(value.words) and ":" not in lead and any(one.match(lead) for one, _ in WITH_PEOPLE)
    group = Group(label, rows={at}, sentence=said, stated=bool(value.words))
    if value.words:
        line, ended = _until_sentence_ends(value)
        group.lines.append(line)
        if ended:
            return group, at, line.end - rows[at].rest.start
    after = at + 1
    while (
        after < len(rows)
        and len(group.lines) < MOST_LINES
        and (step := _continues(rows, after, group))
    ):
        after = _take(rows, after, step, group)
        if group.lines and (cut := _until_sentence_ends(group.lines[-1]))[1]:
            group.lines[-1] = cut[0]
            return group, after - 1, cut[0].end - rows[after - 1].rest.start
    return group, after, 0


def _take(rows: list[Row], at: int, step: int, group: Group) -> int:
    for row in rows[at : at + step]:
        group.rows.add(row.index)
        if row.blank:
            continue
        line = row.rest
        if row.label is Label.CATEGORY and row.value is not None:
            line = row.value
        if row.label is Label.ROLE and row.value is not None:
            line = row.rest
        if row.number is not None and row.clock is None:
            line = row.rest
        if line.words:
            group.lines.append(line)
            group.wrapped |= {line.start} if row.wrapped else set()
    return at + step


def _continues(rows: list[Row], at: int, group: Group) -> int:
    """Return how many rows from `at` on go on with the list; 0 ends it."""
    blanks = next((count for count, row in enumerate(rows[at : at + 3]) if not row.blank), 3)
    if at + blanks >= len(rows):
        return 0
    row = rows[at + blanks]
    goes_on = _after_blank(row, group, blanks) if blanks else _right_below(rows, row, group)
    return blanks + 1 if goes_on else 0


def _after_blank(row: Row, group: Group, blanks: int) -> bool:
    """Say whether a list goes on behind an empty line."""
    if not _can_be_listed(row, group) or row.label is not None:
        return False
    if group.lines and group.label is Label.ABSENT:
        return False
    if (len(group.lines) > 1 or blanks > 2) and not _same_manner(row, group):
        return False
    return looks_like_people(row.rest)


def _right_below(rows: list[Row], row: Row, group: Group) -> bool:
    """Say whether the line below a list belongs to it."""
    if row.cell is not None or row.line.level or row.clock is not None:
        return False
    if row.wrapped and group.lines and row.label is None:
        return True
    if not _can_be_listed(row, group):
        return False
    heads_people = _next_is_people(rows, row.index + 1)
    if row.label is Label.CATEGORY:
        # "Afbud: Lars Skou" is complete; "Sekretariat: Trine Bek" below it was there.
        if group.label is Label.ABSENT and group.stated:
            return False
        return heads_people or bool(row.value and looks_like_people(row.value))
    if row.label is Label.ROLE and row.value is not None:
        listed = group.label is Label.PRESENT and bool(group.lines)
        return listed and looks_like_people(row.value)
    if row.label is not None or (row.number is not None and not looks_like_people(row.rest)):
        return False
    if looks_like_people(row.rest) or _is_shaped_alike(row, group):
        return True
    if group.lines and _completes(row, group):
        return True
    return heads_people and bool(re.fullmatch(r"[^:]{3,40}:", row.rest.words))


def _can_be_listed(row: Row, group: Group) -> bool:
    """Say whether nothing about a line's place or first words keeps it off the list."""
    if row.cell is not None or row.line.level or row.clock is not None:
        return False
    others = re.match(r"(?:fra|from|gæst)", row.rest.words, re.IGNORECASE)
    return not (group.label is Label.ABSENT and others)


def _completes(row: Row, group: Group) -> bool:
    """Say whether a line completes the list's last line, or is a name that is not known."""
    if _is_open(group.lines[-1]) or _goes_on(group):
        return True
    return _may_be_name(row) or _is_their_organisation(row, group)


def _next_is_people(rows: list[Row], at: int) -> bool:
    return at < len(rows) and rows[at].label is None and looks_like_people(rows[at].rest)


def _goes_on(group: Group) -> bool:
    """Say whether a sentence that began with the list is not ended by a line of full length."""
    last = group.lines[-1].words
    return group.sentence and len(last) > 50 and not re.search(r"[.:!]$", last)


def _is_their_organisation(row: Row, group: Group) -> bool:
    """Say whether a line gives the organisation of the person on the line before it."""
    last = people.people(group.lines[-1:])
    alone = len(last) == 1 and not last[0].organisation and last[0].name == group.lines[-1].words
    weight = likeness(row.rest.words)
    return alone and weight.organisation >= 0.8 > weight.person and not row.is_heading


def _is_shaped_alike(row: Row, group: Group) -> bool:
    """Say whether a line of words that nobody knows is built as the lines of its list are."""
    shape = people.shape(row.rest)
    if shape is None or row.is_heading or group.sentence:
        return False
    if not group.lines:
        return len(shape) > 1
    return len(shape) > 1 and shape == people.shape(group.lines[-1])


def _may_be_name(row: Row) -> bool:
    """Say whether a line among names may be one more, though its given name is not known."""
    words = re.sub(r"\s*\([^()]*\)", "", row.rest.words)
    return likeness(words).person >= 0.4 and len(words.split()) > 1 and not row.is_heading


def _same_manner(row: Row, group: Group) -> bool:
    """Say whether a row after a blank is set as the list is: one person a line, or a bullet."""
    if not group.lines:
        return True
    return (
        len(row.rest.words) < 90
        and looks_like_people(row.rest)
        and row.number is None
        and not row.is_heading
    )


def _is_open(line: Line) -> bool:
    """Say whether a line of a list must go on: it ends in a comma or in the middle of something."""
    words = line.words
    return bool(
        re.search(r"(?:,|;|\b(?:og|samt|and|fra|i|for|af|the|of|til)|&)$", words)
    ) or words.count("(") > words.count(")")


def _until_sentence_ends(line: Line) -> tuple[Line, bool]:
    for match in SENTENCE_END.finditer(line.text):
        following = line.text[match.end() :]
        first = re.split(r"[,;(]| og ", following)[0].strip(" .")
        if following and likeness(first).person >= 1.9 and not AWAY.match(following):
            continue
        return line.part(0, match.start()), bool(following.strip()) or match.end() == len(line.text)
    return line, False


def _in_sentence(rows: list[Row], at: int, label: Label, start: int) -> Step:
    """Gather a list that stands in a sentence, over the lines that the sentence runs over."""
    group = Group(label, sentence=True)
    line, ended = _until_sentence_ends(rows[at].rest.part(start))
    group.lines.append(line)
    after = at + 1
    while not ended and after < len(rows) and _runs_on(rows[after], group):
        line, ended = _until_sentence_ends(rows[after].rest)
        group.lines.append(line)
        after += 1
    if not group.people:
        return None, at + 1, 0
    group.rows = set(range(at, after))
    return group, after - 1, line.end - rows[after - 1].rest.start


def _runs_on(row: Row, group: Group) -> bool:
    if row.blank or row.label is not None or row.number is not None or len(group.lines) > 8:
        return False
    if row.wrapped or _is_open(group.lines[-1]):
        return True
    return looks_like_people(_until_sentence_ends(row.rest)[0])
