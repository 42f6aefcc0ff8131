"""Where a meeting was: in a room, online, or both."""

import re
from dataclasses import dataclass

from taskforce.intake.reader.dates import clocks, dates
from taskforce.intake.reader.draft import Mode, Span
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.text import Line

PLATFORM = re.compile(
    r"\b(?:(?:microsoft|ms)[ -]?)?teams(?:\b|(?=-?(?:møde|link)))|\bzoom\b|\bgoogle(?:\s+meet)?\b|"
    r"\bskype(?: for business)?\b|\bwebex\b|\bjitsi\b|\bwhereby\b|\bgotomeeting\b",
    re.IGNORECASE,
)
ONLINE = re.compile(
    rf"{PLATFORM.pattern}|\b(?:online|virtuelt?|digitalt?|videomøde|videokonference|"
    rf"telefonmøde|telefonisk|webinar|virtual(?:ly)?|remote(?:ly)?|video ?conference|video|"
    rf"onlinemøde\w*|fjerndeltagelse|skærm(?:en)?)\b",
    re.IGNORECASE,
)
HYBRID = re.compile(r"\bhybrid(?:t|møde)?\b", re.IGNORECASE)
WEEKDAY = re.compile(
    r"\b(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)(?:en)?\b,?\s*(?:(?:den|d\.|the)(?=\s|\d))?|"
    # short ones, before a date that was blotted out
    r"\b(?:man|tirs?|ons|tors?|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun)[.,]?(?=\s(?:d\.|den)?\s{3})",
    re.IGNORECASE,
)
ZONE = re.compile(
    r"\b(?:CES?T|GMT|UTC|BST|EES?T)\b|\(?(?:dansk|brussels|local)[ -](?:tid|time)\)?", re.I
)
PHYSICAL = re.compile(r"\b(?:fysisk|fysisk møde|in person|physical(?:ly)?)\b", re.IGNORECASE)
# What may stand between the parts of "Kulturværftet, lokale 4 / online på Zoom".
BREAK = re.compile(
    r"\s*(?:/(?!S\b)|\+|;|\||[()\[\]]|,?\s*\b(?:samt|og|and|or|eller|med mulighed for|with)\b|,|"
    r"\s[-–—]\s|(?<!\bNo)(?<!\bNr)(?<!\d)(?<!(?-i:[A-ZÆØÅ]))\.\s(?=[A-ZÆØÅ])|&)\s*",
    re.IGNORECASE,
)
# Rooms and houses that are named by what they are: "i fælleshuset", "på lærerværelset".
INDOORS = re.compile(
    r"[a-zæøå]*(?:huset|salen|lokalet|lokale|hytten|kontoret|hallen|kirken|skolen|stuen|værelset|"
    r"biblioteket|caféen|cafeen|kantinen|kælderen|centret|centeret|gården|klubben|laden|værkstedet|"
    r"rummet|pavillonen|villaen|kroen|teatret|museet|rådhuset|ministeriet|butikken|hjemmet|"
    r"hjemme hos .+)\b|\b(?:mødelokale|bibliotek|kantine|aula|[a-zæøå]*sal|[a-zæøå]+værelse|"
    r"klubhus|klublokale|kontor|hal|personalestue|forsamlingshus|fællesrum|café|cafe)\b|"
    # "skolens bibliotek", "museets kælder"
    r"\b(?!dag|møde|år|aften|måned|uge)[a-zæøå]+(?:ens|ets|ernes)\s+[a-zæøåé]{3,}\b"
)
VENUE = re.compile(
    r"^\s*hos\s+[A-ZÆØÅ]|\b(?:lokale|mødelokale|rådhus(?:et)?|salen?|room|hall|building|\d\.\s?sal|library|floor|"
    r"hotel|centre|campus|university|office|bibliotek(?:et)?|højskole|kulturhus|"
    r"[A-ZÆØÅ][a-zæøå]*(?:huset|salen|gården|skolen|centret|biblioteket))\b|"
    r"\b[A-ZÆØÅ]\w+(?:vej|gade|allé|plads|stræde|torv|kaj|vænge)\w*\s\d|"
    r"\b(?:Boulevard|Allé|Plads|Street|Road|Avenue|Square)\s\d",
)
LEADING = re.compile(
    r"^(?:(?:som\s+(?:vi|blev|foregik|fandt)\s+(?:holdt|afholdt|sted)?|"
    r"(?i:fysisk\s*:|fysisk|om\s+muligt|igen|på|i|at|in|ved|(?:af)?holdt|afholdes|held|hosts?(?:ed)?|sted|place|venue|on|from|to|og|fra)|kl\.?|"
    r"[Vv]ia|the|den|d\.|[-–,.;:@·|•])(?:[:\s]+|$))+"
)


@dataclass(frozen=True, slots=True)
class Where:
    """The mode, and the place as written with its span; either may be missing."""

    mode: Mode | None
    place: str
    span: Span


def where(line: Line) -> Where | None:
    """Read a line that tells of a place and nothing else but dates and times."""
    text = _without_times(line.text)
    online = ONLINE.search(text)
    room = _room(text)
    if HYBRID.search(text) or (online and room):
        return Where(Mode.HYBRID, *_placed(line, room))
    if online:
        platform = PLATFORM.search(text)
        return Where(Mode.ONLINE, *_placed(line, platform[0] if platform else ""))
    if room:
        return Where(Mode.PHYSICAL, *_placed(line, room))
    return Where(Mode.PHYSICAL, "", line.span) if PHYSICAL.search(text) else None


# What belongs to a date or a time that was blotted out: "onsdag den", "Tir.", "19.00" behind it.
OF_TIME = [
    WEEKDAY,
    re.compile(r"\b(?:den|d\.|the|on)(?=\s{4})"),
    re.compile(r"(?<=\s{4})[·,|–-]*\s*\d{1,2}\.\d\d(?=\s|,|$)"),
    re.compile(r"\bkl\.?\s*(?=$|[,.;)])|\b(?:noon|midday)\b"),
    ZONE,
]


def _without_times(text: str) -> str:
    """Return the text with dates, times and weekdays blotted out, at the same places."""
    for mention in dates(text):
        if not text[: mention.span.start][-1:].isalpha():  # "lokale S2-10"
            text = _blot(text, mention.span)
    for clock in clocks(text, bare=True):
        written = text[clock.span.start : clock.span.end]
        if clock.end or re.search(r"kl|:|\d\s?[ap]\.?m\b", written, re.IGNORECASE):
            text = _blot(text, clock.span)
    for pattern in OF_TIME:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _blot(text: str, span: Span) -> str:
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]


def _room(text: str) -> str:
    """Return the part of a text that names a room or an address, as written."""
    # "(Søren og Ida via Teams)" tells of no room.
    text = re.sub(
        r"\([^()]*\)", lambda one: " " * len(one[0]) if ONLINE.search(one[0]) else one[0], text
    )
    pieces, start = [], 0
    for match in BREAK.finditer(text):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(text)))
    kept = [(begin, end) for begin, end in pieces if _is_room(text[begin:end])]
    if not kept:
        return ""
    # Parts that belong together stand side by side: "Kajen, Havnegade 112, Odense C".
    first, last = kept[0][0], kept[0][1]
    for begin, end in kept[1:]:
        between = text[last:begin]
        if re.fullmatch(r"[\s,(/–—-]*|\s*\b(?:og|and|&)\b\s*|\.\s", between) or re.fullmatch(
            r",\s*[a-zæøå][^,()]{2,30},?\s*", between
        ):
            last = end
        else:
            break
    tail = re.match(r",\s(?P<more>[a-zæøå][^,.()/]{2,30})(?=$|[.)])", text[last:])
    if (
        tail
        and not ONLINE.search(tail[0])
        and not re.match(r",\s(?:og|and|samt|fra|med|kl)\b", tail[0])
    ):
        last += tail.end("more")
    found = LEADING.sub("", text[first:last].strip()).strip(" ,.;:-–—/")
    if re.search(r"\b(?:kld|tv|th|mf)$", found) and text[last - 1 : last + 1].endswith("."):
        found += "."
    if found.count("(") > found.count(")"):
        found += ")" if text[last : last + 1] == ")" else ""
    return " ".join(found.split())


def _is_room(words: str) -> bool:
    bare = LEADING.sub("", words.strip()).strip(" ,.;:-–—")
    if not bare or ONLINE.search(bare) or HYBRID.search(bare) or PHYSICAL.fullmatch(bare):
        return False
    if re.match(
        r"(?:det|der|vi|alle|han|hun|de|her|tak|mødet|kære|hej|this|it|we|they|here|thanks?)\s+"
        r"(?-i:[a-zæøå])",
        bare,
        re.IGNORECASE,
    ):
        return False
    if INDOORS.search(bare):
        return True
    return len(bare) > 1 and bool(
        re.search(r"[A-ZÆØÅ0-9]|\bsal\b|lokale|kontor|samme sted|hos ", bare)
    )


# Whoever met, or sent the paper.
GROUP = re.compile(
    r"\b(?:[a-zæøå]*(?:gruppe|udvalg|råd|bestyrelse|netværk|forening|partnerskab)(?:en|et|n)?\b"
    r"(?!s\b)|taskforce|network|partnership|committee|(?-i:[A-ZÆØÅ])[a-zæøå]+ministeriet\b)(?![^,]*(?:lokale|sal|kontor))",
    re.IGNORECASE,
)


def is_group(words: str) -> bool:
    """Say whether words begin with the name of a group or an organisation that meets."""
    first = re.split(r"\s(?:i|på|hos|ved)\s|,", words)[0]
    return bool(GROUP.search(first)) and not first.lower().startswith("hos ")


def is_person(words: str) -> bool:
    """Say whether words are a person's name; no line is both person and place."""
    return likeness(words).person >= 2 and not (VENUE.search(words) or INDOORS.search(words))


def _placed(line: Line, words: str) -> tuple[str, Span]:
    at = line.text.find(words) if words else -1
    if at < 0:
        return words, line.span
    return words, Span(line.start + at, line.start + at + len(words))
