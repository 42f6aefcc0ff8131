"""Lists of people: "Name, Organisation, Name, Organisation", one a line, in columns, in prose.

Each piece of a list (see `pieces`) may be a person, an organisation or a remark. `likeness` weighs
it alone, and the best path through all pieces decides. Since a list keeps to one manner, it is
read a second time with what the first reading showed of its manner.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from itertools import groupby, pairwise
from math import log
from types import MappingProxyType

from taskforce.intake.reader.draft import Found, Person, Span
from taskforce.intake.reader.names import (
    BODY,
    COURTESY,
    ORGANISATION,
    ROLE,
    is_country,
    is_initials,
    is_outside,
    is_party,
    likeness,
    without_role,
)
from taskforce.intake.reader.pieces import INITIALS, NOBODY, Piece, are_initials, pieces_of
from taskforce.intake.reader.places import ONLINE
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.status import is_away
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import Label, label_of

ROLE_AT = re.compile(r"(?P<role>.+?)\s+(?:i|for|at|of|af)\s+(?P<organisation>[A-ZÆØÅ\d].*)")
HEADS = re.compile(r"(?:direktør|chef|leder|ansvarlig) (?:for|af)\b", re.IGNORECASE)
FORMER = re.compile(
    r"(?:tidl|tidligere|fhv|forhenværende|pens|pensioneret|former|ex)\b", re.IGNORECASE
)
OWN_PART = re.compile(r"head|chief|director|chef", re.IGNORECASE)
BEFORE_NAME = re.compile(
    r"^(?:[Ff]ra|[Ff]rom|[Ff]or|[Hh]os|[Ii]|[Vv]ed)\s+(?:de[nt]?\s+)?(?=[A-ZÆØÅ\d])"
)
FROM = re.compile(r"^(?:[Rr]epræsentant(?:er)?\s)?(?:[Ff]ra|[Ff]rom|[Ff]or)\s+(?:de[nt]?\s+)?")
# "Medlemmer af Ældrerådet", "Ansatte ved kirken", "Vi var fem", "Hele bestyrelsen var mødt"
KIND_OF = re.compile(
    r"^\w*(?:bestyrelse|ledelse)\w*\s+(?:for|i|af|på|ved)\s|"
    r"^(?:medlem|ansat|udpeg|valg|suppleant|deltag)\w*\s+(?:af|ved|i|på|for)\s|"
    r"\b(?:var|er|blev|deltog|mødte?|fremmødte?|det vil sige|dvs)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r"^[√✓✔☑☒✗✘÷]\s*|\s[√✓✔☑☒✗✘÷]$")  # a mark beside a name
SENTENCE = re.compile(r"(?<![\w.-])(?P<last>[\w-]*[a-zæøå]{3,})\.\s+[A-ZÆØÅ]")


class As(IntEnum):
    """The readings of a piece."""

    PERSON = 0
    ORGANISATION = 1
    REMARK = 2


@dataclass(slots=True)
class Someone:
    """An entry of a list: name, organisation, role and remarks, status, who stands in for whom."""

    name: str
    span: Span
    organisation: str = ""
    notes: list[str] = field(default_factory=list)
    weight: float = 0.0
    stands_for: str = ""
    replaced_by: str = ""
    given: Piece | None = None  # where its organisation stood
    is_joined: bool = False  # an "og" joins it to the one before

    @property
    def is_away(self) -> bool:
        return any(map(is_away, self.notes))


def people(
    lines: list[Line],
    *,
    initials: bool = False,
    others: Sequence[Line] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Someone]:
    """Return the people in the lines of a list, in order; others may name them by initials.

    `others` are lines of the document's other lists, which keep to one manner with this one;
    `names` is what initials stand for.
    """
    every = pieces_of([*lines, *others], names, len(lines))
    own = sum(any(line.start <= one.span.start <= line.end for line in lines) for one in every)
    pieces = every[:own]
    if are_initials(pieces, 1 if initials else 2):
        return _by_initials(pieces)
    if not pieces:
        return []
    return Entries(every, _readings(every, own), own).listed


def _by_initials(pieces: list[Piece]) -> list[Someone]:
    found: list[Someone] = []
    for piece in pieces:
        if piece.before != "paren":
            found.append(Someone(piece.words, piece.span, weight=0.5))
        elif found:
            found[-1].notes.append(piece.words)
    return found


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
    return _look_like_people(line.words)


@lru_cache(maxsize=5_000)
def _look_like_people(words: str) -> bool:
    words = SIGNED.sub("", words)
    if not words or len(words) > 1200 or NOBODY.fullmatch(words):
        return False
    pieces = pieces_of([Line(0, words)])
    if not pieces or max(len(piece.words.split()) for piece in pieces) > 14:
        return False
    weights = [likeness(piece.name) for piece in pieces]
    persons = sum(weight.person >= 0.9 for weight in weights)
    likely = sum(weight.person >= 0.4 for weight in weights)
    others = sum(weight.organisation >= 0.6 or weight.remark >= 0.6 for weight in weights)
    parted = sum(
        piece.before in ("instead", "sends", "tail")
        or (piece.before in ("from", "run") and weight.organisation > 0)
        for piece, weight in zip(pieces, weights, strict=True)
    )
    # The end of a sentence, and no title that is cut short: "Prof. Anne Holm", "kass. Bo Friis".
    ends = [match["last"] for match in SENTENCE.finditer(words)]
    if persons < 3 and not all(ROLE.fullmatch(one) or COURTESY.fullmatch(one) for one in ends):
        return False
    told = persons + others + likely + parted >= 0.6 * len(pieces)
    return told and bool(persons or (likely and others + parted))


def is_place(line: Line) -> bool:
    """Say whether a line names, before a colon, the organisation of those behind or below it."""
    words, colon, _ = line.text.partition(":")
    return bool(colon and _group(pieces_of([Line(line.start, words + colon)])))


def says_more(line: Line) -> bool:
    """Say whether a line tells from where, or as what, the person on the line above came."""
    weights = [likeness(piece.words) for piece in pieces_of([line])]
    return 0 < len(weights) < 4 and all(
        max(weight.organisation, weight.remark) >= 0.6 > weight.person for weight in weights
    )


# How much a separator before a piece speaks for each reading of it: person, organisation, remark.
BY_SEPARATOR = {
    # New entries mostly begin with a name.
    "line": (0.6, -0.2, -0.4),
    # A line less set in than the one below it says what those below have in common.
    "head": (-0.8, 0.8, 0.0),
    "bullet": (0.6, -0.2, -0.4),
    "semicolon": (0.6, -0.3, -0.2),
    "stop": (0.6, -0.3, -0.2),
    "and": (0.8, -0.6, -0.6),
    "plus": (0.8, -0.6, -0.6),
    "colon": (0.6, 0.0, 0.0),
    "by": (1.0, -0.5, -0.5),
    "except": (1.0, -0.5, -0.5),
    # A comma tells nothing; what else parts an entry comes before anything but a name.
    "comma": (0.0, 0.1, 0.0),
    "after": (0.3, 0.0, 0.1),
    "dash": (-1.2, 0.5, 0.2),
    "slash": (-1.2, 0.5, 0.2),
    "tab": (-0.8, 0.4, 0.3),
    "paren": (-2.5, 0.4, 0.3),
    # The words themselves say what follows.
    "from": (-3.0, 1.5, -0.5),
    "run": (-3.0, 1.5, -0.5),
    "all": (-3.0, 1.5, -0.5),
    "both": (-3.0, 1.5, -0.5),
    "tail": (-3.0, -1.0, 1.5),
    "reason": (-3.0, -3.0, 1.0),
    "instead": (-9.0, -9.0, 9.0),
    "sends": (-9.0, -9.0, 9.0),
}
# How well a reading follows another.
AFTER = {
    As.PERSON: (0.0, 0.35, 0.2),
    As.ORGANISATION: (0.35, -0.9, 0.0),
    As.REMARK: (0.1, 0.4, -0.1),
}
ENTRY = {"line", "head", "bullet", "semicolon", "stop"}  # separators that open an entry
AGAIN = 1.5  # how much words that come again speak for an organisation, and against a name
ENOUGH = 0.5  # of a list have an organisation where unknown words are one
MANNER = 1.0  # how much the manner of a list weighs beside the words of a piece

Weights = tuple[float, ...]  # of the three readings, in their order
# What came before a piece: the reading there (nothing at the start of an entry) and the mark.
Place = tuple[As | None, str]


def _readings(pieces: list[Piece], own: int) -> list[As]:
    """Return the best readings of the pieces, read once more in the manner that the first shows.

    The first `own` pieces are the list itself, those behind them other lists of the document.
    """
    weights: list[Weights] = []
    last, whose = None, None  # the piece before, and the last that may be a name
    told = Counter(piece.words for piece in pieces[:own])
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        person, organisation, remark = _weights(piece, last, whose, following)
        # Nobody stands twice in a list; many come from the same place.
        again = AGAIN if told[piece.words] > 1 else 0.0
        weights.append((person - again, organisation + again, remark))
        last = piece
        whose = piece if likeness(piece.name).person >= 0.4 else whose
    readings = _best_path(pieces, weights, {})
    return _best_path(pieces, weights, _manner(pieces, weights, readings))


def _place(last: As, piece: Piece) -> Place:
    opened = piece.before in ENTRY and piece.before != "head"
    return (None, "line") if opened else (last, piece.before)


def _manner(
    pieces: list[Piece], weights: list[Weights], readings: list[As]
) -> dict[Place, Weights]:
    """Return for each place in an entry how much the list's other entries speak for a reading."""
    counts: dict[Place, list[float]] = {}
    for at, (last, reading) in enumerate(pairwise([As.REMARK, *readings])):
        others = max(weight for one, weight in zip(As, weights[at], strict=True) if one != reading)
        sure = min(max(weights[at][reading] - others, 0.0), 1.0)
        counts.setdefault(_place(last, pieces[at]), [0.5, 0.5, 0.5])[reading] += sure
    return {
        place: tuple(MANNER * log(3 * one / sum(count)) for one in count)
        for place, count in counts.items()
    }


def _best_path(
    pieces: list[Piece], weights: list[Weights], manner: dict[Place, Weights]
) -> list[As]:
    """Return the readings that weigh most together (Viterbi's algorithm)."""
    none = (0.0, 0.0, 0.0)
    first = manner.get((None, "line"), none)
    best = [[weight + first[one] for one, weight in enumerate(weights[0])]]
    came: list[list[As]] = []
    for piece, weight in zip(pieces[1:], weights[1:], strict=True):
        # For each reading the weight of the best path to it, and the reading that it came from;
        # of two as good a person comes first.
        ways = [
            max(
                (best[-1][one] + AFTER[one][to] + manner.get(_place(one, piece), none)[to], -one)
                for one in As
            )
            for to in As
        ]
        came.append([As(-one) for _, one in ways])
        best.append([way + weight[to] for to, (way, _) in zip(As, ways, strict=True)])
    path = [max(As, key=best[-1].__getitem__)]
    for steps in reversed(came):
        path.append(steps[path[-1]])
    return path[::-1]


def _weights(
    piece: Piece, last: Piece | None, whose: Piece | None, following: Piece | None
) -> Weights:
    alone, bare = likeness(piece.words), likeness(piece.name)
    titled = piece.name != piece.words
    person = max(alone.person, bare.person)
    if titled and bare.person >= 0.4 and " " in piece.name:
        person = max(person, 1.5)
    organisation = alone.organisation
    if alone.person >= 1.9 and organisation < 0.6:
        organisation -= 2.0 if piece.before == "paren" else 1.0
    if piece.before == "paren" and _is_whom_they_send(piece, last, person):
        person += 4.0
    if piece.words[0].islower() and (piece.before == "paren" or " " in piece.words):
        # "(elevrådet)", "valgt af beboerne" say what somebody is there for.
        organisation -= 4
    remark = -1.0 if titled and person >= 0.9 else alone.remark
    remark += _marks(piece, whose or last, following)
    by = BY_SEPARATOR[piece.before]
    return person + by[0], organisation + by[1], remark + by[2]


def _is_whom_they_send(piece: Piece, last: Piece | None, person: float) -> bool:
    """Say whether a name in parentheses is whom the organisation before it sends.

    "AHO (Anne Holm)" has the initials before the name, "KAB (Anne Holm, Bo Friis)" two names.
    """
    if last is None:
        return person >= 1.9
    whose = likeness(last.words)
    if person >= 1.9 and last.before == "paren" and whose.person >= 1.9:
        return True
    initials = INITIALS.fullmatch(last.words) and is_initials(last.words, piece.words)
    sent = person >= 1.0 and whose.organisation >= 0.8 > whose.person
    return person >= 0.4 and bool(initials or sent)


def _marks(piece: Piece, last: Piece | None, following: Piece | None) -> float:
    """Return how much a piece speaks for being a party, a country or somebody's initials."""
    words = piece.words
    if len(words) == 1:
        return 4.0
    if piece.before == "paren" and last:
        whose = is_initials(words, last.name) and likeness(last.name).person >= 0.4
        return 4.0 if whose or is_party(words) or is_country(words) else 0.0
    if (
        following
        and INITIALS.fullmatch(words)
        and is_initials(words, following.words)
        and likeness(following.words).person >= 0.4
    ):
        return 5.0
    initials = last and words.isupper() and len(words) > 1 and is_initials(words, last.name)
    if initials and piece.before == "slash":
        return 4.0
    return 1.0 if initials or is_country(words) else 0.0


Read = tuple[Piece, As]


class Entries:
    """Puts the pieces of a list together, line by line: who, from where, what else is told."""

    def __init__(self, pieces: list[Piece], readings: list[As], own: int) -> None:
        self.people: list[Someone] = []
        self._is_except = False  # the last person came after "undtagen"
        self.group = ""  # the organisation of all people below, told on a line of its own
        lines = _lines(pieces[:own], readings[:own])
        others = _lines(pieces[own:], readings[own:])
        self.several = len(lines) > 1
        self.is_headed = len(lines) > 1 and _is_head(lines[0], lines[1])
        leads = [[piece for piece, _ in line[: _lead(line)]] for line in [*lines, *others]]
        # Where organisations stand before their people, an unknown word there is one too.
        self.by_place = any(is_outside(_group(lead)) for lead in leads if lead)
        self.by_place = self.by_place or (self.is_headed and is_outside(_group([pieces[0]])))
        self._read_all(lines)
        self.listed, self.people, self.group = self.people, [], ""
        self._read_all(others)
        _without_bodies(self.listed, self.people)

    def _read_all(self, lines: list[list[Read]]) -> None:
        for line, below in pairwise([*lines, []]):
            self._read(line, below)

    def _read(self, line: list[Read], below: list[Read]) -> None:
        lead = _lead(line)
        if lead:
            group = _group([piece for piece, _ in line[:lead]], by_place=self.by_place)
            if lead == len(line):
                self.group = group
                return
        elif len(line) == 1 and label_of(line[0][0].words) is Label.CATEGORY:
            self.group = ""
            return
        elif (self.is_headed and _is_head(line, below)) or _is_kind(line):
            self.group = _group([line[0][0]], by_place=self.by_place)
            return
        else:
            group = self.group
        self._entries(line[lead:], group)

    def _entries(self, line: list[Read], group: str) -> None:
        """Read the entries of one line, which belong to an organisation told before them."""
        first = len(self.people)
        near: Piece | None = None  # the last organisation, for people behind "v/" and in brackets
        lead = ""  # the organisation that stands before its people
        leads = bool(line) and line[0][1] is As.ORGANISATION
        for at, (piece, reading) in enumerate(line):
            follows = line[at + 1][1] if at + 1 < len(line) else None
            if piece.before in ENTRY:
                near, lead = None, ""
            if piece.before in ("instead", "sends"):
                self._stand_in(piece)
            elif reading is As.PERSON:
                someone = _someone(piece)
                if piece.before == "except" or (someone.is_joined and self._is_except):
                    someone.notes.append("afbud")
                self._is_except = someone.is_away and piece.before in ("except", "and")
                if near and piece.before in ("by", "paren"):
                    someone.organisation = near.words
                    if len(self.people) > first and self.people[-1].given is near:
                        self.people[-1].organisation, self.people[-1].given = "", None
                elif piece.before != "paren":
                    near = None
                someone.organisation = someone.organisation or lead
                self.people.append(someone)
            elif reading is As.ORGANISATION:
                near = piece if piece.before != "paren" else near
                if leads and follows is As.PERSON and piece.before != "paren":
                    lead = BEFORE_NAME.sub("", piece.words)
                else:
                    self._organisation(piece, first)
            elif self.people:
                _remark(self.people[-1], piece)
        for someone in self.people[first:]:
            someone.organisation = someone.organisation or group

    def _organisation(self, piece: Piece, first: int) -> None:
        """Give an organisation to the person before it."""
        if not self.people:
            return
        someone = self.people[-1]
        given = likeness(someone.given.words).organisation if someone.given else 9.0
        if someone.organisation and likeness(piece.words).organisation < given + 0.8:
            someone.notes.append(piece.words)
            return
        someone.given = piece
        someone.organisation = BEFORE_NAME.sub("", piece.words)
        someone.span = someone.span.joined(piece.span)
        before = self.people[-2] if len(self.people) > first + 1 else None
        shared = piece.before == "from" or self.several or (before and " " not in before.name)
        if piece.before in ("all", "both"):
            for one in self.people[first:] if piece.before == "all" else self.people[-2:]:
                one.organisation = one.organisation or someone.organisation
        elif before and someone.is_joined and not (before.organisation or before.notes) and shared:
            before.organisation = someone.organisation  # "Lene og Ole fra Værkstedet"

    def _stand_in(self, piece: Piece) -> None:
        if self.people and piece.before == "instead":
            self.people[-1].stands_for = piece.name
        elif self.people:
            self.people[-1].replaced_by = piece.name


def _without_bodies(*lists: list[Someone]) -> None:
    """Take a house's own bodies for no organisations, where nobody comes from outside."""
    people = [one for listed in lists for one in listed]
    told = [one for one in people if one.organisation]
    if any(is_outside(one.organisation) for one in told):
        return
    # Among many people, as well as among few of them, unknown words are no organisations.
    most = max(sum(bool(one.organisation) for one in listed) for listed in lists)
    weak = most > 2 or len(told) < ENOUGH * len(people)
    for one in told:
        words = one.organisation
        unknown = " " not in words and words[0].isupper() and bool(one.given)
        if (weak and unknown) or (BODY.fullmatch(words) and (not one.given or len(told) > 2)):
            one.notes.append(one.organisation)
            one.organisation = ""


def _lines(pieces: list[Piece], readings: list[As]) -> list[list[Read]]:
    """Return the pieces of each line with their readings."""
    number, named = 0, False
    numbered = []
    for piece, reading in zip(pieces, readings, strict=True):
        # "KL: Anne Holm; KAB: Bo Friis", "Anne Holm samt fra KAB: Bo Friis" are as two lines.
        leads = piece.colon and named and reading is not As.PERSON and piece.before != "paren"
        opens = piece.before in ("line", "head") or leads
        named = reading is As.PERSON or (named and not opens)
        number += opens
        numbered.append((number, (piece, reading)))
    return [[read for _, read in line] for _, line in groupby(numbered, lambda one: one[0])]


def _is_head(line: list[Read], below: list[Read]) -> bool:
    """Say whether an organisation alone on its line has people on the lines below it."""
    follows = bool(below) and below[0][1] is As.PERSON
    return follows and all(reading is As.ORGANISATION for _, reading in line)


def _is_kind(line: list[Read]) -> bool:
    """Say whether a line says what kind of people stand below it: "For lønmodtagerne"."""
    words = line[0][0].words if len(line) == 1 else ""
    kind = FROM.match(words) or re.search(r"\s[a-zæøå]+$", words)
    weight = likeness(words)
    return bool(kind) and weight.person < 0.4 and weight.organisation < 0.8 > weight.remark


def _lead(line: list[Read]) -> int:
    """Return how many pieces of a line stand before a colon that has people behind or below it."""
    for at, (piece, reading) in enumerate(line):
        if reading is As.PERSON and likeness(piece.words).person >= 1.9:
            return 0
        if piece.colon:
            return at + 1
    return 0


def _group(pieces: list[Piece], *, by_place: bool = False) -> str:
    """Return the organisation that a colon gives to the people after it, if it is one."""
    named = [words for piece in pieces if (words := _as_group(piece, by_place=by_place))]
    if len(named) == len(pieces):
        return ", ".join(named)  # "Vester Kommune, Jobcentret: Anne Holm"
    return max(named, key=lambda words: likeness(words).organisation, default="")


def _as_group(piece: Piece, *, by_place: bool) -> str:
    known = label_of(piece.words, with_colon=piece.colon)
    weight = likeness(piece.words)
    if known not in (None, Label.TIME) or weight.remark > max(weight.organisation - 1, 0):
        return ""
    words = FROM.sub("", piece.words)
    if KIND_OF.search(words) or ONLINE.search(words):
        return ""
    # "Skolen:" says on whose side people are, "Vester Skole:" where they come from.
    if ORGANISATION.fullmatch(words) or words[:1].islower():
        return ""
    # A single word that no organisation has in its name says what kind of people they are.
    needed = 0.8 if " " not in words and words == piece.words and not by_place else 0
    return words if likeness(words).organisation > needed else ""


def _someone(piece: Piece) -> Someone:
    name, role = without_role(piece.words)
    start = piece.span.start + max(piece.words.find(name), 0)
    weight = likeness(name).person
    name = name.title() if name.isupper() and len(name) > 4 else name
    someone = Someone(name, Span(start, piece.span.end), "", [role] if role else [], weight)
    someone.is_joined = piece.before in ("and", "plus")
    return someone


def _remark(someone: Someone, piece: Piece) -> None:
    match = None if FORMER.match(piece.words) else ROLE_AT.fullmatch(piece.words)
    role = match["role"] if match else ""
    place = match["organisation"] if match and not someone.organisation else ""
    own = OWN_PART.fullmatch(role) and not piece.words.startswith(f"{role} i ")
    is_role = likeness(role).remark > 0 and not own
    if HEADS.search(piece.words):  # "direktør for Børn og Unge" of the same house
        is_role = is_role and (" " not in place or ORGANISATION.search(place) is not None)
    if is_role and likeness(place).organisation > 0.1:
        someone.organisation = place
        someone.notes.append(role)
        someone.span = someone.span.joined(piece.span)
    else:
        someone.notes.append(piece.words)
