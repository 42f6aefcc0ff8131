"""Find the lists of who was there and who was not, and read them."""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from taskforce.intake.reader import people
from taskforce.intake.reader.names import likeness, without_role
from taskforce.intake.reader.people import Someone, looks_like_people
from taskforce.intake.reader.pieces import are_initials, ends_half, is_broken, pieces_of
from taskforce.intake.reader.rows import Row, labelled
from taskforce.intake.reader.status import MARKED, away_marks
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import STAYED, Label, column_of, people_lead

SENTENCE_END = re.compile(
    r",?\s+(?:mens|hvorimod|while)\s+(?=[A-ZÆØÅ])|"
    r"[.;,]?\s*[\[(](?=(?i:afbud|fraværende|apologies)(?::|\s+fra)\s)|"
    rf";\s+(?=(?i:{STAYED}|ikke)\b)|\.\s+(?=[A-ZÆØÅ])|(?<=[a-zæøå]{{3}})\.$"
)
# What opens a sentence of its own, even behind what may be short for something.
OPENS = re.compile(rf"(?i:{STAYED}|ikke)\b|[A-ZÆØÅ][^.:]{{2,25}}:\s|[A-ZÆØÅ][^.]{{3,80}}\sdeltog\b")
OTHERS = re.compile(r"(?:øvrige|andre|other)\s", re.IGNORECASE)
WHOLE = re.compile(r"(?:[a-zæøå]{3}|\))$")  # a word that is not cut short
STOP = re.compile(r"\s*(?:[.;]|,?\s*(?:mens|hvorimod|while)\s)?\s*[\[(]?")
MORE = r"(?:også|desuden|endvidere|tillige|ligeledes|herudover|derudover|yderligere)"
ALSO = re.compile(
    rf"(?:(?:under|fra|til|ved)\s[^:,]{{1,25}}\s)?deltog\s+(?:{MORE}|"
    rf"som\s+gæst(?:er)?)\s*[:;]?\s+|{MORE}\s+deltog\s*[:;]?\s+|also\s+(?:present|"
    r"attending)(?:\s+(?:was|were))?\s*[:;]?\s+",
    re.IGNORECASE,
)
AWAY = re.compile(
    r"\s*(?P<who>[A-ZÆØÅ][^.:;]{1,600}?)\s+(?:var|er|blev|havde|har|kunne|deltog|was|were|had|"
    r"måtte|could|sent)\s+(?:desværre\s+)?(?:fraværende|forhindre(?:t|de)|"
    r"(?:meldt?|melde|sendt?|givet?)\s+"
    r"(?:afbud|fra|forfald)|ikke\s+(?:deltage|komme|med|være\s+med|til\s?stede|mødt)|absent|excused|"
    r"(?:sent\s+)?(?:their\s+)?apologies|unable\s+to|not\s+(?:present|attend|come))\b",
    re.IGNORECASE,
)
# "Anne Holm, Bo Friis og Carl Dam deltog."
THERE = re.compile(
    r"(?:(?:På|I)\s+mødet\s+var\s+)?(?P<who>[A-ZÆØÅ](?:[^.:;]|(?<=\b[A-ZÆØÅ])\.){4,1200}?)\s+(?:deltog|til\s?stede|var\s+(?:til\s?stede|mødt(?:\s+op)?|med)|"
    r"mødte(?:\s+op)?|were\s+present|attended)(?:\s+(?:mødet|(?:i|på|under|fra|til|online|via|ved|som)\s[^.:;]{1,60}))?(?:\.(?=\s|$)|$)"
)
LEGEND = re.compile(
    r"\(?(?P<mark>[^\s()]{1,2}|afkrydset|kryds)\)?\s*(?:=|\sbetyder)\s*"
    r"(?:(?P<away>afbud|fravær|ikke)|til\s?stede|mødt|deltog)",
    re.IGNORECASE,
)
NO_MARK = " "  # whoever came has a mark
MOST_GROUPS = 60  # lists of people in one document
MOST_LINES = 250  # of one list
# "Fra KAB deltog Anne Holm og Bo Friis."
FROM = re.compile(
    r"(?:Fra|For)\s+(?:(?P<origin>[A-ZÆØÅ\d][^.:]*?)|[a-zæøå]+(?:en|et|ne))\s+"
    r"(?:deltog|mødte|kom|var)\s+(?=(?:[a-zæøå]+\s+)?[A-ZÆØÅ])"
)
# "Røde Kors var repræsenteret ved Anne Holm."
SENT = re.compile(
    r"(?P<origin>[A-ZÆØÅ\d][^.:,]{2,60}?)\s+(?:var|er)\s+repræsenteret\s+(?:ved|af)\s+(?=[A-ZÆØÅ])"
)
ALL_BUT = re.compile(
    r"Alle\b[^.:]{0,60}?\s(?:på\s+nær|undtagen|bortset\s+fra|med\s+undtagelse\s+af)\s+(?=[A-ZÆØÅ])"
)
INSTEAD = re.compile(r"i\s+(?:hans|hendes|deres)\s+sted\s+(?:mødte|deltog|kom)\s+")
# Where a clause may open that says who was there.
OPENING = re.compile(r"(?:^|(?<=[.,;:])|\bog(?=\s))\s*")
IN_SENTENCE = [
    (INSTEAD, Label.PRESENT),
    (ALSO, Label.PRESENT),
    (FROM, Label.PRESENT),
    (SENT, Label.PRESENT),
    (ALL_BUT, Label.ABSENT),
]


@dataclass(slots=True)
class Group:
    """A list of people: which label it stands under, its lines, its rows."""

    label: Label
    lines: list[Line] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)  # wholly taken up by the list

    sentence: bool = False
    numbered: bool = False  # its lines have numbers
    marks: dict[int, str] = field(default_factory=dict)  # start of a line: the mark before it
    origin: str = ""  # the organisation that the sentence gives: "Fra KAB deltog …"
    stated: bool = False  # people stand beside the label itself
    wrapped: set[int] = field(default_factory=set)  # starts of lines that a margin broke off
    heads: set[int] = field(default_factory=set)  # starts of lines less set in than the next one
    depth: int = 0  # of the last line
    bullet: bool = False  # the last line has one
    spaced: bool = False  # a blank line stands behind each of its lines
    by_kind: bool = False  # its lines say what kind of people they name: "Forældrevalgte: …"
    initials: bool = False  # a list of the document has initials for names
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
        found = people.people(listed, initials=self.initials)
        for one in found:
            one.organisation = one.organisation or self.origin
            if max(line.start for line in lines if line.start <= one.span.start) in away:
                one.notes.append("afbud")
        return found

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
    """Return the lists of people in the document, in order."""
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
    if not any(group.label is Label.PRESENT for group in found):
        found = [*_without_label(rows), *found]
    return [*_in_office(rows, found), *found]


def _in_office(rows: list[Row], found: list[Group]) -> list[Group]:
    """Return who led and who wrote, where a list below names the others: "Øvrige deltagere"."""
    others = [min(group.rows) for group in found if OTHERS.match(rows[min(group.rows)].rest.words)]
    above = [row for at in others for row in rows[max(0, at - 4) : at] if row.label is Label.ROLE]
    return [
        Group(Label.PRESENT, [row.value], {row.index})
        for row in above
        if row.value and _is_somebody(row.value)
    ]


def _without_label(rows: list[Row]) -> list[Group]:
    """Return the lines at the head that name one person after another under no label."""
    run: list[Row] = []
    for row in [*rows[:HEAD], *rows[-1:]]:
        named = row.label is None and row.number is None and row.cell is None
        if named and len(row.rest.words) < 90 and _is_somebody(row.rest):
            run.append(row)
        elif len(run) > 2:
            group = Group(Label.PRESENT, [one.rest for one in run], {one.index for one in run})
            return [group]
        else:
            run = []
    return []


def _is_somebody(line: Line) -> bool:
    named = people.people([line]) if looks_like_people(line) else []
    return len(named) == 1 and named[0].weight >= 0.9 and named[0].span.start - line.start < 30


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
        if (value := _opened(rows, at, last)) is not None:
            return _collected(rows, at, Label.PRESENT, value)
    elif (told := labelled(_after_stop(row.rest, start)))[0] in (Label.PRESENT, Label.ABSENT):
        # "Med var: Anna, Bo. Ikke med: Carl."
        label, value = told
        if value and re.search(r"^[^(]*\)$|\]$", value.words):
            value = value.part(0, len(value.text.rstrip()) - 1)  # "(Afbud: Ole Birk)"
        if label and value and looks_like_people(_until_sentence_ends(value)[0]):
            return _collected(rows, at, label, value)
    return _said(rows, at, start)


def _after_stop(line: Line, start: int) -> Line:
    """Return what follows the end of a sentence, or a semicolon, in a line."""
    stop = STOP.match(line.text, start)
    return line.part(stop.end() if stop else start)


def _said(rows: list[Row], at: int, start: int) -> Step:
    """Look in a line, from `start` on, for a sentence that says who was there or was not."""
    text = rows[at].rest.text
    away = _away(rows, at, start)
    for opening in OPENING.finditer(text, start):
        begin = opening.end()
        if (told := _told(text, begin)) is None:
            continue
        label, end, origin = told
        if away and away.lines[0].start < rows[at].rest.start + begin:
            return away, at, opening.start()
        step = _in_sentence(rows, at, label, end)
        if step[0] is not None:
            step[0].origin = origin
            return step
    return (away, *_behind(rows, at, away)) if away else (None, at + 1, 0)


def _behind(rows: list[Row], at: int, group: Group) -> tuple[int, int]:
    """Return the row, and the place in it, where a group's sentence has named its people."""
    end = group.lines[-1].end
    last = next(row for row in rows[at:] if row.rest.end >= end)
    return last.index, end - last.rest.start


def _told(text: str, start: int) -> tuple[Label, int, str] | None:
    """Return what a clause says of the names that come, where these begin, and whence they are."""
    for pattern, label in IN_SENTENCE:
        if match := pattern.match(text, start):
            return label, match.end(), match.groupdict().get("origin") or ""
    lead = people_lead(text[start:])
    return (lead[0], start + lead[1], "") if lead else None


def _away(rows: list[Row], at: int, start: int) -> Group | None:
    """Read "Palle Truelsen (V) og Gitte Ny (B) var fraværende" near the head or its heading."""
    headed = any(row.label in (Label.ABSENT, Label.PRESENT) for row in rows[max(0, at - 5) : at])
    if not (headed or at < 15):
        return None
    wrapped = list(takewhile(lambda one: one.wrapped, rows[at + 1 : at + 12]))
    told = _after_stop(joined([rows[at].rest, *(row.rest for row in wrapped)]), start)
    match, label = AWAY.match(told.text), Label.ABSENT
    if match is None:
        match, label = THERE.match(told.text), Label.PRESENT
    if match is None:
        return None
    group = Group(label, [told.part(*match.span("who"))], {at}, sentence=True)
    named = group.people
    return group if named and all(one.weight >= 0.9 for one in named) else None


HEAD = 40  # rows at the top among which lists of people stand without a label


def _opened(rows: list[Row], at: int, last: Group | None) -> Line | None:
    """Return what a lead has behind it that is no label of a list, and has people there or below.

    "Forældre: Troels Ege, …", "Vi sad i kantinen, og der var: …", "Fra KAB:" with lines below it.
    """
    row = rows[at]
    near = last is not None and bool(last.rows) and at - max(last.rows) <= 3
    if (last is not None and not near) or (last is None and at > HEAD) or row.number is not None:
        return None
    colon = max((match.end() for match in re.finditer(r":(?=\s|$)", row.rest.text)), default=0)
    if row.label not in (None, Label.CATEGORY) or not (colon or row.label):
        return None
    value = row.value if row.value is not None else row.rest.part(colon)
    listed = _has_people_behind(rows, row, value, near=near)
    if not (listed if value.words else _has_people_below(rows, row, near=near)):
        return None
    # "Fra KAB:" says where those behind or below it come from.
    return row.rest if people.is_place(row.rest) else value


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
    if legend := LEGEND.search(lead):
        group.away = legend["mark"] if legend["away"] else NO_MARK
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
        group.by_kind = group.by_kind or bool(re.match(r"[^:,]{3,40}:\s", line.text))
        if row.label is Label.CATEGORY and row.value is not None and row.value.words:
            line = row.value
        if row.label is Label.ROLE and row.value is not None:
            line = row.rest
        if line.words:
            boxed = re.match(r"\[[ xX]\]", row.line.words)
            if boxed or row.bullet:
                group.marks[line.start] = boxed[0].lower() if boxed else row.line.words[:1]
            group.numbered = group.numbered or (not group.lines and row.number is not None)
            if group.lines and (row.depth > group.depth or (row.bullet and not group.bullet)):
                group.heads.add(group.lines[-1].start)
            group.depth, group.bullet = row.depth, row.bullet
            group.lines.append(line)
            group.wrapped |= {line.start} if row.wrapped else set()
    return at + step


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
    if row.wrapped and group.lines and row.label is None and not AWAY.match(row.rest.words):
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
        return listed and looks_like_people(row.value)
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
    if AWAY.match(row.rest.words) and len(group.lines) < 2:
        return False
    columns = re.split(r"\t+| {3,}", row.rest.words)
    if len(columns) > 1 and all(map(column_of, columns)):
        return False
    return not (group.label is Label.ABSENT and others)


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
        opens = OPENS.match(following) or AWAY.match(following)
        if match[0].strip() == "." and following and not (opens or WHOLE.search(before)):
            continue
        first = re.split(r"[,;(]| og |\.\s", following)[0].strip(" .")
        title = without_role(f"{before.split()[-1]}. {first}")[1]
        more = title or likeness(first).person >= 1.9 or people.is_place(Line(0, following))
        if following and more and not AWAY.match(following):
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
