"""When the newsletter goes: on Tuesdays at 8 in Copenhagen, as digests do by themselves."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from taskforce.following.digests import HERE, SETTLED
from taskforce.following.models import Newsletter, Weekday

HOUR = time(8)
WEEK = timedelta(days=7)


def moment(day: date) -> datetime:
    return datetime.combine(day, HOUR, HERE).astimezone(ZoneInfo("UTC"))


def latest(now: datetime) -> date:
    """Return the latest Tuesday whose hour has come."""
    today = now.astimezone(HERE).date()
    day = today - timedelta(days=(today.weekday() - Weekday.TUESDAY) % 7)
    return day if moment(day) <= now else day - WEEK


def goes_on(letter: Newsletter, now: datetime) -> date:
    """Return the day on which the next newsletter goes."""
    day = latest(now) + WEEK
    while letter.not_before and day < letter.not_before:
        day += WEEK
    return day


def is_skipped(letter: Newsletter, now: datetime) -> bool:
    return goes_on(letter, now) > latest(now) + WEEK


def is_due(letter: Newsletter, now: datetime) -> bool:
    """Tell whether it is to be sent now, also where the worker was away at its hour."""
    day = latest(now)
    is_over = letter.begins_at < moment(day) - SETTLED
    return is_over and (letter.not_before is None or letter.not_before <= day)
