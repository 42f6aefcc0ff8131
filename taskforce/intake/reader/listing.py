"""Find the lists of who was there and who was not, and read them."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from taskforce.intake.reader import people
from taskforce.intake.reader.clauses import clause, tells
from taskforce.intake.reader.fields import TITLE
from taskforce.intake.reader.names import (
    BODY,
    MYSELF,
    PARTICLES,
    ROLE,
    is_given,
    is_initials,
    likeness,
    without_role,
)
from taskforce.intake.reader.people import Someone, looks_like_people
from taskforce.intake.reader.pieces import (
    ALSO,
    INITIALS,
    SHORT,
    are_initials,
    ends_half,
    is_broken,
    is_field,
    may_open_list,
    opens_with_name,
    pieces_of,
)
from taskforce.intake.reader.places import ONLINE
from taskforce.intake.reader.rows import Row, labelled
from taskforce.intake.reader.status import MARKED, away_marks
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import STAYED, Label, column_of, label_of, people_lead

SENTENCE_END = re.compile(
    rf"[.;,]?\s+(?=(?i:{STAYED}|ikke\s+(?:mødt|til\s?stede)|ikke\s+med)(?:\s+fra)?\s*:)|"
    r",?\s+(?:mens|hvorimod|while)\s+(?=[A-ZÆØÅ])|"
    r"[.;,]?\s*[\[(](?=(?i:afbud|fraværende|apologies)(?::|\s+fra)\s)|"
    r",?\s+(?=og\s+fra\s[^.;:]{3,80}?\s(?:mødte|deltog|kom)\b)|"
    rf";\s+(?=(?i:{STAYED}|ikke)\b)|\.\s+(?=[A-ZÆØÅ])|(?<=[a-zæøå]{{3}})\.$"
)
# What opens a sentence of its own, even behind what may be short for something.
OPENS = re.compile(rf"(?i:{STAYED}|ikke)\b|[A-ZÆØÅ][^.:]{{2,25}}\.?:\s")
PEOPLE = (Label.PRESENT, Label.ABSENT)
SMALL_PARTS = re.compile(r"(\s*[,;:()–/]\s*|\s(?:og|samt|and)\s|^\s*[-*•]\s+|\s+-\s+)")
OTHERS = re.compile(r"(?:øvrige|andre|other)\b", re.IGNORECASE)
WHOLE = re.compile(r"(?:[a-zæøå]{3}|\))$")  # a word that is not cut short
STOP = re.compile(r"\s*(?:[.;]|,?\s*(?:mens|hvorimod|while|og|and|men)\s)?\s*[\[(]?")
LEGEND = re.compile(
    r"\(?(?P<mark>[^\s()]{1,2}|\[.?\]|afkrydset|kryds)\)?\s*(?:=|\sbetyder)\s*"
    r"(?:(?P<away>afbud|fravær|ikke)|til\s?stede|mødt|deltog)",
    re.IGNORECASE,
)
MARKED_WITH = re.compile(
    r"(?:(?P<away>afbud|fravær|ikke)\b|til\s?stede|mødt|deltog)[^():]{0,20}\b(?:markeret|mærket|vist|angivet)\s+"
    r"med\s+(?:et\s+)?(?P<mark>[^\s()]{1,2})",
    re.IGNORECASE,
)
# "HJ = Hanne Juul", "Hanne Juul (HJ)"
WORD = rf"(?:[^\W\d_a-zæøå][\w'’-]+|[^\W\d_a-zæøå]\w{{0,2}}\.|(?:{'|'.join(PARTICLES)})(?=\s))"
NAMED = rf"(?P<name>{WORD}(?:\s{WORD}){{1,4}})"
LETTERS_FIRST = re.compile(rf"\b(?P<letters>{INITIALS.pattern})\s*(?:[=:–-]|\ser\s)\s*{NAMED}")
LETTERS_LAST = re.compile(rf"{NAMED}\s*\((?P<letters>{INITIALS.pattern})[,)]")
GREETING = re.compile(
    r"(?:(?:med|de|mange|venlige?)\s+){0,3}(?:hilsen|hilsner|mvh|vh)\b", re.IGNORECASE
)
SENT_BY = re.compile(r"(?:fra|from):", re.IGNORECASE)
OFFICE = r"(?:dirigent|referent|ordstyrer|mødeleder|protokolfører)(?:en)?"
ELECTED = r"(?:blev\s+(?:gen)?valgt|valgtes|genvalgtes|tog\s+imod\s+valg\w*)"
OFFICIATES = (
    r"(?:bød\s+velkommen|(?:førte|skrev|tog)\s+(?:referat\w*|protokol\w*|pennen)|"
    r"(?:ledede|styrede|åbnede)\s+(?:mødet|ordet))"
)
# Who led the meeting, wrote of it or was elected to.
OFFICES = [
    re.compile(words.replace("NAMED", NAMED.replace("?P<name>", "")))
    for words in (
        rf"\b{OFFICE}(?: og {OFFICE})?\s+(?:var|er|blev|{ELECTED})\s+NAMED",
        rf"NAMED,?\s+(?:(?:{ELECTED}|var|er)\s+)?(?:som|til)\s+{OFFICE}",
        r"\b(?:led(?:et|es)|skrevet|ført)\s+af\s+NAMED",
        rf"NAMED,?\s+{OFFICIATES}",
        r"(?i:pennen\s+førte)s?\s+(?:af\s+)?NAMED",
        rf"(?i:valg\s+af\s+{OFFICE})[^.]{{0,60}}?NAMED,?\s+(?:som\s+)?{ELECTED}",
    )
]
LEAD = re.compile(r"(?:[A-ZÆØÅ][^.:]{2,40})?:\s+")
WRITER = re.compile(r"(?:ref\b|referent|sekretær|for referat)", re.IGNORECASE)
NO_MARK = " "  # whoever came has a mark
NEAR = 15  # rows at the top in which a sentence tells who was there
MOST_GROUPS = 60  # lists of people in one document
MOST_LINES = 250  # of one list
MOST_OTHERS = 20  # lines of other lists that show the manner of one
# Where a clause may open that says who was there.
OPENING = re.compile(r"(?:^|(?<=[.,;:])|\b(?:og|men|mens)(?=\s))\s*")


@dataclass(slots=True)
class Group:
    """A list of people: which label it stands under, its lines, its rows."""

    label: Label
    lines: list[Line] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)  # wholly taken up by the list

    sentence: bool = False
    numbered: bool = False  # its lines have numbers
    marks: dict[int, str] = field(default_factory=dict)  # start of a line: the mark before it
    said: str = ""  # how its people took part: "deltog via Teams"
    origin: str = ""  # the organisation that the sentence gives: "Fra KAB deltog …"
    stated: bool = False  # people stand beside the label itself
    wrapped: set[int] = field(default_factory=set)  # starts of lines that a margin broke off
    heads: set[int] = field(default_factory=set)  # starts of lines less set in than the next one
    depth: int = 0  # of the last line
    bullet: bool = False  # the last line has one
    spaced: bool = False  # a blank line stands behind each of its lines
    by_kind: bool = False  # its lines say what kind of people they name: "Forældrevalgte: …"
    initials: bool = False  # a list of the document has initials for names
    others: list[Line] = field(default_factory=list)  # of the document's other lists
    names: dict[str, str] = field(default_factory=dict)  # what initials stand for
    writer: str = ""  # whom "undertegnede" means
    sent_to: list[str] = field(default_factory=list)  # names that a mail's head has in full
    guessed: bool = False  # no label says that its people came: they are not sure
    away: str = ""  # the mark that its label explains: "Deltagere (* = afbud)"

    @property
    def people(self) -> list[Someone]:
        runs: list[list[Line]] = []
        lines, away = self._unmarked()
        for line in lines:
            goes_on = self.sentence or line.start in self.wrapped
            if runs and (
                _is_cut(runs[-1]) or (goes_on and is_broken(runs[-1][-1].words, line.words))
            ):
                runs[-1].append(line)
            else:
                runs.append([line])
        listed = [replace(joined(run), level=run[0].start in self.heads) for run in runs]
        found = people.people(listed, initials=self.initials, others=self.others, names=self.names)
        names = {one.name for one in found}
        for one in found:
            full = [name for name in self.sent_to if name.startswith(f"{one.name} ")]
            one.name = full[0] if len(full) == 1 else one.name
            if self.writer and self.writer not in names and MYSELF.fullmatch(one.name):
                one.name = self.writer
            if not BODY.fullmatch(self.origin):
                one.organisation = one.organisation or self.origin
            one.notes += [self.said] if ONLINE.search(self.said) else []
            if self.guessed:
                one.weight = min(one.weight, GUESSED)
            if max(line.start for line in lines if line.start <= one.span.start) in away:
                one.notes.append("afbud")
        return [one for one in found if not MYSELF.fullmatch(one.name)]

    def _unmarked(self) -> tuple[list[Line], set[int]]:
        """Return the lines without marks of who was there, and the starts of those who were not."""
        matches = [MARKED.match(line.text) for line in self.lines]
        marked = self.marks | {
            line.start: (match["lead"] or match["tail"]).strip("()").lower()
            for line, match in zip(self.lines, matches, strict=True)
            if match
        }
        explained = self.away and (self.away == NO_MARK or self.away.lower() in marked.values())
        away = away_marks([*marked.values()], self.away if explained else "")
        told = 2 * len(marked) >= len(self.lines) and away & {*marked.values()}
        if not explained and not told:
            return self.lines, set()
        lines = [
            line.part(match.end("lead") if match["lead"] else 0, match.start("tail") % 9999)
            if match
            else line
            for line, match in zip(self.lines, matches, strict=True)
        ]
        return lines, {
            line.start
            for line, before in zip(lines, self.lines, strict=True)
            if marked.get(before.start, NO_MARK) in away
        }


def _is_cut(run: list[Line]) -> bool:
    """Say whether lines end inside a parenthesis, which the next line closes."""
    text = " ".join(line.text for line in run)
    return text.count("(") > text.count(")") and len(run) < 4


def groups(rows: list[Row]) -> list[Group]:
    """Return the lists of people in the document, in order.

    Where some name people by initials, the lines that tell what these stand for are no lists.
    """
    rows = _with_capitals(rows)
    found = _groups(rows)
    names, told = _spelled_out(rows)
    came = [group for group in found if group.label is Label.PRESENT and not group.rows & told]
    if any(_has_initials(group, names) for group in came):
        found = _groups([_emptied(row) if row.index in told else row for row in rows])
    for group in found:
        group.names = {} if group.rows & told else names
        group.initials = group.initials or bool(names)
    return found


def _with_capitals(rows: list[Row]) -> list[Row]:
    """Write the names in a list large where all of it is small: "til stede: anne og bo"."""
    found, is_small = [], False
    for row in rows:
        if row.blank or row.label is not None:
            is_small = row.label in PEOPLE
        is_small = is_small and row.line.text.islower()
        if is_small:
            parts = SMALL_PARTS.split(row.line.text)
            text = "".join(one.title() if is_given(one.split(" ")[0]) else one for one in parts)
            told = [row.line, row.rest, *([row.value] if row.value else [])]
            line, rest, *value = [
                replace(one, text=text[one.start - row.line.start :][: len(one.text)])
                for one in told
            ]
            row = replace(row, line=line, rest=rest, value=value[0] if value else None)
        found.append(row)
    return found


def _has_initials(group: Group, names: dict[str, str]) -> bool:
    """Say whether a list has initials for a name, other than beside the name itself."""
    pieces = pieces_of(group.lines)
    return any(piece.words in names and piece.before != "paren" for piece in pieces)


def _emptied(row: Row) -> Row:
    nothing = row.line.part(0, 0)
    return Row(nothing, row.index, nothing)


def _spelled_out(rows: list[Row]) -> tuple[dict[str, str], set[int]]:
    """Return the names that initials stand for, and the rows that tell so and nothing else."""
    names: dict[str, str] = {}
    told: set[int] = set()
    for row in rows:
        pairs = [
            (match["letters"], match["name"].strip())
            for pattern in (LETTERS_FIRST, LETTERS_LAST)
            for match in pattern.finditer(row.rest.text)
        ]
        pairs = [(letters, name) for letters, name in pairs if is_initials(letters, name)]
        found = {letters: name for letters, name in pairs if likeness(name).person >= 0.4}
        names = found | names
        told |= {row.index} if found else set()
    return names, told


def _groups(rows: list[Row]) -> list[Group]:
    found: list[Group] = []
    at, start = 0, 0
    while at < len(rows) and len(found) < MOST_GROUPS:
        group, after, rest = _group(rows, at, start, found[-1] if found else None)
        if group is not None:
            found.append(group)
        at, start = (after, rest) if (after, rest) > (at, start) else (at + 1, 0)
    initials = any(are_initials(pieces_of(group.lines)) for group in found)
    for group in found:
        group.initials = initials
        group.others = [
            line
            for other in found
            if not (other is group or group.sentence or other.sentence)
            for line in other.lines
        ][:MOST_OTHERS]
    writer = _writer(rows)
    sent_to = [
        one.name
        for row in rows[:HEAD]
        if row.label is Label.OTHER and row.value and looks_like_people(row.value)
        for one in people.people([row.value])
    ]
    for group in found:
        group.writer, group.sent_to = writer, sent_to
    return [*found, *_in_office(rows, found)]


def _writer(rows: list[Row]) -> str:
    """Return who sent a mail, signed it or wrote the minutes: whom "undertegnede" means."""
    sent = [row.value for row in rows[:5] if SENT_BY.match(row.rest.text) and row.value]
    signed = [below for row in rows if GREETING.match(row.rest.text) for below in rows[row.index :]]
    named = [row.value for row in rows if WRITER.match(row.rest.text) and row.value]
    by = [
        line for line in [*sent, *(row.rest for row in signed[1:5]), *named] if _is_somebody(line)
    ]
    return people.people(by[:1])[0].name if by else ""


def _in_office(rows: list[Row], found: list[Group]) -> list[Group]:
    """Return who led or wrote, which is told at the head: a list below may not repeat them."""
    top = next((row.index for row in rows[:HEAD] if row.label is Label.AGENDA), HEAD)
    listed = {at for group in found for at in group.rows}
    filled = [row.rest for row in rows[:HEAD] if not row.blank]
    said = [
        line.part(match.start(1), match.end(1))
        for line in (joined([*pair], "|") for pair in pairwise(filled))
        for pattern in OFFICES
        for match in pattern.finditer(line.text)
    ]
    lines = [
        value
        for row in rows[:top]
        if row.index not in listed and row.cell is None
        for part in _sentences(row.rest)
        if (told := labelled(part))[0] is Label.ROLE and (value := told[1])
    ]
    return [
        Group(Label.PRESENT, [line], guessed=True) for line in [*lines, *said] if _are_people(line)
    ]


def _sentences(line: Line) -> list[Line]:
    stops = [match.end() for match in re.finditer(r"(?<=[\w)])\.\s+(?=[A-ZÆØÅ])", line.text)]
    return [line.part(start, end) for start, end in pairwise([0, *stops, len(line.text)])]


def unlabelled(rows: list[Row]) -> list[Group]:
    """Return the lines at the head that name one person after another under no label."""
    run: list[Row] = []
    for row in [*rows[:HEAD], None]:
        if row and (row.blank or _names_people(row, 0.4 if len(run) > 1 else 0.9)):
            run.append(row)
            continue
        if row and _may_head(rows, row, run):
            run.append(row)
            continue
        told = [one for one in run if not one.blank]
        group = Group(Label.PRESENT, [_listed(one) for one in told], {one.index for one in told})
        for one in told:
            group.marks |= _marks(one, _listed(one))
        named = [one for one in group.people if one.weight >= 0.9]
        if len(named) > 2 and any(one.label is None for one in told):
            group.guessed = True
            return [group]
        run = []
    return []


def _listed(row: Row) -> Line:
    return row.value if row.label is Label.ROLE and row.value else row.rest


def _names_people(row: Row, least: float = 0.9) -> bool:
    """Say whether a line is somebody's name with what stands beside it, or several names."""
    line = _listed(row)
    if row.label not in (None, Label.ROLE) or row.number is not None or not looks_like_people(line):
        return False
    named = people.people([line])
    sure = [one for one in named if one.weight >= least]
    first = sure[0].span.start - line.start < 30 if sure else False
    return first and (len(sure) > 1 or len(line.words) < 90)


def _may_head(rows: list[Row], row: Row, run: list[Row]) -> bool:
    """Say whether a line without a date or number may stand above people, and has them below."""
    below = next((one for one in rows[row.index + 1 : row.index + 4] if not one.blank), None)
    if row.cell and run:
        return False
    plain = row.label in (None, Label.CATEGORY) and len(row.rest.words) < 60 and not row.is_item
    told = re.search(r"\d", row.rest.words) or ONLINE.search(row.rest.words)
    heads = plain and not (told or TITLE.search(row.rest.words))
    return bool(heads and below and _names_people(below))


def _are_people(line: Line) -> bool:
    named = people.people([line]) if looks_like_people(line) else []
    return bool(named) and all(one.weight >= 0.9 for one in named)


def _is_somebody(line: Line) -> bool:
    named = people.people([line]) if looks_like_people(line) else []
    return len(named) == 1 and named[0].weight >= 0.9 and named[0].span.start - line.start < 30


# A group, and the row and the place in it from which to look on.
Step = tuple[Group | None, int, int]


def _group(rows: list[Row], at: int, start: int, last: Group | None) -> Step:
    row = rows[at]
    if row.cell is not None:
        return _in_cell(rows, at), at + 1, 0
    if start == 0:
        if (
            row.label in (Label.PRESENT, Label.ABSENT)
            and row.value is not None
            and row.number is None
        ):
            return _collected(rows, at, row.label, row.value)
        if (value := _opened(rows, at, last)) is not None:
            return _collected(rows, at, Label.PRESENT, value)
        if LEGEND.match(row.line.text) and at < HEAD and _next_is_people(rows, at + 1):
            return _collected(rows, at, Label.PRESENT, row.line.part(len(row.line.text)))
    elif (told := labelled(_after_stop(row.rest, start)))[0] in (Label.PRESENT, Label.ABSENT):
        # "Med var: Anna, Bo. Ikke med: Carl."
        label, value = told
        if value and re.search(r"^[^(]*\)$|\]$", value.words):
            value = value.part(0, len(value.text.rstrip()) - 1)  # "(Afbud: Ole Birk)"
        named = value and (
            looks_like_people(_until_sentence_ends(value)[0])
            or (
                last is not None
                and are_initials(pieces_of(last.lines))
                and are_initials(pieces_of([value]), 1)
            )
        )
        if label and value and named:
            return _collected(rows, at, label, value)
    elif last is not None and (lead := LEAD.match(_after_stop(row.rest, start).text)):
        # "Alle var mødt undtagen Carl. Det vil sige: Anna, Bo."
        value = _after_stop(row.rest, start).part(lead.end())
        if _surely_people(_until_sentence_ends(value)[0]):
            return _collected(rows, at, Label.PRESENT, value)
    return _said(rows, at, start, last)


def _in_cell(rows: list[Row], at: int) -> Group | None:
    """Return the people behind a label inside a cell: a form has its fields in a table."""
    row = rows[at]
    if row.label not in PEOPLE or row.value is None or not looks_like_people(row.value):
        return None
    below = takewhile(lambda one: one.cell == row.cell, rows[at + 1 :])
    listed = list(takewhile(lambda one: one.label is None and looks_like_people(one.rest), below))
    lines = [row.value, *(one.rest for one in listed)]
    return Group(row.label, lines, {at, *(one.index for one in listed)})


def _after_stop(line: Line, start: int) -> Line:
    """Return what follows the end of a sentence, or a semicolon, in a line."""
    stop = STOP.match(line.text, start)
    return line.part(stop.end() if stop else start)


def _said(rows: list[Row], at: int, start: int, last: Group | None) -> Step:
    """Look in a line, from `start` on, for a clause that says who was there or was not."""
    row = rows[at]
    headed = any(one.label in PEOPLE for one in rows[max(0, at - 5) : at])
    near = at < NEAR or headed or (last is not None and at - max(last.rows, default=at) <= 3)
    below = takewhile(lambda one: _goes_on(one) and near, rows[at + 1 : at + 12])
    line = joined([row.rest, *(one.rest for one in below)])
    for opening in OPENING.finditer(row.rest.text, start):
        told = clause(line.text, opening.end()) if opening.end() < len(row.rest.text) else None
        free = near and row.number is None and row.label in (None, Label.CATEGORY, *PEOPLE)
        if told is None or not (told.is_plain or free):
            continue
        if told.stop is None:
            step = _in_sentence(rows, at, told.label, told.start)
            if step[0] is not None:
                step[0].origin = told.origin
                return step
        else:
            who = line.part(told.start, told.end)
            group = Group(told.label, [who], {at}, sentence=True, origin=told.origin)
            group.said = line.text[told.end : told.stop].strip()
            named = group.people
            if named and all(one.weight >= 0.9 for one in named) and may_open_list(who.text):
                stop = line.start + told.stop
                end = next((one for one in rows[at:] if one.rest.end >= stop), row)
                group.rows = set(range(at, end.index + 1))
                return group, end.index, stop - end.rest.start
    return None, at + 1, 0


def _goes_on(row: Row) -> bool:
    """Say whether a line goes on with the sentence of the one before it."""
    free = row.cell is None and not (row.is_item or row.beside)
    return row.wrapped or (free and re.match(r"[a-zæøå]", row.rest.words) is not None)


HEAD = 40  # rows at the top among which lists of people stand without a label
GUESSED = 0.8  # how sure somebody in such a list is at most


def _opened(rows: list[Row], at: int, last: Group | None) -> Line | None:
    """Return what a lead has behind it that is no label of a list, and has people there or below.

    "Forældre: Troels Ege, …", "Vi sad i kantinen, og der var: …", "Fra KAB:" with lines below it.
    """
    row = rows[at]
    near = last is not None and bool(last.rows) and at - max(last.rows) <= 3
    if (last is not None and not near) or (last is None and at > HEAD) or row.is_item:
        return None
    colon = max((match.end() for match in re.finditer(r":(?=\s|$)", row.rest.text)), default=0)
    field, tab, behind = row.rest.text.partition("\t")
    if not colon and tab and is_field(field, behind):
        colon = len(field) + 1
    holds = list(takewhile(_holds_office, rows[at : at + 9]))
    if len(holds) > 2 and any(one.label is None for one in holds):
        return row.rest
    if row.label not in (None, Label.CATEGORY) or not (colon or row.label):
        return None
    value = row.value if row.value is not None else row.rest.part(colon)
    listed = _has_people_behind(rows, row, value, near=near)
    if not (listed if value.words else _has_people_below(rows, row, near=near)):
        return None
    # "Fra KAB:" says where those behind or below it come from.
    return row.rest if tab or people.is_place(row.rest) else value


def _holds_office(row: Row) -> bool:
    """Say whether a line is a role with somebody's name behind it: "Medlem: Anne Holm"."""
    role, _, value = row.rest.text.replace("\t", ":", 1).partition(":")
    return bool(ROLE.fullmatch(role)) and likeness(value.strip(" \t:")).person >= 0.4


def _has_people_behind(rows: list[Row], row: Row, value: Line, *, near: bool) -> bool:
    # A margin may have broken the rest of the list off.
    wrapped = takewhile(lambda one: one.wrapped, rows[row.index + 1 : row.index + 6])
    whole, _ = _until_sentence_ends(joined([value, *(one.rest for one in wrapped)]))
    lead = row.rest.part(0, value.start - row.rest.start - 1)
    if _surely_people(lead) or not looks_like_people(whole):
        return False
    following = next((one for one in rows[row.index + 1 : row.index + 5] if not one.wrapped), row)
    words, colon, rest = following.rest.text.partition(":")
    kind = bool(colon) and len(words) <= 40 and looks_like_people(Line(0, rest))
    return _surely_people(whole) or (len(lead.words) <= 40 and (near or kind))


def _has_people_below(rows: list[Row], row: Row, *, near: bool) -> bool:
    below = next((one for one in rows[row.index + 1 : row.index + 6] if not one.blank), row)
    if below.label not in (None, Label.ROLE):
        return False
    listed = below.value or below.rest
    known = near or row.label is Label.CATEGORY or people.is_place(row.rest)
    return looks_like_people(listed) if known else _surely_people(listed)


def _surely_people(line: Line) -> bool:
    named = [one for one in people.people([line]) if one.weight >= 0.9]
    return looks_like_people(line) and (len(named) > 1 or any(one.organisation for one in named))


def _collected(rows: list[Row], at: int, label: Label, value: Line) -> Step:
    """Gather the lines of the list that a label opens at `at`."""
    lead = rows[at].rest.text[: value.start - rows[at].rest.start]
    said = bool(value.words) and ":" not in lead and people_lead(f"{lead} A") is not None
    group = Group(label, rows={at}, sentence=said, stated=bool(value.words))
    for legend in (*LEGEND.finditer(lead), *MARKED_WITH.finditer(lead)):
        group.away = legend["mark"] if legend["away"] else group.away or NO_MARK
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
        if (
            group.lines
            and (cut := _until_sentence_ends(group.lines[-1]))[1]
            and (group.sentence or cut[0].end < group.lines[-1].end - 1)
        ):
            group.lines[-1] = cut[0]
            return group, after - 1, cut[0].end - rows[after - 1].rest.start
    return group, after, 0


def _take(rows: list[Row], at: int, step: int, group: Group) -> int:
    for row in rows[at : at + step]:
        group.rows.add(row.index)
        if row.blank:
            continue
        line = row.rest
        if row.bullet and not group.bullet and group.lines and row.depth == group.depth:
            wraps = len(group.lines[-1].words) > 40 and ";" in group.lines[-1].text
            line = row.line if wraps else line  # "; Bo Friis" and on the next line "– KAB"
            group.wrapped |= {line.start} if wraps else set()
        group.by_kind = group.by_kind or bool(re.match(r"[^:,]{3,40}:\s", line.text))
        if row.label is Label.CATEGORY and row.value is not None and row.value.words:
            line = row.value
        if row.label is Label.ROLE and row.value is not None:
            line = row.rest
        if line.words:
            group.marks |= _marks(row, line)
            group.numbered = group.numbered or (not group.lines and row.number is not None)
            if group.lines and (row.depth > group.depth or (row.bullet and not group.bullet)):
                group.heads.add(group.lines[-1].start)
            group.depth, group.bullet = row.depth, row.bullet
            group.lines.append(line)
            group.wrapped |= {line.start} if row.wrapped else set()
    return at + step


def _marks(row: Row, line: Line) -> dict[int, str]:
    """Return the mark before a line, by where the line starts."""
    boxed = re.match(r"[\[(]([ xX])[\])]", row.line.words)
    if not (boxed or row.bullet):
        return {}
    return {line.start: f"[{boxed[1].lower()}]" if boxed else row.line.words[:1]}


def _continues(rows: list[Row], at: int, group: Group) -> int:
    """Return how many rows from `at` on go on with the list; 0 ends it."""
    blanks = next((count for count, row in enumerate(rows[at : at + 3]) if not row.blank), 3)
    if at + blanks >= len(rows):
        return 0
    row = rows[at + blanks]
    if not group.lines:
        group.spaced = blanks == 1 and at + 2 < len(rows) and rows[at + 2].blank
    near = blanks == 0 or (blanks == 1 and group.spaced)
    goes_on = _right_below(rows, row, group) if near else _after_blank(rows, row, group, blanks)
    return blanks + 1 if goes_on else 0


def _after_blank(rows: list[Row], row: Row, group: Group, blanks: int) -> bool:
    """Say whether a list goes on behind an empty line."""
    if not _can_be_listed(row, group):
        return False
    if _heads_people(rows, row) and group.label is Label.PRESENT:
        return True
    if row.label is not None or (group.lines and group.label is Label.ABSENT):
        return False
    # One person a line, as above the blank.
    listed = len(row.rest.words) < 90 and row.number is None and not row.is_heading
    first = not group.lines or (len(group.lines) == 1 and blanks < 3)
    return (listed or first) and looks_like_people(row.rest)


def _heads_people(rows: list[Row], row: Row) -> bool:
    """Say whether a line names the organisation, or the kind, of those on the lines below it."""
    below = [one for one in rows[row.index + 1 : row.index + 6] if not one.blank][:1]
    if not below or row.label is not None or len(row.rest.words) > 60 or row.number is not None:
        return False
    weight = likeness(row.rest.words)
    named = weight.organisation >= 0.8 > weight.person or row.rest.words.endswith(":")
    kind = bool(re.match(r"(?:Fra|For|From)\s", row.rest.words)) and not row.is_heading
    block = list(takewhile(lambda one: not one.blank, rows[row.index + 1 : row.index + 30]))
    several = len(block) > 1 and all(looks_like_people(one.rest) for one in block)
    return (named or kind or several) and looks_like_people(below[0].rest)


def _right_below(rows: list[Row], row: Row, group: Group) -> bool:
    """Say whether the line below a list belongs to it."""
    if row.cell is not None or row.line.level or row.clock is not None:
        return False
    label = row.label if row.beside or not row.rest.words[:1].islower() else None
    if row.wrapped and group.lines and label is None and not tells(row.rest.words):
        return True
    if not _can_be_listed(row, group):
        return False
    heads_people = _next_is_people(rows, row.index + 1)
    if row.label is Label.CATEGORY:
        # "Afbud: Lars Skou" is complete; "Sekretariat: Trine Bek" below it was there.
        stated = group.stated or (group.lines and not group.by_kind)
        if group.label is Label.ABSENT and stated:
            return False
        return heads_people or bool(row.value and looks_like_people(row.value))
    if row.label is Label.ROLE and row.value is not None:
        listed = group.label is Label.PRESENT and (bool(group.lines) or not group.stated)
        return listed and (looks_like_people(row.value) if row.beside else heads_people)
    if row.label is not None:
        return False
    if looks_like_people(row.rest) or (row.number is not None and _may_be_name(row)):
        return True
    if row.number is not None or (group.lines and _completes(row, group)):
        return row.number is None
    # An odd line among people: what they have in common, or words that nobody knows.
    letters = " " not in row.rest.words and not row.line.bold  # "CELF"
    odd = len(row.rest.words) < 90 and not group.spaced and (letters or not row.is_heading)
    return heads_people and (odd or row.rest.words.endswith(":"))


def _can_be_listed(row: Row, group: Group) -> bool:
    """Say whether nothing about a line's place or first words keeps it off the list."""
    if row.cell is not None or row.line.level or row.clock is not None:
        return False
    if row.number is not None and group.lines and not group.numbered:
        return False
    others = re.match(r"(?:fra|from|gæst)", row.rest.words, re.IGNORECASE)
    if tells(row.rest.words) and (len(group.lines) < 2 or row.rest.words.endswith(".")):
        return False
    columns = re.split(r"\t+| {3,}", row.rest.words)
    if len(columns) > 1 and all(map(column_of, columns)):
        return False
    # "Afbud: Bo Friis" is complete; the next line may say who chaired, or who else was there.
    led = label_of(without_role(row.rest.words)[1]) is Label.ROLE and group.stated
    own = re.match(r"[^:,(]{3,40}:\s", row.rest.words) and row.label is None
    own = own and not people.is_place(row.rest)
    ends = others or (own and group.stated) or led or ALSO.match(row.rest.words)
    return not (group.label is Label.ABSENT and ends)


def _completes(row: Row, group: Group) -> bool:
    """Say whether a line completes the list's last line, or is a name that is not known."""
    above = group.lines[-1]
    if _is_open(above) or ends_half(above.words) or row.rest.words[:1] == "(":
        return True
    return _may_be_name(row) or _is_their_organisation(row, group)


def _next_is_people(rows: list[Row], at: int) -> bool:
    below = next((row for row in rows[at : at + 2] if not row.blank), None)
    return below is not None and below.label is None and looks_like_people(below.rest)


def _is_their_organisation(row: Row, group: Group) -> bool:
    """Say whether a line tells where the person on the line before it comes from."""
    last = people.people(group.lines[-1:])
    alone = len(last) == 1 and not last[0].organisation and last[0].name == group.lines[-1].words
    return alone and people.says_more(row.rest) and not row.is_heading


def _may_be_name(row: Row) -> bool:
    """Say whether a line among names may be one more, though its given name is not known."""
    words = re.sub(r"\s*\([^()]*\)", "", row.rest.words)
    return likeness(words).person >= 0.4 and len(words.split()) > 1 and not row.is_heading


def _is_open(line: Line) -> bool:
    """Say whether a line of a list must go on: it ends in a comma or in the middle of something."""
    words = line.words
    return bool(
        re.search(r"(?:,|;|\b(?:og|samt|and|fra|i|for|af|the|of|til)|&)$", words)
    ) or words.count("(") > words.count(")")


def _until_sentence_ends(line: Line) -> tuple[Line, bool]:
    for match in SENTENCE_END.finditer(line.text):
        following, before = line.text[match.end() :], line.text[: match.start()]
        if match[0].strip() == "." and following and SHORT.search(before):
            continue
        opens = OPENS.match(following) or tells(following)
        if match[0].strip() == "." and following and not (opens or WHOLE.search(before)):
            continue
        added = ALSO.match(following)
        first = re.split(r"[,;(]| og | samt |\.\s", following[added.end() if added else 0 :])[0]
        first = first.strip(" .")
        title = without_role(f"{before.split()[-1]}. {first}")[1]
        named = likeness(first).person >= 1.9 or (added and opens_with_name(first))
        more = title or named or people.is_place(Line(0, following))
        if following and more and not tells(following):
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
