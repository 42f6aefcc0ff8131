"""Lists of people: "Name, Organisation, Name, Organisation", one a line, in columns, in prose.

A list is cut into pieces at its commas, dashes, parentheses and line breaks. Each piece may be a
person, an organisation or a remark; `names.likeness` weighs it alone, and the best path through
all pieces decides, since a list mostly keeps to one manner.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise

from taskforce.intake.reader.draft import Found, Person, Span
from taskforce.intake.reader.names import (
    PARTICLES,
    given_names,
    is_country,
    is_initials,
    is_party,
    likeness,
    without_role,
)
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import label_of

SEPARATOR = re.compile(
    r"(?P<wrap>\n\s*)|"
    r"(?P<stop>\.\s+(?=(?:Fra|Desuden|Endvidere|Gæst(?:er)?|Online|From|Also)\b))|"
    r"(?P<paren>\([^()]*\)|\[[^\[\]]*\])|(?P<semicolon>;)|(?P<comma>,)|(?P<tab>\t+| {3,}|\s\|\s)"
    r"|(?P<dash>\s[-–—]{1,2}\s)|(?P<slash>\s/\s|(?<=[a-zæøå])/(?=[A-ZÆØÅ]))|"
    r"(?P<colon>:(?=\s|$))|(?P<bullet>\s*[•●▪·]\s*)"
    r"|(?P<and>\s(?:og|and|samt|&|as\swell\sas)\s)"
)
NOBODY = re.compile(
    r"(?:ingen|none|nobody|intet|undertegnede|mig selv|n/a|"
    r"nil|-+|–|—|alle|all|ikke oplyst|\.+|/)[.!]?",
    re.IGNORECASE,
)
FROM = re.compile(
    r"\s+(?:fra|from|hos|på vegne af|on behalf of|repræsenterende|representing|"
    r"v\.)\s+(?=[A-ZÆØÅ\d])"
)
REPLACING = re.compile(
    r"\b(?:replacing|substituting\s+for|deputi[sz]ing\s+for|standing\s+in\s+for|"
    r"in\s+(?:place|stead)\s+of|instead\s+of|"
    r"erstatter|erstattede|i\s+stedet\s+for|(?:som\s+)?(?:stedfortræder|suppleant|afløser|"
    r"vikar)\s+for|afløste|mødte\s+for|^for)\s+(?P<name>[A-ZÆØÅ].*)"
)
REPLACED = re.compile(
    r"\b(?:replaced\s+by|represented\s+by|erstattet\s+af|repræsenteret\s+af|"
    r"repræsenteret\s+ved|afløst\s+af)\s+(?P<name>[A-ZÆØÅ].*)",
    re.IGNORECASE,
)
ROLE_AT = re.compile(
    r"(?P<role>.+?)\s+(?:i|ved|hos|for|at|of|from|fra|,)\s+(?P<organisation>[A-ZÆØÅ\d].*)"
)
SCHOOL_CLASS = re.compile(r"(?:^|\s+)\d{1,2}\.\s?[a-zA-Z]$")
# "Elever:", "Forældre:", "Medarbejderne:" divide a list; "KAB:" says where people come from.
KINDS_OF_PEOPLE = re.compile(r"[A-ZÆØÅ]?[a-zæøå]+(?:er|ere|erne|ne|re|rne)(?:\s+[a-zæøå]+)*")
CONNECTED = re.compile(
    r"(?:\b(?:for|i|og|af|the|of|and|in|på|til|med|ved|&|den|det|van|von|de)|[-/&])$", re.IGNORECASE
)


class As(IntEnum):
    """The readings of a piece."""

    PERSON = 0
    ORGANISATION = 1
    REMARK = 2


@dataclass(slots=True)
class Piece:
    words: str
    span: Span
    before: str  # the separator before it: line, comma, semicolon, and, dash, paren, …
    colon: bool = False  # a colon follows
    alone: bool = False  # it is the only piece of its line


@dataclass(slots=True)
class Someone:
    """A person while the list is being read."""

    name: str
    span: Span
    organisation: str = ""
    notes: list[str] = field(default_factory=list)
    weight: float = 0.0
    stands_for: str = ""
    replaced_by: str = ""
    group: str = ""  # the organisation that a colon gave to all people after it


def people(lines: list[Line]) -> list[Someone]:
    """Return the people in the lines of a list, in order."""
    pieces = _pieces(lines)
    return _assembled(pieces, _readings(pieces)) if pieces else []


def found(someone: Someone, reason: Reason = Reason.BY_LABEL) -> Found[Person]:
    """Return a person with how sure the list makes us."""
    person = Person(someone.name, someone.organisation, "; ".join(someone.notes))
    if someone.weight < 0.9:
        return Found(person, someone.span, 0.6, Reason.NAME_UNCERTAIN)
    if not person.organisation:
        return Found(person, someone.span, 0.82, Reason.NO_ORGANISATION)
    return Found(person, someone.span, 0.95, reason)


def looks_like_people(line: Line) -> bool:
    """Say whether a line can stand in a list of people, by what its pieces look like."""
    words = line.words
    if not words or len(words) > 1200 or NOBODY.fullmatch(words):
        return False
    pieces = _pieces([line])
    if not pieces or max(len(piece.words.split()) for piece in pieces) > 14:
        return False
    weights = [likeness(without_role(piece.words)[0]) for piece in pieces]
    persons = sum(weight.person >= 0.9 for weight in weights)
    persons += sum(bool(REPLACING.search(piece.words)) for piece in pieces)
    likely = sum(weight.person >= 0.4 for weight in weights)
    others = sum(weight.organisation >= 0.6 or weight.remark >= 0.6 for weight in weights)
    run_together = any(
        _split_run(piece.words, opening=piece.before == "line") or FROM.search(piece.words)
        for piece in pieces
    )
    sentence = re.search(r"[a-zæøå]{3,}\.\s+[A-ZÆØÅ]", words)
    if sentence and persons < 3:
        return False
    told = persons + others + likely + run_together >= 0.6 * len(pieces)
    return told and bool(persons or run_together or (likely and others))


def shape(line: Line) -> tuple[str, ...] | None:
    """Return the marks between the pieces of a line in which each could be a name, else None.

    Remarks in parentheses do not count: "Anna Holm (chair), Byen" is built as "Bo Ek, Havnen".
    """
    listed = [piece for piece in _pieces([line]) if piece.before != "paren"]
    if not listed or not 2 <= len(listed[0].words.split()) <= 5:
        return None
    if not all(piece.words[:1].isupper() and len(piece.words) < 60 for piece in listed):
        return None
    names = all(token[:1].isupper() or token in PARTICLES for token in listed[0].words.split())
    ended = re.search(r"[.!?:]$", line.words)
    return None if ended or not names else tuple(piece.before for piece in listed)


def _pieces(lines: list[Line]) -> list[Piece]:
    pieces: list[Piece] = []
    open_end = False
    for line in lines:
        count = len(pieces)
        for number, piece in enumerate(_cut(line)):
            if (
                number == 0
                and pieces
                and (
                    open_end or (piece.words[:1].islower() and not likeness(piece.words).remark > 0)
                )
            ):
                last = pieces[-1]
                last.words, last.span = f"{last.words} {piece.words}", last.span.joined(piece.span)
                continue
            if number == 0 and piece.before != "paren":
                piece.before = "line"
            pieces.append(piece)
        for piece in pieces[count:]:
            piece.alone = len(pieces) == count + 1
        if line.words:
            open_end = bool(CONNECTED.search(line.words)) and not re.search(r"\s[-–—]$", line.words)
    return pieces


def _cut(line: Line) -> list[Piece]:
    """Return the pieces of one line."""
    pieces: list[Piece] = []
    text, at, before = line.text, 0, "line"
    for match in SEPARATOR.finditer(text):
        kind = str(match.lastgroup)
        if kind == "and" and not _parts_people(text[at : match.start()], text[match.end() :]):
            continue
        if kind == "wrap" and not _parts_entries(text[at : match.start()], text[match.end() :]):
            continue
        if kind == "comma" and re.match(r"\d", text[match.end() : match.end() + 1]):
            continue
        before = _push(pieces, line, at, match.start(), before)
        if kind == "colon" and pieces:
            pieces[-1].colon = True
        if kind == "paren":
            for inner in re.finditer(r"[^,;]+", match[0][1:-1]):
                start = match.start() + 1 + inner.start()
                _push(pieces, line, start, start + len(inner[0]), "paren")
            before = "after"
        else:
            before = kind
        at = match.end()
    _push(pieces, line, at, len(text), before)
    return pieces


def _push(pieces: list[Piece], line: Line, start: int, end: int, before: str) -> str:
    part = line.part(start, end)
    words = part.text.rstrip(" .:")
    if part.text.endswith(".") and re.search(
        r"\b[A-ZÆØÅ]\.$|\b(?:A\.m\.b\.a|Inc|Ltd)\.$", part.text
    ):
        words = part.text
    words = re.sub(r"^(?:og|and|samt)\s+", "", words) if before != "paren" else words
    words = SCHOOL_CLASS.sub("", words)
    lead = part.text.find(words)
    if words and not NOBODY.fullmatch(words) and re.search(r"\w", words):
        start = part.start + max(lead, 0)
        pieces.append(Piece(re.sub(r"\s+", " ", words), Span(start, start + len(words)), before))
        return "comma"
    return before


def _parts_entries(left: str, right: str) -> bool:
    """Say whether a margin fell between two entries whose comma was left out."""
    before = likeness(" ".join(left.split()))
    after = likeness(re.split(r"[,;(\n]|\s[-–]\s", right)[0].strip(" ."))
    return after.person >= 1.9 and (before.organisation >= 1.2 or before.person >= 1.9)


def _parts_people(left: str, right: str) -> bool:
    """Say whether an "og" stands between two people, and not inside a name of something."""
    after = SEPARATOR.split(" ".join(right.split()), maxsplit=1)[0] or ""
    if NOBODY.fullmatch(after.strip()):
        return True
    before = [piece for piece in re.split(r"[,;()]", left) if piece.strip()]
    first, second = likeness((before or [""])[-1].strip()), likeness(after.strip(" ."))
    bare, _ = without_role(after.strip(" ."))
    second = max(second, likeness(bare), key=lambda weight: weight.person)
    if second.person >= 1.9 or _split_run(after.strip(" .")) or _by_from(after.strip(" .")):
        return True
    return second.person >= 0.4 and (first.person >= 0.4 or left.rstrip().endswith(")"))


# How much a separator before a piece speaks for each reading of it.
BY_SEPARATOR = {
    "line": (0.6, -0.2, -0.4),
    "bullet": (0.6, -0.2, -0.4),
    "semicolon": (0.6, -0.3, -0.2),
    "wrap": (0.6, -0.3, -0.2),
    "stop": (0.6, -0.3, -0.2),
    "and": (0.8, -0.6, -0.6),
    "comma": (0.0, 0.1, 0.0),
    "colon": (0.6, 0.0, 0.0),
    "after": (0.3, 0.0, 0.1),
    "dash": (-1.2, 0.5, 0.2),
    "slash": (-1.2, 0.5, 0.2),
    "tab": (-0.8, 0.4, 0.3),
    "paren": (-2.5, 0.4, 0.3),
}
# How well a reading follows another.
AFTER = {
    As.PERSON: (0.0, 0.35, 0.2),
    As.ORGANISATION: (0.35, -0.9, 0.0),
    As.REMARK: (0.1, 0.4, -0.1),
}


# The same once a list has shown that it names an organisation after each person.
IN_PAIRS = {
    As.PERSON: (-0.8, 1.3, 0.2),
    As.ORGANISATION: (0.9, -1.4, 0.0),
    As.REMARK: (0.1, 0.8, -0.1),
}
MOSTLY = 0.6  # of a list's people have their organisation behind them


def _readings(pieces: list[Piece]) -> list[As]:
    """Return the best readings of the pieces, read once more where the list goes in pairs."""
    weights = [_weights(piece, pieces[at - 1] if at else None) for at, piece in enumerate(pieces)]
    readings = _best_path(weights, AFTER)
    if _goes_in_pairs(pieces, readings):
        readings = _best_path(weights, IN_PAIRS)
    return _all_people(pieces, readings)


def _goes_in_pairs(pieces: list[Piece], readings: list[As]) -> bool:
    pairs = list(pairwise(one for one in readings if one is not As.REMARK))
    followed = pairs.count((As.PERSON, As.ORGANISATION))
    people = readings.count(As.PERSON)
    return followed >= 2 and followed >= MOSTLY * people


def _best_path(
    weights: list[tuple[float, float, float]], follows: dict[As, tuple[float, float, float]]
) -> list[As]:
    """Return the readings that weigh most together (Viterbi's algorithm)."""
    best = [list(weights[0])]
    came: list[list[As]] = []
    for weight in weights[1:]:
        # For each reading the weight of the best path to it, and the reading that it came from;
        # of two as good a person comes first.
        ways = [max((best[-1][one] + follows[one][to], -one) for one in As) for to in As]
        came.append([As(-one) for _, one in ways])
        best.append([way + weight[to] for to, (way, _) in zip(As, ways, strict=True)])
    path = [max(As, key=best[-1].__getitem__)]
    for steps in reversed(came):
        path.append(steps[path[-1]])
    return path[::-1]


def _all_people(pieces: list[Piece], readings: list[As]) -> list[As]:
    """Take the doubtful organisations of a list for people where no other has an organisation."""
    doubtful = [
        at
        for at, (piece, reading) in enumerate(zip(pieces, readings, strict=True))
        if reading is As.ORGANISATION and _is_doubtful(piece)
    ]
    if readings.count(As.ORGANISATION) > len(doubtful) or readings.count(As.PERSON) < 2:
        return readings
    return [As.PERSON if at in doubtful else reading for at, reading in enumerate(readings)]


def _is_doubtful(piece: Piece) -> bool:
    weight = likeness(piece.words)
    listed = piece.before in ("comma", "and", "line", "semicolon")
    return listed and weight.person >= 0.4 and weight.organisation < 0.6


def _weights(piece: Piece, last: Piece | None) -> tuple[float, float, float]:
    alone = likeness(piece.words)
    bare, role = without_role(piece.words)
    person = max(alone.person, likeness(bare).person) if role else alone.person
    if role and likeness(bare).person >= 0.4 and len(bare.split()) > 1:
        person = max(person, 1.5)
    organisation = alone.organisation
    if _split_run(piece.words, opening=piece.before == "line") or _by_from(piece.words):
        person, organisation = max(person, 2.2), -1.0
    by = BY_SEPARATOR[piece.before]
    remark = -1.0 if role and person >= 0.9 else alone.remark
    if piece.before == "paren" and piece.words[0].islower():
        # "(elevrådet)" says what somebody is there for.
        organisation -= 3
    if piece.before == "paren" and last:
        marks = (
            is_party(piece.words) or is_country(piece.words) or is_initials(piece.words, last.words)
        )
        remark += 4 if marks else 0
    elif is_country(piece.words) or (
        last
        and piece.words.isupper()
        and len(piece.words) > 1
        and is_initials(piece.words, last.words)
    ):
        remark += 1
    if REPLACING.search(piece.words) or REPLACED.search(piece.words):
        (person, remark) = (
            (person, 3.0) if piece.before == "paren" or piece.words[0].islower() else (3.0, remark)
        )
    return person + by[0], organisation + by[1], remark + by[2]


def _assembled(pieces: list[Piece], readings: list[As]) -> list[Someone]:
    found: list[Someone] = []
    group, waiting = "", ""
    for at, (piece, reading) in enumerate(zip(pieces, readings, strict=True)):
        if piece.before == "line":
            group, waiting = "", ""
        if piece.colon and not (reading == As.PERSON and likeness(piece.words).person >= 1.9):
            group = _group(piece)
            continue
        if reading == As.PERSON:
            someone = _someone(piece)
            someone.organisation = someone.organisation or waiting
            someone.group = group
            waiting = ""
            if piece.before == "and" and found and _is_given_name_alone(found[-1]):
                # "Lene og Ole fra Værkstedet"
                found[-1].organisation = someone.organisation
            found.append(someone)
        elif reading == As.ORGANISATION:
            if _opens_line(pieces, readings, at):
                waiting = piece.words
            elif found and not found[-1].organisation:
                _give(found[-1], piece)
            elif found:
                found[-1].notes.append(piece.words)
        elif found:
            _remark(found[-1], piece)
    for someone in found:
        someone.organisation = someone.organisation or someone.group
    return found


def _is_given_name_alone(someone: Someone) -> bool:
    return not someone.organisation and " " not in someone.name


def _group(piece: Piece) -> str:
    """Return the organisation that a colon gives to the people after it, if it is one."""
    if label_of(piece.words) is not None or likeness(piece.words).remark > 0:
        return ""
    words = re.sub(r"^(?:fra|from|for)\s+(?:de[nt]?\s+)?", "", piece.words, flags=re.IGNORECASE)
    if KINDS_OF_PEOPLE.fullmatch(words) or words[:1].islower():
        return ""
    return words if likeness(words).organisation > 0 else ""


def _opens_line(pieces: list[Piece], readings: list[As], at: int) -> bool:
    """Say whether an organisation opens a line on which a person follows."""
    following = at + 1 < len(pieces) and pieces[at + 1].before != "line"
    return pieces[at].before == "line" and following and readings[at + 1] == As.PERSON


def _someone(piece: Piece) -> Someone:
    words, organisation, notes = piece.words, "", []
    if (match := REPLACING.search(words)) and words[: match.start()].strip():
        return _standing_in(piece, match)
    if (split := _by_from(words)) or (split := _split_run(words, opening=piece.before == "line")):
        words, organisation = split
    words, role = without_role(words)
    if role:
        notes.append(role)
    start = piece.span.start + max(piece.words.find(words), 0)
    weight = likeness(words).person
    return Someone(_capitalised(words), Span(start, piece.span.end), organisation, notes, weight)


def _standing_in(piece: Piece, match: re.Match[str]) -> Someone:
    name = piece.words[: match.start()].strip(" ,")
    return Someone(name, piece.span, weight=likeness(name).person, stands_for=match["name"].strip())


def _capitalised(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 4 else name


def _give(someone: Someone, piece: Piece) -> None:
    someone.organisation = re.sub(r"^(?:fra|from|for|hos)\s+(?=[A-ZÆØÅ])", "", piece.words)
    someone.span = someone.span.joined(piece.span)


def _remark(someone: Someone, piece: Piece) -> None:
    if match := REPLACING.search(piece.words):
        someone.stands_for = match["name"].strip()
    elif match := REPLACED.search(piece.words):
        someone.replaced_by = match["name"].strip()
    elif not someone.organisation and (match := ROLE_AT.fullmatch(piece.words)):
        where = match["organisation"]
        if (
            likeness(where).organisation > 0.5
            and likeness(match["role"]).remark > 0
            and not re.match(r"(?:head|chief|director|chef|leder)\b", match["role"], re.I)
        ):
            someone.organisation, where = where, match["role"]
            someone.notes.append(where)
            someone.span = someone.span.joined(piece.span)
            return
        someone.notes.append(piece.words)
    else:
        someone.notes.append(piece.words)


def _by_from(words: str) -> tuple[str, str] | None:
    """Split "Anne Holm fra KAB" into person and organisation."""
    parts = FROM.split(words, maxsplit=1)
    if len(parts) == 2 and likeness(without_role(parts[0])[0]).person >= 0.4:
        return parts[0], parts[1]
    return None


def _split_run(words: str, *, opening: bool = False) -> tuple[str, str] | None:
    """Split "Anne Holm Odense Kommune", which has no mark between name and organisation.

    Where it opens a line, the given name need not be a known one.
    """
    tokens = words.split()
    if re.match(r"(?:fra|from)\s", words):
        return _split_from(tokens[1:])
    known = tokens[0].split("-")[0].lower() in given_names()
    if len(tokens) < (3 if known else 4) or not (known or opening):
        return None
    # Few people have five names; so many words name an organisation too, even an unknown one.
    needed = 1.2 if len(tokens) < 5 or not known else 0.2
    for count in _lengths(tokens):
        if tokens[count - 1].lower() in PARTICLES:
            continue
        name, rest = " ".join(tokens[:count]), " ".join(tokens[count:])
        weight = likeness(rest)
        if (
            likeness(name).person >= (1.9 if known else 0.4)
            and weight.organisation >= needed
            and weight.remark < 1.5
            and weight.person < 1.5
        ):
            return name, rest
    return None


def _split_from(tokens: list[str]) -> tuple[str, str] | None:
    """Split "fra Odense Kommune Anne Holm", the organisation first."""
    for at in range(1, len(tokens)):
        name, rest = " ".join(tokens[at:]), " ".join(tokens[:at])
        if likeness(name).person >= 1.9 and likeness(rest).organisation >= 1.2:
            return name, rest
    return None


def _lengths(tokens: list[str]) -> list[int]:
    """Return how many tokens the name may have, the likeliest first."""
    ended = [at + 1 for at, token in enumerate(tokens[:4]) if at and token.lower().endswith("sen")]
    middle = tokens[1].strip(".").lower() in given_names() or len(tokens[1].strip(".")) == 1
    last = tokens[-1]
    acronym = (
        [len(tokens) - 1]
        if sum(letter.isupper() for letter in last) >= 2 and len(tokens) <= 5
        else []
    )
    sizes = ended + acronym + ([3, 2] if middle else [2, 3])
    return [size for size in dict.fromkeys(sizes) if 1 < size < len(tokens)]
