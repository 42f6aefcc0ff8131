"""The number of a meeting: in its title, under a label, at the page's edge, in the file's name."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from taskforce.intake.reader.choosing import Candidate, candidate
from taskforce.intake.reader.dates import dates
from taskforce.intake.reader.draft import Span
from taskforce.intake.reader.fields import MEETING, Piece
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import ROMAN
from taskforce.intake.reader.vocabulary import Label
from taskforce.intake.reader.weights import Cue

ORDINALS = (
    "første|andet|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|tolvte|"
    "trettende|fjortende|femtende|sekstende|syttende|attende|nittende|tyvende",
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    "thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth",
)
CARDINALS = "to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv"
WORDS = {
    word: at + 1 for language in ORDINALS for at, word in enumerate(language.split("|"))
} | ROMAN
WORDS |= {word: at + 2 for at, word in enumerate(CARDINALS.split("|"))}
MARK = r"(?:(?:nr|nummer|no|num|number)\b|#|№)\.?\s*[:–]?\s*"
# "12", "4/2022", "4/25", "2022-04", "IV", "fem"
OF_YEAR = r"(?:19|20)\d\d\s?[-/.]\s?(?P<of_year>\d{1,2})(?![\d/-]|[.:]\d)"
NUMBER = (
    rf"(?:{OF_YEAR}|"
    r"(?P<number>\d{1,3})(?:\s?[/-]\s?(?:(?:19|20)\d\d|['’]?\d\d))?(?!\d|[/:-]\d|[.,]\d)|"
    rf"(?P<word>(?-i:[IVX]{{2,5}}|V|X)|{CARDINALS})(?=[\s,.:()–-]|$))"
)
# What has a number: a meeting, its minutes, or whoever met.
COUNTED = (
    rf"(?:{MEETING}|[a-zæøå]*referat|protokol|minutes|generalforsamling|ref\.?|committee|board|pmb|"
    r"[a-zæøå]*(?:gruppe|udvalg|råd|bestyrelse|group)\w*)"
)
WAYS = [
    (re.compile(pattern, re.IGNORECASE), cue)
    for pattern, cue in (
        (rf"\b{COUNTED}\W{{0,3}}(?:er\s+)?{MARK}{NUMBER}", Cue.MARKED),
        (
            rf"(?<![\d.,:/-])\b(?:(?P<number>\d{{1,3}})(?:\.|st|nd|rd|th)|(?P<word>{'|'.join(ORDINALS)}))\s+"
            rf"(?:[^\W\d]+\s+){{0,3}}?(?:{MEETING}|generalforsamling|mødegang|workshop|seminar|"
            r"\w*forum|konference|"
            r"gang\W+(?:[^\W\d]+\s+){1,3}(?:mødt?es|samle\w+))\b",
            Cue.ORDINAL,
        ),
        (
            rf"\b(?:{COUNTED})\s*[(,:–-]?\s*(?=\d+\s?[/-]\s?(?:19|20)\d\d|(?:19|20)\d\d\s?[/-])"
            rf"{NUMBER}",
            Cue.MARKED,
        ),
        (
            rf"\b(?:{MEETING}|[a-zæøå]*referat|protokol|minutes)\s?:?[^\S\n]+\(?{NUMBER}"
            r"(?!\.?[^\S\n]+[a-zæøå]{3,}|\.\d)",
            Cue.BARE,
        ),
        (rf"^{OF_YEAR}\W+(?:{MEETING}|[a-zæøå]*referat|minutes)\b", Cue.BARE),
        # A short name of the board and the number of its meeting: "BM 23: Lokalrådet".
        (rf"^(?-i:[A-ZÆØÅ]{{2,4}})[\s-]{NUMBER}(?=\s?(?:$|[:|–]))", Cue.BARE),
        (rf"(?:^|[(|–]\s?)(?:løbe)?{MARK}{NUMBER}(?=\s*(?:$|[\n,)|–]|{MEETING}))", Cue.LONE_MARK),
    )
]
OTHERS = re.compile(
    r"(?:godkend|forrige|seneste|sidste|siden|næste|kommende|fra møde|af møde nr|approv|"
    r"previous|last|next|opfølgning|jf\.?|underskr)[^.]*$",
    re.IGNORECASE,
)
FILE = re.compile(rf"\b(?:{COUNTED}|nr)\.?\s*(?:nr\.?\s*)?(?P<number>\d{{1,3}})\b", re.IGNORECASE)


def numbers(pieces: list[Piece], edges: list[Piece]) -> Iterator[Candidate[int]]:
    """Yield the numbers that may be the meeting's, from the head and the edges of the pages."""
    for piece in [*pieces, *edges]:
        found = _labelled(piece) if piece.label is Label.NUMBER else None
        yield from [found] if found else _told(piece, edge=piece in edges)


def _labelled(piece: Piece) -> Candidate[int] | None:
    match = re.match(rf"\W{{0,3}}(?:{MARK})?{NUMBER}", piece.text, re.IGNORECASE)
    if not match:
        return None
    return candidate(_value(match), piece.line.span, Reason.BY_LABEL, {Cue.LABEL: True})


def _told(piece: Piece, *, edge: bool) -> Iterator[Candidate[int]]:
    days = [one.span for one in dates(piece.text) if one.day]
    for pattern, cue in WAYS:
        for match in pattern.finditer(piece.text):
            start, end = match.start(), match.end()
            at = max(
                match.start(name)
                for name in ("number", "of_year", "word")
                if name in match.re.groupindex
            )
            if any(day.start <= at < day.end for day in days) or not _value(match):
                continue
            yield candidate(
                _value(match),
                Span(piece.line.start + start, piece.line.start + end),
                Reason.IN_TITLE,
                {
                    cue: True,
                    Cue.AT_TOP: piece.place < 6,
                    Cue.EDGE: edge,
                    Cue.IN_LIST: piece.is_listed,
                    Cue.OTHER_MEETING: piece.label is Label.NEXT
                    or OTHERS.search(piece.text[:start]),
                },
            )


def _value(match: re.Match[str]) -> int:
    """Return the number that is written in figures, in words or in Roman figures."""
    told = match.groupdict()
    if word := told.get("word"):
        return WORDS.get(word.lower(), 0)
    return int(told.get("number") or told.get("of_year") or 0)


def sequel(number: int) -> re.Pattern[str]:
    """Return what the meeting after this one is called: "43. møde", "møde nr. 43"."""
    words = [word for word, value in WORDS.items() if value == number + 1]
    counted = "|".join([rf"{number + 1}\.", *words])
    return re.compile(
        rf"\b(?:(?:{counted})\s+(?:[^\W\d]+\s+){{0,3}}?{MEETING}|"
        rf"{MEETING}\s*(?:{MARK})?{number + 1})\b",
        re.IGNORECASE,
    )


def of_file(name: str, span: Span) -> Iterator[Candidate[int]]:
    """Yield the number in a file's name: "Referat møde 12.docx"; `span` is where to look."""
    words = re.sub(r"[_-]+", " ", PurePath(name).stem)
    if (match := FILE.search(words)) and not any(one.day for one in dates(words)):
        yield candidate(int(match["number"]), span, Reason.FILE_NAME, {Cue.FILE_NAME: True})
