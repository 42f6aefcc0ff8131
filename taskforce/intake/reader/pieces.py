"""The pieces of a list of people: what its commas, dashes, parentheses and little words part.

"Odense Kommune v/ Anne Holm, i stedet for Bo Friis (afbud)" has four pieces, and each knows the
mark before it. A title before a name is taken off and kept beside it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.names import (
    COURTESY,
    MYSELF,
    PARTICLES,
    ROLE,
    SURNAME,
    is_given,
    likeness,
    without_role,
)
from taskforce.intake.reader.status import BESIDE
from taskforce.intake.reader.text import Line

NAMED = r"(?=(?:de[nt]\s+)?(?:[A-ZÆØÅ]|\d+[A-ZÆØÅ]))"
START = r"(?:^|\s+|(?<=\s))"
SEPARATOR = re.compile(
    rf"""(?P<stop>\.\s+(?=[A-ZÆØÅ]))
    |(?P<paren>\([^()]*\)|\[[^\[\]]*\])
    |(?P<semicolon>;)|(?P<comma>,)|(?P<tab>\t+|\s?\.{{4,}}\s?|(?<!\s)\ {{3,}}|\s\|\s)
    |(?P<dash>\s[-–—]{{1,2}}\s|\s?[-–—]\s*(?={BESIDE})|(?<=[a-zæøå])[–—](?=[A-ZÆØÅ]))
    |(?P<slash>\s/\s|(?<=[a-zæøå])/(?=[A-ZÆØÅ]))
    |(?P<instead>{START}(?:som\s+)?(?:replacing|substituting\s+for|deputi[sz]ing\s+for|
        standing\s+in\s+for|in\s+(?:place|stead)\s+of|instead\s+of|erstatter|erstattede|
        i\s+stedet\s+for|(?:stedfortræder|suppleant|afløser|vikar)\s+for|afløste|mødte\s+for)
        \s+(?=[A-ZÆØÅ]))
    |(?P<sends>{START}(?:(?:[Ss]tedfortræder|[Ss]uppleant|[Ee]rstatning)(?::|\ser)|[Mm]ødt\sved|
        [Rr]eplaced\s+by|[Rr]epresented\s+by|[Ee]rstattet\s+af|
        [Rr]epræsenteret\s+(?:af|ved)|[Aa]fløst\s+af)\s+(?=[A-ZÆØÅ]))
    |(?P<by>\s+v(?:/|\.|ed\s)\s*(?=(?:[a-zæøå]+\s+)?[A-ZÆØÅ]))
    |(?P<from>{START}(?:(?:og|and|samt)\s+)?(?:fra|from|hos|(?:valgt|udpeget|indstillet)\s+af|
        repræsentant\s+for|på\s+vegne\s+af|on\s+behalf\s+of|repræsenterende|
        representing)\s+{NAMED})
    |(?P<except>{START}(?:undtagen|på\s+nær|bortset\s+fra|minus|med\s+undtagelse\s+af|
        (?:dog|men)\s+ikke|except)\s+(?=[A-ZÆØÅ]))
    |(?P<both>{START}(?:begge|both)\s+(?:(?:fra|from|ved|i)\s+)?(?=[A-ZÆØÅ]))
    |(?P<all>{START}(?:alle(?:\s+\w+)?|all)\s+(?:fra|from|ved|i)\s+(?=[A-ZÆØÅ]))
    |(?P<reason>\s+(?=(?:grundet|pga\.?|p\.g\.a\.|på\s+grund\s+af|due\s+to)\s))
    |(?P<colon>:(?=\s|$))|(?P<bullet>\s*[•●▪·]\s*)
    |(?P<plus>\s\+\s)|(?P<and>(?:^|\s)(?:og|and|samt|&|as\swell\sas)\s)""",
    re.VERBOSE,
)
# Separators that say what comes.
WORDS = {"instead", "sends", "by", "from", "all", "both", "except", "reason"}
PARTS_NO_LEAD = {"dash", "stop", "slash", "and", "comma"}  # inside a name before a colon
IN_PARENTHESES = WORDS | {"semicolon", "dash"}
CONTACT = re.compile(
    r"[<(\[]?\b[\w.+-]+@[\w.-]+\.\w+[>)\]]?|\b(?:tlf|tel|mob|mobil|phone)\b\.?:?\s*\+?[\d ]{8,14}|"
    r"~~|\*\*|(?<!\d)(?:\+45\s?)?\d{2}\s?\d{2}\s?\d{2}\s?\d{2}(?!\d)",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"(?:ingen|none|nobody|intet|n/a|"
    r"\d{1,3}(?: [a-zæøå]+)?|nil|-+|–|—|alle|all|ikke oplyst|\.+|/)[.!]?",
    re.IGNORECASE,
)
SCHOOL_CLASS = re.compile(r"(?:^|\s+)(?:(?:fra|i)\s+)?\d{1,2}\.\s?[a-zA-Z]$")
BROKEN = re.compile(r"(?<=\w-)\s*\n\s*(?=\w)")  # a double name, at its hyphen
INITIALS = re.compile(r"[A-ZÆØÅÄÖÜ][a-zæøå]?[A-ZÆØÅÄÖÜ]{1,3}")
# "fra personalet Anne og Bo": a kind of people, and no organisation.
KIND_BEFORE = re.compile(r"(?:fra|for|from)\s+[a-zæøå]+(?:en|et|ne|rne)\s+(?=[A-ZÆØÅ])")
# What is cut short by a stop, before which no sentence ends: "Claus T.", "Brdr.", "tidl.".
SHORT = re.compile(
    r"\b(?:[A-ZÆØÅ]|Aa|[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz][b-df-hj-np-tv-xz]{1,4}|"
    r"(?i:tidl|afd|adm|ass|stud|kons|lekt|prof|pæd|jur|øk|gen|udd|komm|org|soc|psyk|arb|akad|ing|"
    r"ark|skt|tekn|dir|inst|evt))$"
)
ABBREVIATED = re.compile(r"\b[A-ZÆØÅ]\.$|(?:\b\w\.){2,}$|\b(?:Inc|Ltd|Co)\.$")
TAIL = re.compile(rf"{BESIDE}|(?:fra|hos|på|via|i|ved|under|til|som|from|until)\s")
# What goes before one more person: "Endvidere direktør Anne Holm", "Plus Bo Friis".
ALSO = re.compile(
    r"(?:desuden|endvidere|derudover|herudover|foruden|ligeledes|tillige|yderligere|også|plus|also|"
    r"in addition|altså|nemlig|dvs\.?)(?:\s+(?:deltog|var|mødte|kom))?:?\s+(?=\S)",
    re.IGNORECASE,
)
STARTS = re.compile(
    rf"(?:Fra|Gæst(?:er)?|Online|From)\b|[A-ZÆØÅ][^.:,]{{1,40}}:\s|(?i:{ALSO.pattern})"
)
CONNECTED = re.compile(
    r"(?:\b(?:for|i|og|af|the|of|and|in|på|til|med|ved|&|den|det|van|von|de)|[-/&])$"
)
# Words that tell what kind of organisation one is and name none: "Egedal" goes before "Kommune".
KINDS_ALONE = {
    *("kommune", "region", "fonden", "forening", "boligforening", "skole", "gymnasium"),
    *("aps", "a/s", "i/s", "p/s"),
}


MOST = 0.7  # of the lines of a list show in what order its names are


@dataclass(slots=True)
class Piece:
    words: str
    span: Span
    before: str  # the separator before it: line, head, comma, semicolon, and, dash, paren, …
    colon: bool = False  # a colon follows
    alone: bool = False  # it is the only piece of its line

    @property
    def name(self) -> str:
        """Its words without a title before them."""
        return without_role(self.words)[0]

    @property
    def is_named(self) -> bool:
        return likeness(self.name).person >= 0.9


def pieces_of(
    lines: list[Line], names: Mapping[str, str] = MappingProxyType({}), own: int = 0
) -> list[Piece]:
    """Return the pieces of a list's lines, in order; `names` is what initials stand for.

    Behind the first `own` lines come those of another list.
    """
    pieces: list[Piece] = []
    open_end = False
    cuts = [_cut(line, "head" if line.level else "line") for line in lines]
    _given_name_first(cuts)
    for at, (line, cut) in enumerate(zip(lines, cuts, strict=True)):
        count = len(pieces)
        follows = bool(pieces) and at != own
        for one, following in pairwise(cut):
            if MYSELF.fullmatch(one.words) and following.before == "paren" and following.is_named:
                one.words, following.before = "", one.before  # "mig (Anne Holm, KAB)"
        for number, piece in enumerate(one for one in cut if one.words):
            if number == 0 and follows and (open_end or _goes_on(pieces[-1], piece)):
                last = pieces[-1]
                gap = "" if re.search(r"\w-$", last.words) and piece.words[:1].isupper() else " "
                last.words, last.span = last.words + gap + piece.words, last.span.joined(piece.span)
                continue
            ahead = piece.before == "paren" and len(cut) > 1 and cut[1].before == "after"
            if number == 0 and (piece.colon or ahead):
                piece.before = "line"
            pieces.append(piece)
        for piece in pieces[count:]:
            piece.alone = len(pieces) == count + 1
            if piece.before != "paren":
                piece.words = names.get(piece.words, piece.words)
        if line.words:
            open_end = bool(CONNECTED.search(line.words)) and not re.search(r"\s[-–—]$", line.words)
    return pieces


def _given_name_first(lines: list[list[Piece]]) -> None:
    """Turn "Holm, Anne" round where most entries begin so."""
    entries: list[list[Piece]] = []
    for piece in (one for line in lines for one in line):
        if piece.before in ("line", "semicolon", "bullet") or not entries:
            entries.append([])
        entries[-1].append(piece)
    told = [
        entry
        for entry in entries
        if len(entry) > 1
        and entry[1].before == "comma"
        and " " not in entry[0].words
        and likeness(entry[0].words).person < 0.9
        and is_given(entry[1].words)
    ]
    if len(told) < 2 or len(told) < MOST * len(entries):
        return
    for surname, given, *_ in told:
        given.words = _by_given_name(f"{surname.words.upper()} {given.words}")
        given.span, given.before = surname.span.joined(given.span), surname.before
        surname.words = ""


def _by_given_name(words: str) -> str:
    """Turn "HOLM Anne" round."""
    surname, _, given = words.partition(" ")
    turned = len(surname) > 2 and surname.isupper() and not given.isupper() and is_given(given)
    return f"{given} {surname.title()}" if turned else words


def are_initials(pieces: list[Piece], least: int = 2) -> bool:
    """Say whether a list of so many at least names people by their initials, and none by a name."""
    named = [piece for piece in pieces if piece.before != "paren" or piece.is_named]
    return len(named) >= least and all(INITIALS.fullmatch(piece.words) for piece in named)


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Say whether a line goes on with the last piece of the line above it."""
    given = is_given(last.words) or re.search(r"\s[A-ZÆØÅ]\.?$", last.words)
    if piece.colon:
        return False
    listed = not last.alone and last.before in ("comma", "and")
    if given and listed and piece.words[:1].isupper():
        return True  # it ended between given name and surname
    small = piece.words[:1].islower() and piece.before == "line" and not piece.is_named
    return small and likeness(piece.words).remark <= 0


def _cut(line: Line, before: str) -> list[Piece]:
    """Return the pieces of one line, or of what stands in parentheses."""
    pieces: list[Piece] = []
    # Addresses, telephone numbers and marks of strokes and bold are blotted out.
    text = CONTACT.sub(lambda match: " " * len(match[0]), line.text)
    line, at, inside = replace(line, text=text), 0, before == "paren"
    lead = _lead(text)
    for match in SEPARATOR.finditer(text):
        kind, left, right = str(match.lastgroup), text[at : match.start()], text[match.end() :]
        if match.start() < lead and kind in PARTS_NO_LEAD:
            continue
        if not _parts(kind, left, right, inside=inside):
            continue
        after_colon = before == "colon" and not left.strip()
        if kind == "tab" and (after_colon or is_field(text[: match.start()], right)):
            kind = "colon"  # "Formand:<tab>Anne Holm", "Beboere<tab>Anne Holm, Bo Friis"
        whole = kind == "colon"
        before = _push(pieces, line, at, match.start(), before, whole=whole)
        if kind == "colon" and pieces:
            pieces[-1].colon = True
        if kind == "paren":
            inner = Line(line.start + match.start() + 1, match[0][1:-1])
            pieces += _cut(inner, "paren")
            before = "after"
        else:
            before = "paren" if inside and kind not in WORDS else kind
        at = match.end()
    _push(pieces, line, at, len(text), before)
    return pieces


def _lead(text: str) -> int:
    """Return where a name before a colon ends that has people behind it; 0 for none.

    "BL – Danmarks Almene Boliger: Eva Holm", "Entreprenør Bdr. Sandahl: Lars Sandahl".
    """
    colon = re.match(r"[^:()]{3,60}:(?=\s+\S)", text)
    named = colon and not opens_with_name(colon[0]) and opens_with_name(text[colon.end() :])
    return colon.end() - 1 if colon and named else 0


def is_field(lead: str, right: str) -> bool:
    """Say whether a tab parts the name of a field from the people in it."""
    first = likeness(without_role(lead.strip())[0])
    alone = not re.search(r"[,;(]", lead) and "\t" not in right
    return alone and first.person < 0.4 and opens_with_name(right)


def _parts(kind: str, left: str, right: str, *, inside: bool) -> bool:
    """Say whether a mark or word parts two pieces where it stands, in parentheses or outside."""
    if kind == "and" and left.rstrip().endswith("-"):
        return False  # "sundheds- og ældrechef"
    if kind == "and" and not left.strip():
        return not inside
    if kind == "and":
        return _parts_people(left, right)
    if kind == "stop" and SHORT.search(left):
        return False
    if kind == "stop":
        told = len(left.split()) > 1 and not COURTESY.fullmatch(left.split()[-1])
        return bool(STARTS.match(right)) or (told and opens_with_name(right))
    if kind == "comma":
        return not right[:1].isdigit()
    return not inside or kind in IN_PARENTHESES


def _push(
    pieces: list[Piece], line: Line, start: int, end: int, before: str, *, whole: bool = False
) -> str:
    """Add what stands between two separators, and return what is before the next piece."""
    part = line.part(start, end)
    words = part.text.rstrip(" .:")
    if part.text.endswith(".") and ABBREVIATED.search(part.text):
        words = part.text
    words = SCHOOL_CLASS.sub("", KIND_BEFORE.sub("", words))
    words = words[match.end() :] if (match := ALSO.match(words)) else words
    if before == "line":
        words = re.sub(r"^\d{1,2}\s+(?=[A-ZÆØÅ][a-zæøå]+ [A-ZÆØÅ])", "", words)
    if not words or NOBODY.fullmatch(words) or not re.search(r"\w", words):
        return before
    lead = part.start + max(part.text.find(words), 0)
    parts = [(0, before)] if whole else _run_together(words, before)
    for number, (first, kind) in enumerate(parts):
        last = parts[number + 1][0] if number + 1 < len(parts) else len(words)
        told = BROKEN.sub("", words[first:last]).strip()
        told = re.sub(r"\sfor$", "", told) if number + 1 < len(parts) else told
        told = _by_given_name(re.sub(r"\s+", " ", told))
        pieces.append(Piece(told, Span(lead + first, lead + last), kind))
    return "comma"


def is_broken(above: str, below: str) -> bool:
    """Say whether a margin, and not the end of an entry, parts two lines of a list."""
    if CONNECTED.search(above) or above.endswith((",", ";")):
        return True
    first = re.split(r"[,;(\n]|\s[-–]\s|:", below)[0].strip(" .")
    return ends_half(above) or not (opens_with_name(first) or re.match(r"(?:Fra|From)\s.*:", below))


def ends_half(line: str) -> bool:
    """Say whether a line ends between given name and surname."""
    last = re.split(r"[,;(:]|\s[-–]\s|\b(?:og|and|samt)\s", line)[-1].strip(" .)")
    return last != line and is_given(last)


def opens_with_name(words: str) -> bool:
    """Say whether words begin with a known name, or any name behind a title."""
    name, title = without_role(_first(words))
    return likeness(name).person >= (0.4 if title and " " in name else 1.9)


def may_open_list(words: str) -> bool:
    """Say whether words begin with what may be a name, or with an organisation."""
    first = _first(words)
    if re.match(r"alle\b", first, re.IGNORECASE):
        return True  # "Alle undtagen Anne Holm"
    return likeness(without_role(first)[0]).person >= 0.4 or likeness(first).organisation >= 0.8


def _first(text: str) -> str:
    """Return what stands before the first separator."""
    text = " ".join(BROKEN.sub("", text).split())
    return (SEPARATOR.split(text, maxsplit=1)[0] or "").strip(" .")


def _parts_people(left: str, right: str) -> bool:
    """Say whether an "og" stands between two people, and not inside a name of something."""
    after = _first(right)
    if NOBODY.fullmatch(after):
        return True
    after = KIND_BEFORE.sub("", after).rstrip("-")
    before = [piece for piece in re.split(r"[,;()]", left) if piece.strip()]
    first = likeness(KIND_BEFORE.sub("", (before or [""])[-1].strip()))
    second = max(likeness(after).person, likeness(without_role(after)[0]).person)
    parts = _run_together(after, "and")
    if second >= 1.9 or (len(parts) > 1 and likeness(after[: parts[1][0]]).person >= 0.9):
        return True
    return second >= 0.4 and (first.person >= 0.4 or left.rstrip().endswith(")"))


def _run_together(words: str, before: str) -> list[tuple[int, str]]:
    """Return where the parts of words begin that no mark parts, with what is before each.

    "Anne Holm Odense Kommune" has two, and so have "Anne Holm kasserer" and "Bo for Anne Holm".
    """
    tokens = [(match[0], match.start()) for match in re.finditer(r"\S+", words)]
    bare = [token for token, _ in tokens]
    for at, (token, start) in enumerate(tokens[1:], 1):
        if token.islower() and token not in PARTICLES:
            if _is_named(words[:start], at) and (kind := _tail(words[start:])):
                return [(0, before), (start, kind)]
            break
    if before == "from":
        starts = [start for _, start in tokens[1:] if _is_org_and_name(words, start)]
        return [(0, before), *((start, "by") for start in starts[:1])]
    at = _where_name_ends(bare, opening=before == "line")
    return [(0, before), (tokens[at][1], "run")] if at else [(0, before)]


def _is_org_and_name(words: str, at: int) -> bool:
    """Say whether "fra Odense Kommune Anne Holm" parts there."""
    return likeness(words[at:]).person >= 1.9 and likeness(words[:at]).organisation >= 1.2


def _is_named(words: str, count: int) -> bool:
    """Say whether so many words before one that is written small are a name."""
    return likeness(without_role(words.strip())[0]).person >= (1.9 if count > 1 else 1.0)


def _tail(words: str) -> str:
    """Return the mark that stands for the words behind a name, which begin with a small one.

    They say how or as what somebody was there: a sentence about somebody is no entry.
    """
    return "tail" if TAIL.match(words) or ROLE.match(words) else ""


def _where_name_ends(tokens: list[str], *, opening: bool) -> int:
    """Return how many words a name has that an organisation follows without a mark; else 0.

    Where it opens a line, the given name need not be a known one.
    """
    known = bool(tokens) and is_given(tokens[0])
    if len(tokens) < (3 if known else 4) or not (known or opening):
        return 0
    # Few people have five names; so many words name an organisation too, even an unknown one.
    needed = 1.2 if len(tokens) < 5 or not known else 0.2
    for count in _lengths(tokens):
        if tokens[count - 1].lower() in PARTICLES:
            continue
        rest = " ".join(tokens[count:])
        name, weight = likeness(" ".join(tokens[:count])), likeness(rest)
        kind = " " not in rest and rest.lower() in KINDS_ALONE
        named = name.person >= (1.9 if known else 0.4) and not kind
        # One word with an ending such as "-en" may be a surname.
        place = weight.organisation >= (needed if " " in rest else 1.3)
        if named and place and weight.remark < 1.5 > weight.person:
            return count
    return 0


def _lengths(tokens: list[str]) -> list[int]:
    """Return how many tokens the name may have, the likeliest first."""
    ended = [at + 1 for at, token in enumerate(tokens[:4]) if at and SURNAME.search(token)][::-1]
    middle = is_given(tokens[1].strip(".")) or len(tokens[1].strip(".")) == 1
    capitals = sum(letter.isupper() for letter in tokens[-1]) >= 2 and len(tokens) <= 5
    acronym = [len(tokens) - 1] if capitals else []
    sizes = ended + acronym + ([3, 2] if middle else [2, 3])
    return [size for size in dict.fromkeys(sizes) if 1 < size < len(tokens)]
