"""Read single values of the portal's JSON: texts, dates, amounts and lists, however written."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import nh3

BRUSSELS = ZoneInfo("Europe/Brussels")
YEARS = range(1990, 2100)
MOST = 10**13  # euro; more is no amount of money
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
EMPHASIS = re.compile(r"<(/?)([bi])>", re.IGNORECASE)

DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b")
MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
IN_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE,
)
MILLISECONDS = range(10**11, 10**13)  # since 1970, in the years that a topic can be of

THOUSANDS = re.compile(r"\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")
CURRENCY = re.compile(r"€|\beur(?:os?)?\b", re.IGNORECASE)


def each(value: Any) -> Iterator[Any]:
    """Yield the items of a list, however nested, or a single value; leave out nulls."""
    if isinstance(value, list):
        for item in value:
            yield from each(item)
    elif value is not None:
        yield value


def mapping(value: Any) -> dict[str, Any]:
    """Return an object; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """Return a string as one line of words without markup; empty for anything else."""
    if not isinstance(value, str):
        return ""
    words = html.unescape(nh3.clean(UNWRITABLE.sub("", value), tags=set()))
    return " ".join(words.split())


def rich(value: Any) -> str:
    """Return harmless HTML of paragraphs and lists; empty for anything but a string.

    A heading becomes a bold paragraph, since the page has headings of its own.
    """
    if not isinstance(value, str):
        return ""
    words = HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", value)
    words = EMPHASIS.sub(lambda tag: f"<{tag[1]}{'strong' if tag[2] in 'bB' else 'em'}>", words)
    found = nh3.clean(
        UNWRITABLE.sub("", words),
        tags={"p", "br", "ul", "ol", "li", "strong", "em", "a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    ).strip()
    return found if not found or found.startswith(("<p", "<ul", "<ol")) else f"<p>{found}</p>"


def number(value: Any) -> int | None:
    """Return a whole number that may be written as a string."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,15}\s*", value):
        return int(value)
    return value if isinstance(value, int) else None


def day(value: Any) -> date | None:
    """Return the day in Brussels of a date in any of the portal's shapes; None for what is none.

    `07 December 2022`, milliseconds since 1970, `2022-12-07T00:00:00.000+0000`, `…T22:00Z`: with
    a zone it is a moment, and late in the evening of UTC it is the next day in Brussels.
    """
    try:
        found = _from_words(value) if isinstance(value, str) else _from_milliseconds(value)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found and found.year in YEARS else None


def _from_milliseconds(value: Any) -> date | None:
    if isinstance(value, Decimal):  # 1.67E12
        value = _whole(value)
    if isinstance(value, bool) or not isinstance(value, int) or value not in MILLISECONDS:
        return None
    return (
        (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value))
        .astimezone(BRUSSELS)
        .date()
    )


def _from_words(value: str) -> date | None:
    words = " ".join(value[:100].split())
    if words.isascii() and words.isdigit():
        return _from_milliseconds(int(words))
    if found := ISO.match(words):
        return _from_iso(found)
    if found := DAY_FIRST.search(words):
        return _named(found[1], found[2], found[3])
    if found := MONTH_FIRST.search(words):
        return _named(found[2], found[1], found[3])
    if found := IN_FIGURES.match(words):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return None


def _named(day: str, month: str, year: str) -> date | None:
    """Return the day of a month that is written in English, in full or shortened."""
    named = [place for place, name in enumerate(MONTHS, 1) if name.startswith(month.lower())]
    return date(int(year), named[0], int(day)) if named else None


def _from_iso(found: re.Match[str]) -> date:
    zone = found[7]
    if not zone:
        return date(*(int(part) for part in found.group(1, 2, 3)))
    parts = [int(part or 0) for part in found.group(1, 2, 3, 4, 5, 6)]
    moment = datetime(*parts[:6], tzinfo=_offset(zone))  # type: ignore[misc,arg-type]  # six parts
    return moment.astimezone(BRUSSELS).date()


def _offset(zone: str) -> timezone:
    if zone[0] not in "+-":
        return UTC
    figures = zone[1:].replace(":", "")
    ahead = timedelta(hours=int(figures[:2]), minutes=int(figures[2:] or 0))
    return timezone(-ahead if zone[0] == "-" else ahead)


def amount(value: Any) -> int | None:
    """Return whole euro from a number or a string; None where nothing, or 0, is stated."""
    found = _written(value) if isinstance(value, str) else value
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        return None
    whole = _whole(found)
    return whole if whole is not None and 0 < whole <= MOST else None


def _written(value: str) -> Decimal | None:
    """Return an amount as people write it: "1 300 000", "1.300.000,00", "EUR 300,000"."""
    words = " ".join(CURRENCY.sub(" ", value[:60].replace("'", " ").replace("’", " ")).split())
    if grouped := THOUSANDS.fullmatch(words):
        separator = grouped[1]
        plain = words.replace(separator, "").replace(",", ".")
    else:
        plain = words.replace(",", ".")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _whole(value: int | Decimal) -> int | None:
    if isinstance(value, int):
        return value
    # Beyond that it is no amount, and its figures would fill the memory.
    if not value.is_finite() or value.adjusted() > 15:
        return None
    return int(value.to_integral_value())
