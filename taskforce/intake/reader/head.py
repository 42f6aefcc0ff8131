"""The facts of a meeting at the head of its minutes: number, date, times, mode and place."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from taskforce.intake.reader.dates import Clock, Mention, clocks, dates
from taskforce.intake.reader.draft import Found, Mode, Span
from taskforce.intake.reader.places import ONLINE, PLATFORM, Where, where
from taskforce.intake.reader.reasons import Reason
from taskforce.intake.reader.rows import Row
from taskforce.intake.reader.text import Line, joined
from taskforce.intake.reader.vocabulary import Label

MEETING = (
    r"(?:[a-zæøå-]*(?:møde|meeting)(?:t|r|rne|s|n)?|(?:[a-zæøå]+s)?(?:samling|træf|session)(?:en|et|er)?|"
    r"netværksdag(?:en)?|gathering)"
)
TITLE = re.compile(
    rf"\b(?:{MEETING}|[a-z]*referat(?:et)?|minutes|forhandlingsprotokol|notat|generalforsamling)\b",
    re.IGNORECASE,
)
ORDINALS = (
    [
        "første",
        "andet",
        "tredje",
        "fjerde",
        "femte",
        "sjette",
        "syvende",
        "ottende",
        "niende",
        "tiende",
        "ellevte",
        "tolvte",
        "trettende",
        "fjortende",
        "femtende",
    ],
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
    ],
)
NUMBERED = [
    re.compile(
        rf"\b(?P<number>\d{{1,3}})(?:\.|st|nd|rd|th)\s+(?:[^\W\d]+\s+){{0,3}}?{MEETING}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{MEETING}\s*(?:nr|nummer|no|number|#|№)\.?\s*:?\s*(?P<number>\d{{1,3}})\b",
        re.IGNORECASE,
    ),
    # "Møde 3/2020" is the third of that year.
    re.compile(rf"\b{MEETING}\s+(?P<number>\d{{1,3}})/(?:19|20)\d\d\b", re.IGNORECASE),
    re.compile(
        rf"\b{MEETING}\s+(?P<number>\d{{1,3}})\b(?!\s?[./:-]\s?\d|\.?\s+[a-zæøå]{{3,}})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:referat|minutes|mødereferat)\s*(?:nr|nummer|no|number|"
        r"#)\.?\s*:?\s*(?P<number>\d{1,3})\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?:^|[,(–-]\s*)nr\.\s*(?P<number>\d{1,3})\b(?!\.)", re.IGNORECASE),
    re.compile(
        r"\b(?:committee|board|[a-zæøå]*(?:gruppe|udvalg|råd|bestyrelse|group)\w*)\s+"
        r"(?:nr|no|nummer|number)\b\.?\s*(?P<number>\d{1,3})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<word>{'|'.join(ORDINALS[0] + ORDINALS[1])})\s+(?:[^\W\d]+\s+){{0,3}}?{MEETING}\b",
        re.IGNORECASE,
    ),
]
NUMBER_LABEL = re.compile(
    r"(?:møde|mødenr|meeting|referat|nr|no)[a-zæøå.]*\s*(?:nr|nummer|no|number|"
    r"#)?\.?\s*[:#\t ]+\s*(?P<number>\d{1,3})\s*\.?$",
    re.IGNORECASE,
)
SAT = re.compile(
    r"\b(?:vi|bestyrelsen|udvalget|netværket|[a-zæøå]*gruppen|taskforcen|we|the\s+\w+)\s+"
    r"(?:sad|mødtes|sås|met|var\s+samlet|holdt\s+mødet|holdt\s+til)\b(?P<rest>(?:[^\n]|\n(?!\n))*)",
    re.IGNORECASE,
)
HELD = re.compile(
    r"(?:^\s*(?=(?:held|afholdt)\b)|møde(?:t|rne)?|meeting|generalforsamling(?:en)?)\b"
    r"[^.\n]{0,60}?\b(?:afholdt|holdt|afholdtes|afholdes|fandt\s+sted|foregik|var|blev\s+(?:af)?holdt|held|"
    r"took\s+place|convened|was)\b(?P<rest>(?:[^\n]|\n(?!\n))*)",
    re.IGNORECASE,
)
# "Start: 08:30  Slut: 10:00" in one line.
END_BESIDE = re.compile(r"\b(?:slut|sluttede|afsluttet|end|ended|finish)\b", re.IGNORECASE)
LAST_MINUTES = re.compile(
    r"\b(?:referat|minutes)\w*\s+(?:fra|af|of|from)\b.*\b(?:godkend|blev|was|approv)", re.I
)
ENDED = re.compile(
    r"(?:mødet\s+(?:\w+\s+)?(?:sluttede|slut|hævet|afsluttet|hævedes)|"
    r"meeting\s+(?:\w+\s+)?(?:closed|ended|adjourned)|closed\s+at|adjourned\s+at|"
    r"til\s+kl\.?)\D{0,20}(?P<rest>kl\.?\s*\d.*|\d.*)",
    re.IGNORECASE,
)
VENUE = re.compile(
    r"^\s*hos\s+[A-ZÆØÅ]|\b(?:lokale|mødelokale|rådhus(?:et)?|salen?|room|hall|building|\d\.\s?sal|library|floor|"
    r"hotel|centre|campus|university|office|bibliotek(?:et)?|højskole|kulturhus|"
    r"[A-ZÆØÅ][a-zæøå]*(?:huset|salen|værket|gården|skolen|centret|biblioteket))\b|"
    r"\b[A-ZÆØÅ]\w+(?:vej|gade|allé|plads|stræde|torv|street|road|avenue)\w*\s\d",
)
AFTER_PLACE = re.compile(
    r",?\s*\b(?:og|and)\s+(?:nedenstående|følgende|the following|der var|med var)|"
    r"\bmed\s+(?:disse|følgende|deltagelse)|\bwith\s|[.;]\s+(?![a-zæøå\s])"
)
PREPOSITION = re.compile(
    r"\s*(?:på|i|hos|ved|at|in|on|via|over|online|virtuelt|digitalt|fysisk|som|den|d\.|"
    r"virtual|\w+dag)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Head:
    number: Found[int] | None = None
    date: Found[str] | None = None
    start: Found[str] | None = None
    end: Found[str] | None = None
    mode: Found[Mode] | None = None
    place: Found[str] | None = None

    @property
    def day(self) -> dt.date | None:
        """The day of the meeting, the first of the month where only that is known."""
        if self.date is None:
            return None
        return dt.date.fromisoformat(
            self.date.value if len(self.date.value) > 7 else f"{self.date.value}-01"
        )


def read_head(rows: list[Row], body: int, taken: set[int], text: str) -> Head:
    """Return the facts; `body` is the first row after the head, `taken` lists people."""
    top = [
        row for row in rows[:body] if not row.blank and (row.index not in taken or row.index < 4)
    ]
    head = Head()
    head.number = _number(top)
    _when(head, rows, top, text)
    _where(head, rows, top)
    return head


def _number(top: list[Row]) -> Found[int] | None:
    for row in top:
        if row.number is not None and row.index > 3:
            continue
        if row.label is Label.NUMBER and (labelled := _labelled_number(top, row)):
            return labelled
        if match := NUMBER_LABEL.match(row.line.words):
            return Found(int(match["number"]), row.line.span, 0.95, Reason.BY_LABEL)
        for pattern in NUMBERED:
            if (match := pattern.search(row.line.text)) and not _of_another(row, match):
                word = match.groupdict().get("word")
                number = int(match["number"]) if not word else _ordinal(word)
                start = row.line.start
                return Found(
                    number, Span(start + match.start(), start + match.end()), 0.95, Reason.IN_TITLE
                )
    return None


def _labelled_number(top: list[Row], row: Row) -> Found[int] | None:
    """Return the number beside its label, or on the line below."""
    line = row.value
    if line is None or not line.words:
        line = next((below.line for below in top if below.index > row.index), row.line)
    match = re.match(r"\D{0,6}(\d{1,3})\b(?!\s*[./]\s*\d)", line.text)
    return Found(int(match[1]), line.span, 0.95, Reason.BY_LABEL) if match else None


def _ordinal(word: str) -> int:
    return next(words.index(word.lower()) + 1 for words in ORDINALS if word.lower() in words)


def _of_another(row: Row, match: re.Match[str]) -> bool:
    """Say whether a number is of another meeting: the last one's minutes, the next meeting."""
    before = row.line.text[: match.start()].lower()
    return (
        bool(
            re.search(
                r"(?:godkend|forrige|seneste|sidste|siden|næste|fra møde nr|approval|previous|last|"
                r"next|opfølgning)[^.]*$",
                before,
            )
        )
        or row.label is Label.NEXT
    )


def _when(head: Head, rows: list[Row], top: list[Row], text: str) -> None:
    year = _common_year(text)
    labelled = [row for row in top if row.label is Label.DATE]
    titled = [
        row
        for row in top
        if row.label is None
        and not row.wrapped
        and (TITLE.search(row.line.text) or SAT.search(row.line.text))
        and not LAST_MINUTES.search(row.line.text)
    ]
    others = [row for row in top if row.label not in (Label.NEXT, Label.OTHER)]
    for group, reason in (
        (labelled, Reason.BY_LABEL),
        (titled, Reason.IN_TITLE),
        (others, Reason.FIRST_DATE),
    ):
        for row in group:
            line = _with_value_below(rows, row) if row.label else _joined(rows, row)
            if (mention := _first(dates(line.text, offset=line.start), year)) and head.date is None:
                head.date = _dated(mention, reason, year)
            _times(head, clocks(line.text, offset=line.start), reason)
        if head.date:
            break
    if head.date is None:
        mention = _first(dates(text[:3000]), year)
        head.date = _dated(mention, Reason.FIRST_DATE, year) if mention and mention.year else None
    for row in top:
        _clock_labels(head, rows, row)
    if head.start is None and head.date:
        _times_near_date(head, top)
    _ended(head, rows)


def _times_near_date(head: Head, top: list[Row]) -> None:
    for row in top:
        if row.label in (None, Label.DATE, Label.TIME, Label.PLACE) and row.number is None:
            _times(head, clocks(row.line.text, offset=row.line.start), Reason.IN_TITLE)
            if head.start:
                return


def _joined(rows: list[Row], row: Row) -> Line:
    """Return the line, with the next one where the sentence, and a date in it, runs over."""
    following = rows[row.index + 1] if row.index + 1 < len(rows) else None
    if following is not None and following.wrapped:
        return _over_margins(rows, row)
    if (
        following is None
        or following.blank
        or following.label
        or not re.match(r"[a-zæøå\d]", following.line.words)
    ):
        return row.line
    return joined([row.line, following.line])


def _over_margins(rows: list[Row], row: Row) -> Line:
    """Return the line with those that only a margin broke off it."""
    broken = takewhile(lambda one: one.wrapped, rows[row.index + 1 : row.index + 12])
    return joined([row.line, *(one.line for one in broken)])


def _with_value_below(rows: list[Row], row: Row) -> Line:
    """Return what stands beside a label, or else on the next line that says something."""
    if row.value is not None and row.value.words:
        return row.value
    for below in rows[row.index + 1 : row.index + 3]:
        if not below.blank:
            return below.line if below.label in (None, Label.CATEGORY) else row.line
    return row.line


def _first(mentions: list[Mention], year: int | None) -> Mention | None:
    whole = [mention for mention in mentions if mention.year or year]
    return next((mention for mention in whole if mention.day), whole[0] if whole else None)


def _dated(mention: Mention, reason: Reason, year: int | None) -> Found[str] | None:
    written = mention.dated(dt.date(year, 1, 1) if year else None)
    if written is None:
        return None
    if mention.year is None:
        return Found(written, mention.span, 0.6, Reason.YEAR_INFERRED)
    if mention.day is None:
        return Found(written, mention.span, 0.75, Reason.MONTH_ONLY)
    return Found(written, mention.span, 0.95 if reason != Reason.FIRST_DATE else 0.7, reason)


def _common_year(text: str) -> int | None:
    years = Counter(mention.year for mention in dates(text[:20_000]) if mention.year)
    if years:
        return years.most_common(1)[0][0]
    # "mandag d. 5. juni kl. 13-15 2023"
    bare = re.search(r"(?<![\d.,/-])20[0-4]\d(?![\d.,/-]|\s*kr)", text[:400])
    return int(bare[0]) if bare else None


def _times(head: Head, found: list[Clock], reason: Reason) -> None:
    if head.start is None and found:
        first = found[0]
        head.start = Found(first.start, first.span, 0.9, reason)
        if first.end:
            head.end = Found(first.end, first.span, 0.9, reason)


def _clock_labels(head: Head, rows: list[Row], row: Row) -> None:
    if row.label not in (Label.TIME, Label.START, Label.END):
        return
    line = _with_value_below(rows, row)
    found = clocks(line.text, offset=line.start, bare=True) or clocks(
        f"kl {line.text}", offset=line.start - 3
    )
    if not found:
        return
    if row.label is Label.END:
        head.end = Found(found[0].start, found[0].span, 0.95, Reason.BY_LABEL)
    else:
        head.start = Found(found[0].start, found[0].span, 0.95, Reason.BY_LABEL)
        if found[0].end:
            head.end = Found(found[0].end, found[0].span, 0.95, Reason.BY_LABEL)
        elif len(found) == 2 and END_BESIDE.search(line.text):
            head.end = Found(found[1].start, found[1].span, 0.95, Reason.BY_LABEL)


def _ended(head: Head, rows: list[Row]) -> None:
    if head.end is not None:
        return
    for row in reversed(rows[-40:]):
        if match := ENDED.search(row.line.text):
            found = clocks(match["rest"], offset=row.line.start + match.start("rest"), bare=True)
            if found and not dates(row.line.text):
                head.end = Found(
                    found[0].end or found[0].start, found[0].span, 0.85, Reason.IN_PROSE
                )
                return


def _where(head: Head, rows: list[Row], top: list[Row]) -> None:
    for row in top:
        if row.label is Label.PLACE and (found := where(_with_value_below(rows, row))):
            return _give(head, found, Reason.BY_LABEL)
    for row in top:
        if (
            row.label is Label.DATE
            and (found := where(_with_value_below(rows, row)))
            and found.place
        ):
            return _give(head, found, Reason.BY_LABEL)
    # A sentence that tells where may tell who as well.
    for row in rows[: top[-1].index + 1] if top else []:
        if not row.wrapped and (found := _held(row, _joined(rows, row))):
            return _give(head, found, Reason.IN_PROSE)
    for row in top:
        if found := _in_title(row):
            return _give(head, found, Reason.IN_TITLE)
    for row in top[:8]:
        if _is_venue(row) and (found := where(row.line)) and found.place:
            return _give(head, found, Reason.PLACE_STATED)
    for row in top:
        told = row.label in (None, Label.DATE, Label.TIME) and row.cell is None
        if told and (match := ONLINE.search(row.line.text)):
            platform = PLATFORM.search(row.line.text)
            span = Span(row.line.start + match.start(), row.line.start + match.end())
            return _give(
                head,
                Where(Mode.ONLINE, platform[0] if platform else "", span),
                Reason.PLATFORM_NAMED,
            )
    return None


def _is_venue(row: Row) -> bool:
    """Say whether a line at the top is an address or a room, without a label."""
    words = row.line.words
    if row.label is not None or row.number is not None or not 3 < len(words) < 110:
        return False
    other = TITLE.search(words) or dates(words) or words[-1] in ".:!?"
    return bool(VENUE.search(words)) and not other


def _give(head: Head, found: Where, reason: Reason) -> None:
    if found.mode is not None:
        unstated = found.mode is Mode.PHYSICAL and found.place
        head.mode = Found(
            found.mode, found.span, 0.85, Reason.PLACE_STATED if unstated else Reason.PLATFORM_NAMED
        )
    if found.place:
        head.place = Found(found.place, found.span, 0.9, reason)


def _held(row: Row, line: Line) -> Where | None:
    """Read "Mødet afholdtes online", "Mødet blev holdt hos KAB", "Vi sad i kantinen"."""
    if row.label not in (None, Label.PRESENT):
        return None
    for pattern in (HELD, SAT):
        for match in pattern.finditer(line.text):
            rest = AFTER_PLACE.split(match["rest"])[0]
            if PREPOSITION.match(rest):
                return where(Line(line.start + match.start("rest"), rest))
    return None


def _in_title(row: Row) -> Where | None:
    """Read the place on a line that has the meeting's date: before, behind or between."""
    line = row.line
    mentions = dates(line.text)
    if (
        row.label not in (None, Label.DATE, Label.TIME, Label.NUMBER, Label.MINUTES)
        or not mentions
        or len(line.text) > 220
    ):
        return None
    found_clocks = [
        clock for clock in clocks(line.text) if clock.span.start > mentions[0].span.start
    ]
    after = max([mentions[0].span.end, *(clock.span.end for clock in found_clocks)])
    if year := re.match(r"\s*,?\s*20\d\d\b", line.text[after:]):
        after += year.end()
    tail = line.part(after)
    lead = re.match(
        r"[\s,.:;–—-]*(?P<word>(?:på|i|hos|ved|at|in|on|via|over|sted|og|samt)\b)?",
        tail.text,
        re.IGNORECASE,
    )
    mark = re.match(
        r"\s*[,.:;–—(/-]|\s+(?:på|i|hos|ved|at|in|on|via|sted|online)\b",
        line.text[after:],
        re.IGNORECASE,
    )
    if tail.words and mark and lead is not None:
        return where(tail)
    inner = re.search(
        r"\b(?:hos|på|ved|at)\s+(?P<place>[A-ZÆØÅ][^,]*)", line.text[: mentions[0].span.start]
    )
    if inner and TITLE.search(line.text):
        place = inner[0] if inner[0].startswith("hos") else inner["place"]
        place = re.sub(
            r"[\s,]*(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\w*)?[\s,]*(?:d\.|den)?\s*$", "", place
        )
        return where(Line(line.start + inner.start(), place)) if place else None
    return None
