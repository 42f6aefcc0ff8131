"""The title of a point: what is left without number, code, time, and the person responsible."""

import re
from dataclasses import dataclass

from taskforce.intake.reader.dates import Clock, clocks
from taskforce.intake.reader.names import likeness, without_role
from taskforce.intake.reader.names_index import Register, is_organisation
from taskforce.intake.reader.people import looks_like_people, people
from taskforce.intake.reader.text import Line
from taskforce.intake.reader.vocabulary import Label, label_of

LETTERS = (
    r"(?:[BDOIEb]|beslutning|drøftelse|orientering|information|til\s+(?:beslutning|"
    r"drøftelse|orientering|information)|decision|discussion|for\s+(?:decision|discussion|"
    r"information)|info|debat|åbent?|lukket|fortroligt?|open|closed)"
)
CODE = re.compile(
    rf"\s*[(\[]\s*{LETTERS}(?:\s*(?:[,/+&]|og|and)\s*{LETTERS})*\s*[)\]]\s*", re.IGNORECASE
)
IS_CODE = re.compile(LETTERS, re.IGNORECASE)
LEAD_CODE = re.compile(
    r"^[BDO](?:/[BDO])?\s*[:–-]\s+|\s[–-]\s(?:[BDO]|(?:til\s)?(?:beslutning|drøftelse|orientering))$"
)
QUOTED = re.compile(r"[\"”“»„][^\"”“»«]+[\"”“«]")
LAST_FIELD = re.compile(r",\s+(?P<key>[A-ZÆØÅ][a-zæøå]{2,}):\s+(?P<value>[^:]+)$")
LEADERS = re.compile(r"(?:\s*(?:\.\s?){3,}|\s*…+|\t+)\s*\d{0,3}\s*$")
LAST_PAREN = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]*)[)\]]\s*[.:]?\s*$")
FIRST_PAREN = re.compile(r"[(\[](?P<inner>[^()\[\]]*)[)\]]\s*[,:–-]\s+(?=\S)")
LENGTH = re.compile(
    r"(?:ca\.?\s*)?(?P<minutes>\d{1,3})\s*(?:min(?:utter|utes|uttes|s)?\.?|m\.|')", re.IGNORECASE
)
LAST_LENGTH = re.compile(rf"[\s,–-]+(?:{LENGTH.pattern})\s*\.?\s*$", re.IGNORECASE)
BY = re.compile(
    r"[\s,;–-]*(?:\bv/\s*|@|\bv\.\s*|\bved\s+|\b(?:(?:punkt)?ansvarlige?\b|ansv\b\.?)\s*:?\s+|"
    r"\b(?:frem(?:lægges|lagt|læggelse)|præsenteres|indledes|gennemgås|oplæg|indlæg)\s+(?:af|ved)\s+|"
    r"\bresponsible\s*:?\s+|\b(?:presented\s+|led\s+|intro\s+)?by\s+|\boplæg\s*(?:ved|v/|"
    r":)\s*|\b(?:indleder|oplægsholder|facilitator)\s*:?\s+|\bpresenter\s*:?\s+|\btovholder\s*:?\s+|"
    r"\blead\s*:\s+)(?P<who>[^:()]{2,80}?)\s*\.?$",
    re.IGNORECASE,
)
LAST_DASH = re.compile(
    r"\s+/\s*(?P<slash>[^/–—:]{2,40}?)\s*$|\s+[-–—]\s+(?P<who>[^–—:]{2,60}?)\s*$|,\s+(?P<after>[^,:]{2,50})$|"
    r":\s+(?P<colon>[A-ZÆØÅ][^:|,?]{2,40})$|(?:\s{3,}|\s\|\s+)(?P<far>\S[^:|]{2,50})$|\t+(?P<tab>\S[^:]{2,50})$"
)
# "Velkomst Anne Holm", where a file kept nothing of the tab between.
LAST_NAME = re.compile(
    r"(?<!\baf)(?<!\bfra)(?<!\bmed)(?<!\btil)(?<!\bhos)(?<!\bfor)(?<!\bog)(?<!\bom)\s(?P<name>[A-ZÆØÅ]\S+(?:\s[A-ZÆØÅ]\S+){1,3})$"
)
MARKS = re.compile(
    r"\b(?:v/|v\.|ved\s|by\s|(?:ansvarlige?|ansv\.?):?\s|(?:[a-zæøå]+s|oplæg|indlæg)\s(?:af|ved)\s|oplæg:?\s)\s*"
    r"|\s(?:orienterer|fortæller|fremlægger|informerer|indleder|gennemgår|præsenterer)$",
    re.IGNORECASE,
)
SURELY_PERSON = 1.9
EVERYONE = re.compile(
    r"(?:v/)?\s*(?:(?:alle|all)(?:\s\w+)?|everyone|fælles|formanden|sekretariatet)", re.IGNORECASE
)


@dataclass(slots=True)
class Title:
    text: str
    start: str | None = None
    end: str | None = None
    minutes: int | None = None
    responsible: str = ""


def read_title(line: Line, register: Register) -> Title:
    """Return the title of a point and what was written about its time and person beside it."""
    # "Velkomst ........ Anne" has its person where a tab would be.
    text = re.sub(r"\s*(?:\.\s?){4,}(?=[^\W\d])", "\t", line.text.strip())
    title = Title(text)
    for _ in range(4):
        before = title.text
        title.text = LEADERS.sub("", before)
        _take_first(title, register)
        _take_field(title, register)
        _take_code(title)
        _take_paren(title, register)
        _take_length(title)
        _take_by(title, register)
        _take_last(title, register)
        if title.text == before:
            break
    title.text = re.sub(r"\s+", " ", title.text).strip(" \t:;–—,-/|")
    if QUOTED.fullmatch(title.text):
        title.text = title.text[1:-1]
    if title.text.endswith(".") and not re.search(
        r"\b(?:evt|ref|godk|forts|mv|m\.v|m\.m|mm|osv|etc|ca|kl|nr|o\.l|aps|inc|ltd)\.$|\.\.\.$",
        title.text,
        re.IGNORECASE,
    ):
        title.text = title.text[:-1]
    return title


def _take_first(title: Title, register: Register) -> None:
    """Take "Bo Friis: " off the front, where he is on the list."""
    first, colon, rest = title.text.partition(": ")
    if colon and rest[:1].isupper() and " " in first and (at := register.find(first)) is not None:
        title.responsible = title.responsible or register.people[at].value.name
        title.text = rest


def _take_field(title: Title, register: Register) -> None:
    """Take ", Ansvarlig: Bo Friis" or ", Form: drøftelse" off the end."""
    if match := LAST_FIELD.search(title.text):
        if label_of(match["key"]) is Label.RESPONSIBLE:
            title.responsible = title.responsible or _person(match["value"], register, marked=True)
        title.text = title.text[: match.start()]


def _take_code(title: Title) -> None:
    title.text = LEAD_CODE.sub("", CODE.sub(" ", title.text).strip())


def _take_length(title: Title) -> None:
    if match := LAST_LENGTH.search(title.text):
        title.minutes = title.minutes or int(match["minutes"])
        title.text = title.text[: match.start()]
    found = clocks(title.text)
    if (
        found
        and title.start is None
        and (found[-1].span.end >= len(title.text) - 1 or found[0].span.start == 0)
    ):
        clock = found[-1]
        title.start, title.end = clock.start, clock.end
        title.text = (title.text[: clock.span.start] + " " + title.text[clock.span.end :]).strip(
            " ,–-"
        )


def _take_by(title: Title, register: Register) -> None:
    # "Oplæg ved Kim Bo" is a title and a person, however short.
    at = 1
    while match := BY.search(title.text, at):
        at = match.start() + 1
        who = _person(match["who"], register, marked=True)
        # "Solceller ved Store Mose" is no person's.
        named = register.find(who) is not None or likeness(who).person >= SURELY_PERSON
        who = who if named or not match[0].strip(" ,;–-").startswith("ved ") else ""
        # "v/ formanden" names nobody, yet is no part of the title.
        if who or re.match(r"[\s,;–-]*v[/.]", match[0]):
            title.responsible = title.responsible or who
            title.text = title.text[: match.start()]


def _take_paren(title: Title, register: Register) -> None:
    """Take "(Fatima, 25 min)", "(kl. 9.30, 10 min)" or "(alle)" off the end."""
    match = LAST_PAREN.search(title.text) or FIRST_PAREN.match(title.text)
    if not match:
        return
    inner = MARKS.sub("", match["inner"])
    parts = [part.strip() for part in re.split(r"[,;/]|\s[-–]\s", inner) if part.strip()]
    parts, codes = [one for one in parts if not IS_CODE.fullmatch(one)], parts
    minutes = [length for part in parts if (length := LENGTH.fullmatch(part))]
    times = _times(inner) or [one for part in parts for one in _times(part)]
    names = [part for part in parts if not LENGTH.fullmatch(part) and not _times(part)]
    told = bool(minutes or times or len(codes) > len(parts))
    who = _in_paren(names, register, told=told, marked=inner != match["inner"])
    if who is None:
        return
    title.responsible = title.responsible or who
    title.minutes = int(minutes[0]["minutes"]) if minutes else title.minutes
    if times and title.start is None:
        title.start, title.end = times[0].start, times[0].end
    title.text = title.text[: match.start()] + title.text[match.end() :]


def _times(words: str) -> list[Clock]:
    return clocks(words, bare=True) if len(words) < 22 else []


def _in_paren(names: list[str], register: Register, *, told: bool, marked: bool) -> str | None:
    """Return whom the names in a parenthesis mean, "" for nobody; None where it is of the title."""
    if not names:
        return "" if told else None
    marked = told or marked or register.by_role(names[0]) is not None
    if who := _person(names[0], register, marked=marked):
        return who
    # A whole name behind a title is whose point it is, on the list or not.
    whole = len(names) == 1 and len(names[0].split()) > 1
    if whole and likeness(names[0]).person >= SURELY_PERSON:
        return names[0]
    short = told and len(names[0].split()) <= 3
    return "" if short or EVERYONE.fullmatch(names[0]) else None


def _take_last(title: Title, register: Register) -> None:
    match = LAST_DASH.search(title.text) or LAST_NAME.search(title.text)
    if not match or title.responsible:
        return
    after = match.groupdict().get("after")
    if after and " " not in after and not (after.isupper() and register.find(after) is not None):
        return
    words = next(group for group in match.groups() if group)
    if match.groupdict().get("slash") and EVERYONE.fullmatch(words):
        title.text = title.text[: match.start()]
        return
    far = match.re is LAST_DASH and (match["far"] or match["tab"])
    marked = bool(far or title.text[: match.start()].endswith(")"))
    if who := _person(words, register, marked=marked):
        title.responsible = who
        title.text = title.text[: match.start()]


def _person(words: str, register: Register, *, marked: bool) -> str:
    """Return whom some words name; where nothing marks them as a person, only one on the list."""
    words = re.split(r",|\s\(|/", words.strip())[0].strip(" .")
    bare, _ = without_role(words)
    index = register.find(bare)
    if index is None and marked:
        index = register.by_role(bare)
    if index is not None:
        return register.people[index].value.name
    several = [register.find(part) for part in re.split(r"\s+(?:og|and|&)\s+", bare)]
    if len(several) > 1 and all(one is not None for one in several):
        return " og ".join(register.people[one].value.name for one in several if one is not None)
    return bare if marked and likeness(bare).person >= 0.4 and len(bare.split()) > 1 else ""


def is_person_line(line: Line, register: Register) -> str:
    """Return the person where a whole line is one of the list and where they come from."""
    words = re.sub(r"^(?:v/|ved\s)\s*", "", line.words).rstrip(":")
    if not register.people or not words or len(words) > 90 or re.search(r"(?<!\bCo)[.!?]$", words):
        return ""
    first = re.split(r",|\s[-–—]\s|\(|/", words)[0].strip()
    place = words[len(first) :].strip(" ,–—-()/")
    if not place:
        listed = people([line])
        first, place = (listed[0].name, listed[0].organisation) if len(listed) == 1 else (first, "")
    index = register.find(first, place)
    if index is None or len(first.split()) > 5:
        return ""
    person = register.people[index].value
    from_there = is_organisation(place, person.organisation)
    return person.name if from_there or looks_like_people(line) else ""
