"""Days and times as people write them: "1. marts 2027", "1/3-27", "kl. 9.30", "0930".

A browser with a calendar of its own sends 2027-03-01; where a field is plain text, people type.
"""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

# Nothing here is planned or told of other days; calendars and sheets write no year of five digits.
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)

MONTHS = (
    *(("januar", "january"), ("februar", "february"), ("marts", "march"), ("april",)),
    *(("maj", "may"), ("juni", "june"), ("juli", "july"), ("august",), ("september",)),
    *(("oktober", "october"), ("november",), ("december",)),
)
WEEKDAYS = (
    *("man(?:dag)?|mon(?:day)?", "tirs(?:dag)?|tues?(?:day)?", "ons(?:dag)?|wed(?:nesday)?"),
    *("tors(?:dag)?|thu(?:rs)?(?:day)?", "fre(?:dag)?|fri(?:day)?"),
    *("lør(?:dag)?|sat(?:urday)?", "søn(?:dag)?|sun(?:day)?"),
)
WEEKDAY = re.compile(
    rf"^(?:(?:{'|'.join(f'({names})' for names in WEEKDAYS)})\.?,?\s+)?(?:den\s+|d\.\s*)?",
    re.IGNORECASE,
)
ISO = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
IN_FIGURES = re.compile(r"([0-9]{1,2})\s?[-./]\s?([0-9]{1,2})\s?[-./ ]\s?([0-9]{4}|[0-9]{2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:\.|st|nd|rd|th)?\s?([^\W\d_]{3,9})\.?,?\s?([0-9]{4})")
MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
CLOCK = r"([0-9]{1,2})(?:\s?[.:]\s?([0-9]{2})(?:[.:]([0-9]{2})(?:\.0+)?)?)?|([0-9]{1,2})([0-9]{2})"
AT = r"(?:kl|klokken|at)\b\.?\s*"
TIME = re.compile(rf"(?:{AT})?(?:{CLOCK})", re.IGNORECASE)
# An hour alone is one only behind "kl.": "1/3 20 17" is no day of 2020.
MOMENT = re.compile(
    rf"(.+?)(?:T|,?\s+)({AT}[0-9].*|[0-9]{{1,2}}[.:]?[0-9]{{2}}[.:0-9]*)", re.IGNORECASE
)
LONGEST = 60  # characters


class WeekdayError(ValueError):
    """The day is of another weekday than the one that was typed."""

    def __init__(self, day: date) -> None:
        self.day = day


def parse_day(typed: str) -> date:
    """Return the day that was typed; raises ValueError. The day comes before the month."""
    words = " ".join(typed[: LONGEST + 1].split())
    named = WEEKDAY.match(words)
    day = _parse_date(words[named.end() :] if named else words)
    if named and named.lastindex and named.lastindex != day.isoweekday():
        raise WeekdayError(day)
    return day


def _parse_date(words: str) -> date:
    if found := ISO.fullmatch(words):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := IN_FIGURES.fullmatch(words):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if found := DAY_FIRST.fullmatch(words):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := MONTH_FIRST.fullmatch(words):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    raise ValueError(words)


def parse_month(typed: str) -> date:
    """Return the first day of the month that was typed: "2027-03", "marts 2027", "3/2027"."""
    words = " ".join(typed[: LONGEST + 1].split())
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})", words):
        return date(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"([0-9]{1,2})[-./]([0-9]{4})", words):
        return date(int(found[2]), int(found[1]), 1)
    if found := re.fullmatch(r"([^\W\d_]{3,9})\.? ([0-9]{4})", words):
        return date(int(found[2]), _month(found[1]), 1)
    raise ValueError(words)


def _year(figures: str) -> int:
    """Return a year; "95" could be of either century that days may lie in."""
    if len(figures) == 2 and int(figures) >= FIRST.year % 100:
        raise ValueError(figures)
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _month(word: str) -> int:
    """Return the number of a month, which may be shortened to three letters or more."""
    wanted = word.lower()
    for number, names in enumerate(MONTHS, 1):
        if any(name.startswith(wanted) for name in names):
            return number
    raise ValueError(word)


def parse_clock(typed: str) -> time:
    """Return the time that was typed; raises ValueError."""
    found = TIME.fullmatch(" ".join(typed[: LONGEST + 1].split()))
    if found is None:
        raise ValueError(typed)
    hour, minute, second, hour_alone, minute_behind = found.groups()
    return time(int(hour or hour_alone), int(minute or minute_behind or 0), int(second or 0))


def parse_moment(typed: str) -> datetime:
    """Return the day and time that were typed, without a zone; raises ValueError."""
    found = MOMENT.fullmatch(" ".join(typed[: LONGEST + 1].split()))
    if found is None:
        raise ValueError(typed)
    return datetime.combine(parse_day(found[1]), parse_clock(found[2]))


def in_reach(day: date) -> date:
    """Return a day; raises ValidationError where it is too far from today to be meant."""
    if FIRST <= day <= LAST:
        return day
    words = {"first": date_format(FIRST), "last": date_format(LAST)}
    raise ValidationError(_("Choose a day between %(first)s and %(last)s."), "out_of_reach", words)


def in_denmark(moment: datetime) -> datetime:
    """Return a moment of Danish clocks; raises ValidationError where they are changed."""
    try:
        return from_current_timezone(moment)
    except ValidationError:
        words = _("Clocks are changed in that hour. Choose a time before or after it.")
        raise ValidationError(words, "clock_change") from None


def unread(error: ValueError, sentence: StrOrPromise) -> ValidationError:
    """Return what to say of a day that was not read: the sentence, or its weekday."""
    if not isinstance(error, WeekdayError):
        return ValidationError(sentence, "invalid")
    words = {"day": date_format(error.day), "weekday": date_format(error.day, "l")}
    told = _("%(day)s is a %(weekday)s. Write the day again, or leave out the weekday.")
    return ValidationError(told, "weekday", words)


class DayField(forms.DateField):
    """A day, chosen or typed as people write it."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": _("This is no day that we can read. Write it like 1.3.2027 or 1. marts 2027."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            found = parse_day(str(value))
        except ValueError as error:
            raise unread(error, self.error_messages["invalid"]) from None
        return in_reach(found)


class ClockField(forms.TimeField):
    """A time of day, chosen or typed as people write it."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    default_error_messages = {
        "invalid": _("This is no time that we can read. Write it like 9.30."),
    }

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, time):
            return value
        try:
            return parse_clock(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], "invalid") from None


class MomentField(forms.DateTimeField):
    """A day and a time in Denmark, chosen or typed as people write them."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {
        "invalid": _("Write the day and the time, like 1.3.2027 kl. 9.30."),
    }

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or not str(value).strip():
            return None
        if isinstance(value, datetime):
            return in_denmark(value)
        try:
            found = parse_moment(str(value))
        except ValueError as error:
            raise unread(error, self.error_messages["invalid"]) from None
        in_reach(found.date())
        return in_denmark(found)
