"""What a clause says of the people in it: who they are, and whether they were there.

"Fra KAB deltog Anne Holm", "Bo Friis var desværre syg", "Derfor måtte Carl Dam melde afbud": the
names may come behind the verb, before it, or inside; the other words tell whether somebody came.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from taskforce.intake.reader.names import PARTICLES, ROLE
from taskforce.intake.reader.pieces import opens_with_name
from taskforce.intake.reader.vocabulary import AROUND, CAME, STAYED, Label, people_lead

VERB = re.compile(
    r"\b(?:var|er|blev|havde|har|kunne|måtte|deltog|mødte|kom|meldte|sendte|gav|udeblev|manglede|"
    r"sad|stødte|ringede|fulgte|forlod|gik|"
    r"was|were|had|could|sent|did|attended)\b"
)
AWAY = re.compile(
    rf"\b(?:{STAYED}|syge?|bortrejst\w*|(?:på|til)\s+(?:ferie|barsel|orlov|kursus)|ikke|ej|undtagen|"
    r"på\s+nær|bortset\s+fra|med\s+undtagelse|not|ill)\b",
    re.IGNORECASE,
)
# A negation that tells of something else than coming.
OTHERWISE = re.compile(
    r"(?<!\bkom )(?<!\bmødte )(?<!\bdeltog )\b(?:ikke|ej|not)\b"
    r"(?!(?<=\bkunne ikke)\s*$|\s+(?:ikke|ej|not|til\s?stede|"
    r"deltage\w*|kom(?:me)?|med|være|mødte?|fremmødt|present|attend|come|able|join)\b)",
    re.IGNORECASE,
)
THERE = re.compile(
    rf"\b(?:{CAME}|kom\s+(?:til|ind|senere|først|forbi|kl)|sad\s+med|stødte\s+til|"
    r"ringede\s+ind|fulgte\s+(?:med|mødet)|forlod\s+mødet|gik\s+(?:kl|tidligere|efter\s+p\w*kt)|(?:var|er)\s+(?:\w+\s+)?med(?!\s+(?:til|at)\b))\b",
    re.IGNORECASE,
)
ORIGIN = re.compile(
    r"(?:og\s+)?(?:[Ff]ra|[Ff]or)\s+(?:[a-zæøå]+(?:\s[a-zæøå]+)?,\s+)?"
    r"(?P<from>[A-ZÆØÅ\d].*?),?\s+(?:deltog|mødte|kom|var)\b|"
    r"(?P<sent>[A-ZÆØÅ\d].*?)\s+(?:var|er)\s+repræsenteret\b"
)
FOR = re.compile(r"\bdeltog\s+(?:for|fra)\s+(?P<origin>[A-ZÆØÅ][^.:;,]{1,60})")
KNOWN = re.compile(
    rf"(?:{CAME}|{STAYED}|{AROUND}|fra|medlem\w*|under|punkt|pkt|\d+|"
    r"endvidere|tillige|ligeledes|herudover|derudover|yderligere|som|sammen|foruden|både)",
    re.IGNORECASE,
)
MOST_LEAD = 110  # characters before the names of a clause
MOST_UNKNOWN = 2  # words there that need not speak of coming
# What goes on behind the names: "Anne Holm til stede", "Bo Friis nødt til at melde afbud".
TAIL = re.compile(
    rf"\s+(?=(?:{STAYED}|{CAME}|syge?|nødt|ikke|desværre|også|bortrejst\w*|på\s+(?:ferie|barsel)|"
    r"afbud|med|frem)\b)"
)
SMALL = re.compile(rf"\s(?!(?:{'|'.join(PARTICLES)})\s)[a-zæøå]{{2}}")
ENDS = re.compile(
    r"[;:]|\.(?=\s|$)(?<!\s[A-ZÆØÅ]\.)|,\s+(?:mens|hvorimod|og|men)\s(?=[A-ZÆØÅ])|\s+mens\s|"
    r",\s+(?:og|men)\s+(?=[a-zæøå\s]{1,30}\s(?:mødte|deltog|var|kom|havde)\b)|"
    r",?\s+(?=og\s+fra\s[^.;:]{3,80}?\s(?:mødte|deltog|kom)\b)"
)
# How "was there" may go on.
PLAIN = re.compile(
    r"(?:[\s,]*(?:op|frem|mødet|i\s|på\s|under\s|til\s|kl\.|online|via\s|ved\s|som\s|fra\s|for\s|desuden|"
    r"også)[^.:;]{0,70})?\s*(?:[.;,]|$)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Names from `start` on, up to `end` where that is known, and whether these came."""

    label: Label
    start: int
    end: int | None = None
    stop: int | None = None  # of the clause
    origin: str = ""
    is_plain: bool = False  # nothing else stands before the names


@lru_cache(maxsize=5_000)
def clause(text: str, start: int) -> Clause | None:
    """Read the clause that opens at `start`."""
    if named := people_lead(text[start:]):
        return Clause(named[0], start + named[1], is_plain=True)
    end = ENDS.search(text, start)
    words = text[start : end.start() if end else len(text)]
    begin = _first_name(words)
    lead = words[:begin]
    if not begin or not VERB.search(lead):
        return _with_subject(words, start)
    origin = ORIGIN.match(lead)
    place = (origin["from"] or origin["sent"]) if origin else ""
    told = re.findall(r"[\w-]+", lead.replace(place, "", 1))
    if sum(not KNOWN.fullmatch(one) for one in told) > MOST_UNKNOWN:
        return None
    if label := _status(lead):
        return Clause(label, start + begin, origin=place)
    tail = TAIL.search(words, begin)
    if tail and (label := _status(lead + words[tail.end() :])):
        return Clause(label, start + begin, start + tail.start(), start + len(words), place)
    return None


def tells(text: str) -> bool:
    """Say whether a clause about people opens a text, and not the words of a label alone."""
    told = clause(text, 0)
    return told is not None and not told.is_plain


def _first_name(words: str) -> int:
    """Return where the first name of a clause begins, with the title before it; 0 for none."""
    for match in re.finditer(r"(?<![\w.-])[A-ZÆØÅÖÄÜÉŞÇ][\w'-]+", words[: MOST_LEAD + 20]):
        if match.start() > MOST_LEAD:
            break
        if opens_with_name(SMALL.split(words[match.start() :])[0]):
            before = re.search(r"(?<=\s)[a-zæøå-]+\s$", words[: match.start()])
            titled = before and ROLE.fullmatch(before[0].strip())
            return before.start() if before and titled else match.start()
    return 0


def _with_subject(words: str, start: int) -> Clause | None:
    """Read "Anne Holm (KAB) og Bo Friis havde meldt afbud"."""
    if words[:1].islower() and not ROLE.match(words):
        return None
    for verb in VERB.finditer(words):
        said = words[verb.start() :]
        if words.count("(", 0, verb.start()) > words.count(")", 0, verb.start()):
            continue
        label = _status(said[:80])
        if label is Label.PRESENT:
            there = THERE.search(said)
            label = label if there and PLAIN.match(said, there.end()) else None
        if label:
            origin = FOR.search(said)
            place = " ".join(origin["origin"].split()) if origin else ""
            return Clause(label, start, start + verb.start(), start + len(words), place)
    return None


def _status(words: str) -> Label | None:
    """Return whether words tell that somebody came, or did not."""
    if AWAY.search(words):
        return None if OTHERWISE.search(words) else Label.ABSENT
    return Label.PRESENT if THERE.search(words) else None
