"""A call with one deadline, and the time before it to move to."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from calls.models import Call, Consortium
from taskforce.following import acts
from taskforce.following.models import Follow
from taskforce.following.things import named
from taskforce.members.models import Member
from tests.outbox import sent

BRUSSELS = ZoneInfo("Europe/Brussels")
DEADLINE = date(2030, 5, 15)


def move(time_machine: Any, days: int, *, at: time = time(8)) -> datetime:
    """Go to so many days before the deadline, in Brussels; return the moment."""
    now = datetime.combine(DEADLINE - timedelta(days=days), at, BRUSSELS)
    time_machine.move_to(now, tick=False)
    return now


def subjects() -> list[str]:
    """Return the subject of each mail, and empty the outbox."""
    return [subject for _address, subject in sent()]


def follow(*, followed: Call | Consortium, member: Member) -> Follow:
    return acts.follow(reader=member.user, **named(followed))


def unfollow(*, followed: Call | Consortium, member: Member) -> None:
    acts.unfollow(reader=member.user, **named(followed))
