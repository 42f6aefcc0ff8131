"""Barriers and statements: suggestions, for a person to take, mend or leave.

A barrier is a point of a list, or the part of a sentence that tells what is missing or difficult.
Its title is the document's own words; a person makes it a good one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from taskforce.intake.reader.draft import Barrier, Found, Section, SectionKind, Statement
from taskforce.intake.reader.names_index import Register
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line

ABOUT = re.compile(
    r"barriere|udfordring|forhindring|hindring|barrier|obstacle|challenge", re.IGNORECASE
)
LISTS = re.compile(
    r"\b(?:barriere|udfordring|hindring|barrier|obstacle)\w*\b[^.]*:$", re.IGNORECASE
)
VERB = (
    r"(?:nævnte|understregede|henledte|opfordrede|pegede|fremhævede|mente|sagde|fortalte|oplyste|"
    r"foreslog|gjorde|spurgte|tilføjede|efterlyste|advarede|bemærkede|påpegede|stressed|mentioned|"
    r"said|noted|pointed|suggested|underlined|added|argued|warned|reported)"
)
SPEAKER = re.compile(
    r"(?P<who>[A-ZÆØÅ][\w.'-]+(?:\s+[A-ZÆØÅ][\w.'-]+){0,4})(?:,?\s+(?:fra\s+|"
    rf"from\s+)?(?P<where>[A-ZÆØÅ][^,.:]*?))?,?\s+{VERB}\b"
)
IS_THAT = re.compile(
    r"\b(?:barriere|problem|problematik|udfordring|hindring|forhindring|barrier|challenge|obstacle)"
    r"(?:n|et|en|ken)?\s+(?:[^\W\d]+\s+){0,3}?(?:er|var|is|was),?\s+(?:at|that)\s+(?P<title>\S.+)",
    re.IGNORECASE,
)
LACK = re.compile(
    r"(?P<title>(?:\b(?:det|den|de|the)\s+)?\b(?:manglende\s+(?:[^\W\d]+\s+)?[^\W\d]+|"
    r"(?:mangel\s+på|lack\s+of)\s+(?:[^\W\d]+\s+)?[^\W\d]+|"
    r"der\s+mangler\s+[^\W\d]+|det\s+(?:er|kan\s+være)\s+(?:[^\W\d]+\s+)?(?:svært|vanskeligt)\s|"
    r"it\s+is\s+(?:[^\W\d]+\s+)?(?:difficult|hard)\s|there\s+is\s+no\s)[^.!?]*)",
    re.IGNORECASE,
)
SAID_THAT = re.compile(
    rf"\b{VERB}\s*(?:også|blandt\s+andet|bl\.a\.|also)?,?\s+(?:at|that)\s+(?P<title>\S.+)",
    re.IGNORECASE,
)
DIFFICULT = re.compile(
    r"\b(?:mangle(?:r|de)|savner|svært?|svære|vanskelig\w*|besværlig\w*|hindrer|forhindrer|bremser|"
    r"begrænser|for\s+(?:få|lidt|dyrt?|sent|små|korte?|lange?|stramme?)|ikke\s+[^.]{2,20}?\s*nok|"
    r"(?:ved|kender|tør|kan)\s+ikke|ikke\s+(?:ved|kender|tør|kan)|usikker\w*|uklar\w*|lacks?|difficult|hard\s+to|"
    r"too\s+(?:few|little|expensive|small|late|long)|prevents?|hinders?|unaware|unsure)\b",
    re.IGNORECASE,
)
# Where a clause ends that names a barrier; what follows explains it.
CLAUSE = re.compile(
    r"\s*(?:[;–(]|,(?!\d)|\s(?:(?:er|var|is|was)\s+(?:den|en|et|the|an?)\s+(?:\w+\s+)?barr|og\s+(?:dermed|derfor)|da|fordi|så|hvilket|idet|som\s+(?:en|et|one)"
    r"|because|since|which)\b)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?]+(?:[.!?](?=\S)[^.!?]*)*[.!?]?")
# What is said to be done, or told as a condition, is no barrier.
ADVICE = re.compile(r"(?:man|vi|alle|hvis|når|we|one|if|when)\b", re.IGNORECASE)
SHORTEST, LONGEST = 12, 140  # letters of a title


def read_barriers(
    sections: list[Section], rows: list[Row], register: Register
) -> tuple[list[Found[Barrier]], list[Found[Statement]]]:
    """Return the barriers and statements: those of sections about barriers, and plain words else.

    Outside such sections only a sentence that says "the barrier is that …" names one.
    """
    barriers: list[Found[Barrier]] = []
    statements: list[Found[Statement]] = []
    starts = [row.line.start for row in rows]
    for section in sections:
        if section.kind in (SectionKind.HEAD, SectionKind.AGENDA):
            continue
        about = listed = bool(ABOUT.search(section.heading))
        first = bisect_left(starts, section.body.start)
        for row in rows[first : bisect_left(starts, section.span.end)]:
            if row.blank:
                continue
            at = len(barriers)
            barriers += _named(row, about=about or (listed and row.bullet))
            # "Følgende barrierer blev nævnt:" opens a list in any section.
            listed = (listed and row.bullet) or bool(LISTS.search(row.rest.words))
            if about and (index := _speaker(row, register)) is not None:
                barrier = at if len(barriers) > at else None
                statement = Statement(row.rest.words, index, barrier)
                statements.append(Found(statement, row.line.span, 0.75, Reason.BY_SPEAKER))
    return barriers, statements


def _speaker(row: Row, register: Register) -> int | None:
    match = SPEAKER.match(row.rest.text)
    return register.find(match["who"], match["where"] or "") if match else None


def _named(row: Row, *, about: bool) -> Iterator[Found[Barrier]]:
    """Yield the barrier that a line names, at most one: a point of a list, or words of it."""
    words = row.rest.words
    if about and row.bullet and not SPEAKER.match(words) and 8 < len(words) < 160:
        title = re.split(r"\s[–—]\s|:\s|\.\s|\s\([A-ZÆØÅ][\w-]*\)$", words)[0].rstrip(".")
        yield Found(Barrier(title), row.line.span, 0.6, Reason.IN_SECTION)
        return
    for sentence in SENTENCE.finditer(row.rest.text):
        line = row.rest.part(*sentence.span())
        if title := _title(line, about=about):
            yield Found(Barrier(_as_title(title.words)), title.span, 0.45, Reason.NAMES_LACK)
            return


def _title(line: Line, *, about: bool) -> Line | None:
    """Return the words of a sentence that name a barrier."""
    for pattern in (IS_THAT, LACK, SAID_THAT) if about else (IS_THAT,):
        match = pattern.search(line.text)
        if match is None or (pattern is SAID_THAT and not DIFFICULT.search(match["title"])):
            continue
        if pattern is SAID_THAT and ADVICE.match(match["title"]):
            continue
        clause = CLAUSE.search(match["title"], SHORTEST)
        end = match.start("title") + (clause.start() if clause else len(match["title"]))
        title = line.part(match.start("title"), end)
        if SHORTEST <= len(title.words.rstrip(".!?")) <= LONGEST:
            return title
    return None


def _as_title(words: str) -> str:
    words = words.rstrip(" .!?")
    return words[:1].upper() + words[1:]
