"""What somebody typed, read as people mean it: words, quotations, minus, days and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from taskforce.core.dates import FIRST, LAST, MONTHS, parse_day
from taskforce.core.finding import Found

MOST_TERMS = 12
LONGEST_WORD = 60
OR = {"or", "eller"}
# Words that say nothing beside a day: "mødet den 15. november".
BESIDE_A_DAY = {"d", "den", "i", "fra", "af", "på", "for", "the", "of", "on", "in", "from"}
# Months in full, or their first letters, at least three.
MONTH = {
    name[:length]: number
    for number, names in enumerate(MONTHS, 1)
    for name in names
    for length in range(3, len(name) + 1)
}
_MONTHS = "|".join(sorted(MONTH, key=len, reverse=True))
DAY = re.compile(
    rf"""(?<!\S)(?:(?P<day>\d{{1,2}}(?:\.|st|nd|rd|th)?\s?(?:{_MONTHS})\.?\s?\d{{4}}
    |\d{{1,2}}[./]\d{{1,2}}(?:[.\-/ ]\d{{4}}|[.\-/]\d{{2}})|\d{{4}}-\d{{2}}-\d{{2}})
    |(?P<month>{_MONTHS})\.?\s(?P<of>\d{{4}})|(?P<year>(?:19|20)\d\d))(?!\S)""",
    re.IGNORECASE | re.VERBOSE,
)
ORDINALS = (
    *(("første", "first"), ("andet", "anden", "second"), ("tredje", "third")),
    *(("fjerde", "fourth"), ("femte", "fifth"), ("sjette", "sixth"), ("syvende", "seventh")),
    *(("ottende", "eighth"), ("niende", "ninth"), ("tiende", "tenth")),
)
ORDINAL = {name: str(number) for number, names in enumerate(ORDINALS, 1) for name in names}
TERM = re.compile(
    r"(?P<minus>-?)(?:[\"“”„»«](?P<quoted>[^\"“”„»«]*)[\"“”„»«]?|(?P<word>[^\s\"“”„»«]+))"
)


@dataclass(frozen=True)
class Term:
    """A word or a quotation; `is_prefix` while it is typed, `others` mean the same.

    A long word also finds what has both of its `halves`, wherever it is cut.
    """

    words: str
    is_quoted: bool = False
    is_left_out: bool = False
    is_prefix: bool = False
    halves: tuple[tuple[str, str], ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """Days that somebody asked for, and the words in which they did."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Asked:
    """A search: groups of terms, of each of which one must be there."""

    groups: tuple[tuple[Term, ...], ...] = ()
    span: Span | None = None
    numbers: tuple[tuple[Found, int], ...] = ()
    only: tuple[Found, ...] = ()  # kinds, where nothing but their name and a day is asked for

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: no words, or only such as are left out."""
        wanted = any(not term.is_left_out for group in self.groups for term in group)
        return not (wanted or self.span or self.numbers)

    @property
    def terms(self) -> list[Term]:
        return [term for group in self.groups for term in group]

    def with_last_unfinished(self) -> "Asked":
        """Take the last word for the beginning of one, as while somebody types."""
        if not self.groups or self.groups[-1][-1].is_quoted:
            return self
        *before, last = self.groups
        *others, term = last
        unfinished = replace(term, is_prefix=True, others=())
        return replace(self, groups=(*before, (*others, unfinished)))


def read(typed: str, kinds: list[Found]) -> Asked:
    """Return what typed words ask for."""
    numbers = tuple(_numbers(typed, kinds))
    span, rest = _span(typed)
    beside = {*re.findall(r"\w+", rest.lower())} - BESIDE_A_DAY
    if (
        span
        and beside
        and (only := tuple(kind for kind in kinds if kind.of_day and beside <= {*kind.called}))
    ):
        return Asked(span=span, only=only)
    return Asked(groups=tuple(_groups(rest)), span=span, numbers=numbers)


def _groups(typed: str) -> Iterator[tuple[Term, ...]]:
    """Yield terms, those that "or" stands between together."""
    group: list[Term] = []
    goes_on = False
    for term in _terms(typed):
        if not term.is_quoted and not term.is_left_out and term.words.lower() in OR:
            goes_on = bool(group)
            continue
        if group and not goes_on:
            yield tuple(group)
            group = []
        group.append(term)
        goes_on = False
    if group:
        yield tuple(group)


def _terms(typed: str) -> Iterator[Term]:
    for number, match in enumerate(TERM.finditer(typed)):
        if number == MOST_TERMS:
            return
        words = (match["quoted"] if match["word"] is None else match["word"]).strip()
        if re.search(r"\w", words):
            yield Term(
                words if match["word"] is None else words[:LONGEST_WORD],
                is_quoted=match["word"] is None,
                is_left_out=bool(match["minus"]),
            )


def _span(typed: str) -> tuple[Span | None, str]:
    """Return the days that are asked for, and the words without them."""
    for match in DAY.finditer(typed):
        if typed[: match.start()].count('"') % 2:
            continue  # it is part of a quotation
        try:
            first, last = _days(match)
        except ValueError:
            continue
        return Span(first, last, match[0]), typed[: match.start()] + " " + typed[match.end() :]
    return None, typed


def _days(match: re.Match[str]) -> tuple[date, date]:
    if match["day"]:
        day = parse_day(match["day"])
        return day, day
    if match["month"]:
        first = date(int(match["of"]), MONTH[match["month"].lower()], 1)
        return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    year = int(match["year"])
    if not FIRST.year <= year <= LAST.year:
        raise ValueError(year)
    return date(year, 1, 1), date(year, 12, 31)


def _numbers(typed: str, kinds: list[Found]) -> Iterator[tuple[Found, int]]:
    """Yield what is named by its number, such as "møde 3", "3rd meeting" or "tredje møde"."""
    ordinals = "|".join(ORDINAL)
    for kind in kinds:
        names = "|".join(map(re.escape, kind.called))
        behind = rf"(?:{names})\s+(?:nr\.?\s*)?(\d{{1,4}})"
        before = rf"(\d{{1,4}}|{ordinals})(?:\.|st|nd|rd|th)?\s+(?:{names})"
        pattern = rf"(?<!\w)(?:{behind}|{before})(?!\w)"
        if names and (match := re.search(pattern, typed, re.IGNORECASE)):
            number = match[1] or match[2].lower()
            yield kind, int(ORDINAL.get(number, number))
