"""When a meeting was: the days that the head of its minutes tells of, and its times."""

import datetime as dt
import re
from collections.abc import Iterator

from taskforce.intake.reader.choosing import Candidate, candidate, choose
from taskforce.intake.reader.dates import YEAR, Mention, clocks, dates
from taskforce.intake.reader.draft import Found, Span
from taskforce.intake.reader.fields import MEETING, TITLE, Piece
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.vocabulary import Label
from taskforce.intake.reader.weights import Cue

# "Mødet blev afholdt", "Vi mødtes", "Tak for i går".
HELD = re.compile(
    r"\b(?:afholdt|afholdtes|holdt|holdtes|fandt\s+sted|mødtes|var\s+samlet|sås|held|met|"
    r"took\s+place|convened|tak\s+for|således\s+passeret)\b",
    re.IGNORECASE,
)
# A day of the paper, or of something to come, not of the meeting.
OF_PAPER = re.compile(
    r"\b(?:udarbejdet|ud|ind)?(?:sendt|sendes|skrevet)\b|\b(?:udarbejdet|indkaldelse|godkendt|"
    r"opdateret|print(?:et)?|udskrift|revideret|version|underskrevet|senest|deadline|\w*frist|"
    r"inden|tilmelding|issued|approved|circulated|sent|signed|by|before|journal\w*)\b",
    re.IGNORECASE,
)
DATED = (Label.DATE, Label.TIME, Label.START, Label.PLACE)  # "Afholdt: 7. december"
PLACED = (Label.DATE, Label.PLACE)  # labels that may have the time beside what they announce
FAR = 15  # pieces from which on a head is no head any more
LAST_MINUTES = re.compile(
    r"\b(?:referat|minutes|protokol)\w*\s+(?:fra|af|of|from)\b.*\b(?:godkend|blev|was|approv)|"
    r"\b(?:godkend|approv)\w*\b.{0,30}\b(?:referat|minutes|protokol)|\bsiden\b",
    re.IGNORECASE,
)
LATER = re.compile(r"\b(?:(?:næste|kommende|next|nyt)\s+\w*|igen|again)\b", re.IGNORECASE)
OF_MAIL = re.compile(r"(?:fra|from|til|to|cc|sendt|sent|emne|subject)\s*:", re.IGNORECASE)
ANNO = re.compile(r"\b(?:[AÅaå]r|Aar|aar|[Aa]nno)\s+(20\d\d),?\s+den\b")  # "År 2026, den 4. maj"
SEASON = re.compile(rf"\b(?P<year>{YEAR})\s?/\s?(?P<short>\d\d)\b(?!\d)")
ENDED = re.compile(
    r"(?:mødet\s+(?:\w+\s+)?(?:sluttede|slut|hævet|afsluttet|hævedes)|"
    r"meeting\s+(?:\w+\s+)?(?:closed|ended|adjourned)|closed\s+at|adjourned\s+at|"
    r"til\s+kl\.?)\D{0,20}(?P<rest>kl\.?\s*\d.*|\d.*)",
    re.IGNORECASE,
)
# "Start: 08:30  Slut: 10:00" in one line.
END_BESIDE = re.compile(r"\b(?:slut|sluttede|afsluttet|end|ended|finish)\b", re.IGNORECASE)


def years(text: str) -> list[int]:
    """Return the years that dates without one may be in, the likeliest first.

    What minutes tell of besides the meeting, next meetings and deadlines, mostly comes later.
    """
    head = text[:800]
    found = [int(year) for year in ANNO.findall(head)]
    found += [mention.year for mention in dates(head) if mention.year]
    for season in SEASON.finditer(head):
        # "sæson 2022/23"
        found += [int(season["year"]), int(season["year"][:2] + season["short"])]
    if bare := re.search(r"(?<![\d.,-])20[0-4]\d(?!\d|[.,/-]\d|\s*kr)", text[:400]):
        found.append(int(bare[0]))
    told = [mention.year for mention in dates(text[:20_000]) if mention.year]
    return list(dict.fromkeys([*found, *sorted(told)[:1]]))


def dated(mention: Mention, years: list[int]) -> str | None:
    """Return the day, in the first of the years in which its weekday fits where none is written."""
    if mention.year or not years:
        return mention.dated()
    fitting = [year for year in years if mention.fits(year)]
    return mention.dated(dt.date((fitting or years)[0], 1, 1))


MOST_DAYS = 8  # of one line that are looked at


def days(pieces: list[Piece], years: list[int], *, far: bool = False) -> Iterator[Candidate[str]]:
    """Yield the days that may be the meeting's; `far` says that these stand below the head."""
    is_mail = sum(bool(OF_MAIL.match(piece.row.line.text)) for piece in pieces[:6]) > 1
    for piece in pieces:
        for mention in dates(piece.text)[:MOST_DAYS]:
            aside = {
                Cue.FAR_DOWN: far or piece.place > FAR,
                Cue.OF_MAIL: is_mail and piece.label is Label.DATE and piece.place < 6,
            }
            if value := dated(mention, years):
                cues = _cues(piece, mention, years)
                span = Span(
                    piece.line.start + mention.span.start, piece.line.start + mention.span.end
                )
                yield candidate(
                    value,
                    span,
                    _reason(cues, mention),
                    cues | aside,
                )


def _cues(piece: Piece, mention: Mention, years: list[int]) -> dict[Cue, bool]:
    text, before = piece.text, piece.text[: mention.span.start]
    near = re.split(r"(?<!\bd)(?<!\bkl)[.;!?]\s", before)[-1]
    labelled = piece.label in DATED
    said = bool(HELD.search(near) or (HELD.search(text) and re.search(MEETING, text, re.I)))
    titled = bool(TITLE.search(near) or (piece.label is None and TITLE.search(text)))
    fits = mention.fits(int((dated(mention, years) or "0")[:4]))
    return {
        Cue.LABEL: labelled,
        Cue.TITLE: titled and not labelled and not said,
        Cue.SAID: said and not labelled,
        Cue.STANDS: True,
        Cue.AT_TOP: piece.place < 4,
        Cue.CLOCK: bool(clocks(text)),
        Cue.WEEKDAY: fits is True,
        Cue.WRONG_WEEKDAY: fits is False,
        Cue.NO_YEAR: mention.year is None and not fits,
        Cue.MONTH_ONLY: mention.day is None,
        Cue.IN_LIST: piece.is_listed or piece.label in (Label.PRESENT, Label.ABSENT),
        Cue.IN_TEXT: not (labelled or said) and piece.place > 3 and piece.line.words.endswith("."),
        Cue.OF_PAPER: bool(OF_PAPER.search(near)) or (piece.label is Label.OTHER and not titled),
        Cue.OTHER_MEETING: piece.label is Label.NEXT
        or bool(LAST_MINUTES.search(text) or LATER.search(near)),
    }


def _reason(cues: dict[Cue, bool], mention: Mention) -> Reason:
    if mention.year is None:
        return Reason.YEAR_INFERRED
    if mention.day is None:
        return Reason.MONTH_ONLY
    told = ((Cue.LABEL, Reason.BY_LABEL), (Cue.SAID, Reason.IN_PROSE), (Cue.TITLE, Reason.IN_TITLE))
    return next((reason for cue, reason in told if cues[cue]), Reason.FIRST_DATE)


# Times


def times(
    pieces: list[Piece], rows: list[Row], day: Found[str] | None
) -> tuple[Found[str] | None, Found[str] | None]:
    """Return when the meeting began and ended; a time beside its day counts more than another."""
    starts: list[Candidate[str]] = []
    ends = list(_ended(rows))
    for piece in pieces:
        labelled = piece.label in (Label.TIME, Label.START, Label.END)
        if not labelled and (piece.label not in (None, *PLACED) or piece.is_listed):
            continue
        found = clocks(piece.text, offset=piece.line.start, bare=labelled)
        beside = bool(day and piece.line.start <= day.span.start < piece.line.end)
        cues = {Cue.LABEL: labelled, Cue.TITLE: beside, Cue.STANDS: True}
        reason = Reason.BY_LABEL if labelled else Reason.IN_TITLE
        # "Start: 08:30  Slut: 10:00", "15.00, slut kl. 17.20"
        last = piece.label is Label.END or (len(found) == 2 and END_BESIDE.search(piece.text))
        if piece.label is not Label.END:
            starts += [candidate(one.start, one.span, reason, cues) for one in found[:1]]
        closing = found[:1] if found and found[0].end else found[-1:] if last else []
        ends += [candidate(one.end or one.start, one.span, reason, cues) for one in closing]
    return choose(starts), choose(ends)


def _ended(rows: list[Row]) -> Iterator[Candidate[str]]:
    for row in reversed(rows[-40:]):
        if (match := ENDED.search(row.line.text)) and not dates(row.line.text):
            found = clocks(match["rest"], offset=row.line.start + match.start("rest"), bare=True)
            for one in found[:1]:
                cues = {Cue.SAID: True}
                yield candidate(one.end or one.start, one.span, Reason.IN_PROSE, cues)
                return
