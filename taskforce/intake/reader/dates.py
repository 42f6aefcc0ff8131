"""Dates and times of day in Danish and English text, as people write them in minutes.

The names of months come from the Unicode CLDR, through Babel. Numbers are read as day, month,
year; where a year is missing, `dated` and `next_after` fill it in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from babel.dates import get_month_names

from taskforce.intake.reader.draft import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it is written; what is not written is None."""

    span: Span
    day: int | None
    month: int
    year: int | None
    weekday: int | None = None  # Monday is 0

    def fits(self, year: int) -> bool | None:
        """Tell whether the weekday that is written is that day's; None where none is."""
        if self.weekday is None or self.day is None:
            return None
        day = self.dated(date(year, 1, 1))
        return day is not None and date.fromisoformat(day).weekday() == self.weekday

    def dated(self, near: date | None = None) -> str | None:
        """Return "YYYY-MM-DD" or "YYYY-MM", with the year of `near` where none is written."""
        year = self.year or (near.year if near else None)
        return None if year is None else self._iso(year)

    def next_after(self, day: date | None) -> str | None:
        """Return the date, or the first such date on or after `day` where no year is written."""
        if self.year or day is None:
            return self.dated()
        passed = (self.month, self.day or 31) < (day.month, day.day)
        return self._iso(day.year + passed)

    def _iso(self, year: int) -> str | None:
        if self.day is None:
            return f"{year:04}-{self.month:02}"
        try:
            return date(year, self.month, self.day).isoformat()
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day or two, "HH:MM"."""

    span: Span
    start: str
    end: str | None = None


@cache
def months() -> dict[str, int]:
    """Return the names of months, lower case, Danish and English, long and short."""
    found = {"sept": 9, "okt": 10, "maj": 5}
    for locale in ("da", "en"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=locale).items():
                found[name.lower().rstrip(".")] = number
    return found


MONTH = "|".join(sorted(months(), key=len, reverse=True))
# A date may break over two lines, but not over an empty one.
GAP = r"[^\S\n]*\n?[^\S\n]*"
YEAR = r"(?:19|20)\d\d"
PATTERNS = [
    # 2023-10-24
    rf"\b(?P<year>{YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b",
    # 24/10 2023, 24.10.2023, 24-10-23, 26.2-23, 17.6.2019
    rf"(?<![\d./-])(?P<day>\d\d?)\s?[./-]\s?(?P<month>\d\d?)(?:\s?[./-]\s?|"
    rf"{GAP})(?P<year>{YEAR})(?![\d])",
    r"(?<![\d./-])(?P<day>\d\d?)[./-](?P<month>\d\d?)[./ -]\s?(?P<year>['’]?\d\d)(?![\d.:/]\d|\d)",
    # 24. oktober 2023, d. 24.okt. 23, 15-maj-2002, 24th of October, 2023; 14.-15. november 2023
    rf"(?<![\d.:,/])(?P<day>\d\d?)(?:\.|st|nd|rd|th)?(?:(?<!nr\.\s\d)(?<!øde\s\d)(?<!nr\.\s\d\d)(?<!øde\s\d\d)"
    rf"\s?(?:-|–|og|and|&|til)\s?(?P<upto>\d\d?)(?:\.|st|nd|rd|th)?)?"
    rf"(?:{GAP}|-)(?:of\s)?(?P<name>{MONTH})\b\.?(?:(?:,?{GAP}|-)(?P<year>{YEAR})\b|"
    rf"\s?(?P<short>['’]\d\d|-\d\d)\b)?",
    # October 24th, 2023
    rf"\b(?P<name>{MONTH})\.?{GAP}(?P<day>\d\d?)(?:st|nd|rd|"
    rf"th)?\b(?!\.?\d)(?:,?{GAP}(?P<year>{YEAR})\b)?",
    # oktober 2023
    rf"\b(?P<name>{MONTH})\b\.?,?{GAP}(?P<year>{YEAR})\b",
    # 2/5, d. 2.5
    r"(?<![\d./-])(?P<day>\d\d?)/(?P<month>\d\d?)(?![\d/-])",
    r"\b(?:d\.|den)\s?(?P<day>\d\d?)\.(?P<month>\d\d?)\.?(?![\d:])",
    # mandag 26.10., næste møde 26.10.
    r"(?:dag|day|møde|gang):?\s(?:d\.\s?|den\s)?(?P<day>\d\d?)\.(?P<month>\d\d?)\.?(?![\d:])",
    # oktober
    rf"(?<!\w)(?:i|in|til|ultimo|primo|medio|by|before|early|late|mid)\s(?:starten af\s|"
    rf"slutningen af\s|løbet af\s)?(?P<name>{MONTH})\b(?![\s.]*\d)",
]
NAMED = re.compile(rf"\d|{MONTH}", re.IGNORECASE)  # what every date has
WRITTEN = [re.compile(pattern, re.IGNORECASE) for pattern in PATTERNS]


def dates(text: str, *, offset: int = 0) -> list[Mention]:
    """Return the dates in a text, in order; of overlapping readings the fullest counts."""
    return [_moved(mention, offset) if offset else mention for mention in _dates(text)]


@lru_cache(maxsize=5_000)
def _dates(text: str) -> list[Mention]:
    found: list[Mention] = []
    read: set[int] = set()
    for mention in _candidates(text) if NAMED.search(text) else ():
        places = range(mention.span.start, mention.span.end)
        if read.isdisjoint(places):
            found.append(mention)
            read.update(places)
    return sorted(found, key=lambda mention: mention.span)


def begins_with_date(text: str) -> bool:
    found = dates(text)
    return bool(found) and found[0].span.start < 4


def _candidates(text: str) -> Iterator[Mention]:
    for pattern in WRITTEN:
        for match in pattern.finditer(text):
            if mention := _mention(match):
                yield mention


def _mention(match: re.Match[str]) -> Mention | None:
    groups = match.groupdict()
    if re.search(r"\bkl\.?\s?$", match.string[max(0, match.start() - 5) : match.start()]):
        return None
    month = months()[groups["name"].lower()] if groups.get("name") else int(groups["month"])
    day, start = int(groups["day"]) if groups.get("day") else None, match.start()
    if day and groups.get("upto") and int(groups["upto"]) <= day:
        # "møde 5 - 3. april" is no range of days.
        day, start = int(groups["upto"]), match.start("upto")
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return None
    year = _year(groups.get("year") or groups.get("short"))
    mention = Mention(Span(start, match.end()), day, month, year, _weekday(match))
    return mention if mention.dated(date(2024, 1, 1)) else None


WEEKDAYS = ("man|mon", "tir|tue", "ons|wed", "tor|thu", "fre|fri", "lør|sat", "søn|sun")
WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(f'(?P<d{at}>{names})' for at, names in enumerate(WEEKDAYS))})"
    r"(?:[a-zæøå]{0,5}dag(?:en)?|s?day|rsday|nesday|urday|s|rs)?\.?,?\s*(?:d\.|den|the|d)?\s*$",
    re.IGNORECASE,
)


def _weekday(match: re.Match[str]) -> int | None:
    """Return the weekday before a date, or the one that the pattern of the date begins with."""
    places = [match.start(), *(match.start("day") for _ in match.re.groupindex.keys() & {"day"})]
    texts = [match.string[max(0, place - 20) : place] for place in places]
    found = next((one for text in texts if (one := WEEKDAY.search(text))), None)
    return int(str(found.lastgroup)[1:]) if found else None


def _year(written: str | None) -> int | None:
    if not written:
        return None
    number = int(re.sub(r"\D", "", written))
    if number >= 100:
        return number
    return 2000 + number if number < 70 else 1900 + number


HOUR = r"(?:[01]?\d|2[0-4])"
PART = rf"{HOUR}(?:[.:]\s?[0-5]\d)?(?![\d/])(?:[:.]00)?(?:\s?(?:[ap]\.?m\.?)(?![a-zæøå]))?"
BETWEEN = r"\s*(?:-|–|—|−|til|to|until)\s*"
KL = r"(?:\b(?:kl(?:okken|\.)?|at|from|fra)[:;]?\s*(?:kl\.?\s*)?)"
RANGE = re.compile(
    rf"(?P<kl>{KL})?(?<![\d.,/:-])(?P<start>{PART}){BETWEEN}(?:kl\.?\s*)?(?P<end>{PART})"
    rf"(?P<unit>\s*(?:uhr|hrs?|CET|CEST)\b)?(?![\d.,:]*\d|\s*(?:%|kr|euro|EUR|mio|person|"
    rf"deltage[rn]|minut|min\b))",
    re.IGNORECASE,
)
SINGLE = re.compile(rf"(?P<kl>{KL})?(?<![\d.,/:-])(?P<start>{PART})(?![\d%])", re.IGNORECASE)


def clocks(text: str, *, offset: int = 0, bare: bool = False) -> list[Clock]:
    """Return the times in a text: "kl. 14", "14.00-15.30", "2–3 pm".

    `bare` takes numbers such as "14.05" alone for times, which only a place for times allows.
    """
    return [
        replace(clock, span=Span(clock.span.start + offset, clock.span.end + offset))
        for clock in _clocks(text, bare=bare)
    ]


@lru_cache(maxsize=5_000)
def _clocks(text: str, *, bare: bool) -> list[Clock]:
    # "12.10-22" is a date, unless "kl." stands before it.
    dated = [mention.span for mention in dates(text) if mention.year]
    found = [
        _range(match)
        for match in RANGE.finditer(text)
        if _is_range(match, bare=bare)
        and not any(_overlap(Span(*match.span("start")), span) for span in dated)
    ]
    for match in SINGLE.finditer(text):
        span = Span(match.start(), match.end())
        if _is_single(match, bare=bare) and not any(_overlap(span, one.span) for one in found):
            found.append(Clock(span, _time(match["start"])))
    return sorted(found, key=lambda clock: clock.span)


def _is_range(match: re.Match[str], *, bare: bool) -> bool:
    both = ":" in match["start"] + match["end"] or "." in match["start"] + match["end"]
    half = re.search(r"[ap]\.?m", match["end"], re.IGNORECASE)
    return bool(match["kl"] or both or half or bare)


def _range(match: re.Match[str]) -> Clock:
    end = _time(match["end"])
    start = _time(match["start"])
    afternoon = re.search(r"p\.?m", match["end"], re.IGNORECASE)
    if afternoon and not re.search(r"[ap]\.?m", match["start"], re.IGNORECASE):
        later = _time(match["start"] + " pm")
        start = later if later < end else start
    return Clock(Span(match.start(), match.end()), start, end)


def _is_single(match: re.Match[str], *, bare: bool) -> bool:
    written = match["start"]
    half = re.search(r"[ap]\.?m", written, re.IGNORECASE)
    named = match["kl"] and re.match(r"(?:kl|at\b)", match["kl"], re.IGNORECASE)
    minutes = re.search(r"[.:]", written)
    return bool(
        half or (named and (minutes or len(written) <= 2)) or ":" in written or (bare and minutes)
    )


def _time(written: str) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if re.search(r"p\.?m", written, re.IGNORECASE) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", written, re.IGNORECASE) and hour == 12:
        hour = 0
    return f"{hour % 24:02}:{minute:02}"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _moved(mention: Mention, offset: int) -> Mention:
    span = Span(mention.span.start + offset, mention.span.end + offset)
    return replace(mention, span=span)
