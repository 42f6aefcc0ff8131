"""Where a meeting was: in a room, online, or both."""

import re
from dataclasses import dataclass

from taskforce.intake.reader.dates import clocks, dates
from taskforce.intake.reader.draft import Mode, Span
from taskforce.intake.reader.names import likeness
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.text import Line

PLATFORM = re.compile(
    r"\b(?:(?:microsoft|ms)[ -]?)?teams(?:\b|(?=-?(?:møde|link)))|\bzoom\b|\bgoogle(?:\s+meet)?\b|"
    r"\bskype(?: for business)?\b|\bwebex\b|\bjitsi\b|\bwhereby\b|\bgotomeeting\b",
    re.IGNORECASE,
)
ONLINE = re.compile(
    rf"{PLATFORM.pattern}|\b(?:online|virtuelt?|digitalt?|videomøde|videokonference|"
    rf"telefonmøde|telefonisk|(?:over|pr\.?|på)\s+telefon(?:en)?|webinar|virtual(?:ly)?|"
    rf"remote(?:ly)?|video ?conference|video|"
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
# A link to the meeting, or what somebody does
NO_ROOM = re.compile(
    r"\b(?:link(?:et)?|sendt|udsendt|adgangskode|password|passcode|til\s+at|medbring)\b", re.I
)
ADDRESS = re.compile(r"\s*[A-ZÆØÅ][\w.]*(?:\s[A-ZÆØÅ][\w.]*){0,2}\s\d{1,3}\s?[A-Z]?\b")
# What may stand between the parts of "Kulturværftet, lokale 4 / online på Zoom".
BREAK = re.compile(
    r"\s*(?:/(?!S\b)|\+|;|\||[()\[\]]|,?\s*\b(?:samt|og|and|or|eller|med mulighed for|with)\b|,|"
    r"\s[-–—]\s|(?<!\bNo)(?<!\bNr)(?<!\d)(?<!(?-i:[A-ZÆØÅ]))\.\s(?=(?-i:[A-ZÆØÅ]))|&)\s*",
    re.IGNORECASE,
)
# Dots after these end no sentence.
SHORT = "".join(
    rf"(?<!\b{one})" for one in ("Sct", "Skt", "St", "Chr", "Gl", "Sdr", "Ndr", "Nr", "nr", "lok")
)
# What goes on behind a place: why, with whom, who brings the cake.
AFTER = re.compile(
    r",?\s*\b(?:og|and)\s+(?:nedenstående|følgende|the following|der var|med var)|"
    r"\bmed\s+(?:disse|følgende|deltagelse)|\bwith\s|"
    r",\s+(?:og\s+)?(?:[A-ZÆØÅ][\w.-]*\s+){1,3}(?!\w*(?:kontor|center|kælder|teater|kammer)\b)"
    r"[a-zæøå]+r\s+(?=[a-zæøå])|"
    r",?\s*\b(?:selvom|selv om|fordi|for\s+da|idet|da|men|hvor|når|although|but|where|because)\b|"
    rf"(?<![A-ZÆØÅ]){SHORT}[.;]\s+(?!(?:[Ss]al|[Ee]tage)\b|[a-zæøå\s\d])|"
    r"[.;]\s+(?=(?:[A-ZÆØÅ][a-zæøå]+\s+){1,2}(?:var|er|deltog|havde|blev|mødte)\b)"
)
# "hvor Viborg Kommune lægger hus til", "med KAB som vært", "vi besøger Grundfos"
HOST = re.compile(
    r"(?:(?:\b(?:hvor|og|med|at)|^|,)\s+)?(?P<host>[A-ZÆØÅ][^,.;:]{1,60}?)\s+(?:"
    r"lægger\s+(?:hus|lokaler)\s+til|(?:er|bliver|som)\s+vært(?:er)?\b|huser\b|"
    r"is\s+hosting|will\s+host|hosts\b)|"
    r"\bvi\s+(?:besøger|(?:er\s+)?på\s+besøg\s+(?:hos|i|på)|er\s+gæster\s+(?:hos|i|på))\s+"
    r"(?P<visited>[A-ZÆØÅ][^,.;:]{1,60})"
)
# A house or a room that only its form tells: "på fabrikken", "i marketenderiet".
DEFINITE = re.compile(
    r"(?P<lead>(?:på|i|ved)\s+)?(?!\w*(?:møde|dag|uge|måned|år|aften|morgen|middag|sommer|vinter|"
    r"periode|sæson|råd|udvalg|gruppe|bestyrelse|forening|kommune|netværk|sekretariat|fond|kreds|"
    r"liste|punkt|orden|telefon|linj|mail|net|forbindelse|løb|stedet|baggrund)(?:et|en|t|n)?\b)"
    r"[a-zæøå]{3,}(?:en|et)"
)
# Rooms and houses that are named by what they are: "i fælleshuset", "på lærerværelset".
ROOMS = re.compile(
    r"[a-zæøå]*(?:huset|salen|lokalet|lokale|hytten|kontoret|hallen|kirken|skolen|stuen|værelset|"
    r"biblioteket|caféen|cafeen|kantinen|kælderen|centret|centeret|gården|klubben|laden|værkstedet|"
    r"rummet|pavillonen|villaen|kroen|teatret|museet|rådhuset?|ministeriet|butikken|hjemmet|"
    r"hjemme hos .+)\b|\b(?:mødelokale|kantine|aula|[A-ZÆØÅa-zæøå]*(?:bibliotek|sal)|"
    r"[a-zæøå]+værelse|klubhus|klublokale|kontor|hal|personalestue|forsamlingshus|fællesrum|café|cafe)\b"
)
INDOORS = re.compile(  # "skolens bibliotek", "museets kælder"
    rf"{ROOMS.pattern}|\b(?!dag|møde|år|aften|måned|uge)[a-zæøå]+(?:ens|ets|ernes)\s+[a-zæøåé]{{3,}}\b"
)
VENUE = re.compile(
    r"^\s*hos\s+[A-ZÆØÅ]|\b(?:[Ll]okale|[Mm]ødelokale|rådhus(?:et)?|salen?|room|hall|building|\d\.\s?sal|library|floor|"
    r"hotel|centre|campus|university|office|bibliotek(?:et)?|højskole|kulturhus|"
    r"[A-ZÆØÅ][a-zæøå]*(?:huset|salen|gården|skolen|centret|biblioteket))\b|"
    r"\b[A-ZÆØÅ]\w+(?:vej|gade|allé|plads|stræde|torv|kaj|vænge)\w*\s\d|"
    r"\b(?:Boulevard|Allé|Plads|Street|Road|Avenue|Square)\s\d",
)
LEADING = re.compile(
    r"^(?:(?:som\s+(?:vi|blev|foregik|fandt)\s+(?:holdt|afholdt|sted)?|"
    r"(?i:fysisk\s*:|fysisk|om\s+muligt|denne\s+gang|igen|også|på|i|at|in|ved|(?:af)?holdt|afholdes|held|hosts?(?:ed)?|sted|place|venue|on|from|to|og|fra)|kl\.?|"
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
    room = _host(text) or _room(AFTER.split(text)[0])
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
    re.compile(r"\b(?:den|d\.|the|on)(?=\s{4})|\b(?:den|d\.|on)\s*$"),
    re.compile(r"(?<=\s{4})[·,|–-]*\s*\d{1,2}\.\d\d(?=\s|,|$)"),
    re.compile(r"\bkl\.?\s*(?=$|[,.;)])|\b(?:noon|midday)\b"),
    re.compile(
        r"\b(?:alle|begge|hver|all|both)(?:\s(?:dage|gange?|møder)\b|(?=\s{4}))", re.IGNORECASE
    ),
    ZONE,
]


def _without_times(text: str) -> str:
    """Return the text with dates, times and weekdays blotted out, at the same places."""
    for mention in dates(text):
        if not text[: mention.span.start][-1:].isalpha():  # "lokale S2-10"
            text = _blot(text, mention.span)
    for clock in clocks(text, bare=True):
        written = text[clock.span.start : clock.span.end]
        if clock.end or re.search(r"kl|^at\b|:|\d\s?[ap]\.?m\b", written, re.I):
            text = _blot(text, clock.span)
    for pattern in OF_TIME:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _blot(text: str, span: Span) -> str:
    return text[: span.start] + " " * (span.end - span.start) + text[span.end :]


def _host(text: str) -> str:
    """Return whose house it is, where somebody receives the meeting."""
    match = HOST.search(text)
    return (match["host"] or match["visited"]).strip() if match else ""


def _room(text: str) -> str:
    """Return the part of a text that names a room or an address, as written."""
    # "(Søren og Ida via Teams)" tells of no room, "hybrid (KL-huset og Teams)" does.
    text = (
        text
        if HYBRID.search(text)
        else re.sub(
            r"\([^()]*\)", lambda one: " " * len(one[0]) if ONLINE.search(one[0]) else one[0], text
        )
    )
    text = re.sub(rf"{HYBRID.pattern}\s*:?", lambda one: " " * len(one[0]), text, flags=re.I)
    pieces, start = [], 0
    for match in BREAK.finditer(text):
        pieces.append((start, match.start()))
        start = match.end()
    pieces.append((start, len(text)))
    kept = [
        (begin, end)
        for at, (begin, end) in enumerate(pieces)
        if _is_room(text[begin:end]) or _is_house(text, pieces[at : at + 2])
    ]
    if not kept:
        return ""
    # Parts that belong together stand side by side: "Kajen, Havnegade 112, Odense C".
    first, last = kept[0][0], kept[0][1]
    for begin, end in kept[1:]:
        between = text[last:begin]
        if re.fullmatch(r"[\s,()/–—-]*|\s*(?:\b(?:og|and)\b|&)\s*|\.\s", between) or re.fullmatch(
            r",\s*[a-zæøå][^,()]{2,30},?\s*", between
        ):
            last = end
        else:
            break
    floor = re.match(r",\s(?:st(?:uen?|ueetagen)?|kld|kælder(?:en)?|t[vh])\b\.?", text[last:])
    last += floor.end() if floor else 0
    found = LEADING.sub("", text[first:last].strip()).strip(" ,.;:-–—/")
    if found.count("(") > found.count(")") and text[last : last + 1] == ")":
        found += ")"
    return re.sub(r",(?=[^\s\d]|\d{4}\b)", ", ", " ".join(found.split()))


def _is_house(text: str, pieces: list[tuple[int, int]]) -> bool:
    """Say whether a noun is a house: one is in it, or its address stands behind it."""
    match = DEFINITE.fullmatch(text[slice(*pieces[0])].strip(" .,"))
    address = len(pieces) > 1 and ADDRESS.match(text[slice(*pieces[1])])
    return bool(match and (address or match["lead"]))


def _is_room(words: str) -> bool:
    bare = LEADING.sub("", words.strip()).strip(" ,.;:-–—")
    if (
        not bare
        or ONLINE.search(bare)
        or NO_ROOM.search(bare)
        or HYBRID.search(bare)
        or PHYSICAL.fullmatch(bare)
    ):
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


def bare(place: str, register: Register | None = None) -> str:
    """Return a place without the "hos" that only a person's home needs."""
    rest = place[4:] if place.lower().startswith("hos ") else ""
    first = re.split(r",|\s(?:i|på)\s|\(", rest)[0].strip()
    alike = likeness(first)
    named = alike.organisation > max(0.0, alike.person) or VENUE.search(first.lower())
    return rest if named and (register is None or register.find(first) is None) else place


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


def has_look(place: str) -> bool:
    """Say whether words have the look of a room, a house or an address."""
    small = "" if place.isupper() else place.lower()
    return bool(INDOORS.search(place) or VENUE.search(place) or ROOMS.search(small))


def is_person(words: str) -> bool:
    """Say whether words are a person's name; no line is both person and place."""
    return likeness(words).person >= 2 and not (VENUE.search(words) or INDOORS.search(words))


def _placed(line: Line, words: str) -> tuple[str, Span]:
    at = line.text.find(words) if words else -1
    if at < 0:
        return words, line.span
    return words, Span(line.start + at, line.start + at + len(words))
