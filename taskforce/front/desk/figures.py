"""The desk's figures: who comes to meetings, what was agreed and is open, what members do."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from meetings.models import ActionPoint, Attendance, AttendanceStatus, Meeting
from taskforce.activity.models import Activity
from taskforce.core.bars import Bar, bars
from taskforce.members.models import Member, Organisation, Role

MEETINGS = 6  # the latest ones
MONTHS = 6
LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Comes:
    """An organisation, and what it did at each meeting: "present", "apologies" or ""."""

    name: str
    url: str
    at: list[str]

    @property
    def times(self) -> int:
        return self.at.count("present")


def figures(now: datetime) -> dict[str, Any]:
    """Return the figures, in as many queries however much there is."""
    today = timezone.localdate(now)
    return {
        **_attendance(),
        "agreed": _agreed(today),
        "active": _active(),
        "activity": _activity(today),
    }


def _attendance() -> dict[str, Any]:
    """Return which organisations of the taskforce came to the latest meetings."""
    held = Meeting.objects.filter(attendances__status=AttendanceStatus.PRESENT).distinct()
    meetings = [*held.order_by("-date", "-number")[:MEETINGS]][::-1]
    told = Attendance.objects.filter(
        meeting__in=meetings, status__in=(AttendanceStatus.PRESENT, AttendanceStatus.APOLOGIES)
    )
    at: dict[tuple[int, int], str] = {}
    for meeting, organisation, status in told.order_by("status").values_list(
        "meeting", "organisation", "status"
    ):
        at[meeting, organisation] = status  # apologies sort before present, which counts more
    members = Organisation.objects.in_taskforce().only("name", "slug")
    came = [
        Comes(
            one.name, one.get_absolute_url(), [at.get((each.pk, one.pk), "") for each in meetings]
        )
        for one in members
    ]
    there = [sum(one.at[place] == "present" for one in came) for place in range(len(meetings))]
    return {
        "held": meetings,
        "came": came,
        "attendance": bars(
            (f"{each.number}.", number) for each, number in zip(meetings, there, strict=True)
        ),
        "never_came": [one for one in came if meetings and not one.times],
    }


def _agreed(today: date) -> dict[str, int]:
    """Return how many action points are open, overdue, and done lately."""
    return ActionPoint.objects.aggregate(
        open=Count("pk", filter=Q(done_on=None)),
        overdue=Count("pk", filter=Q(done_on=None, due_on__lt=today)),
        done=Count("pk", filter=Q(done_on__gt=today - LATELY)),
    )


def _active() -> dict[str, int]:
    """Return how many members have logged in lately, of how many there are."""
    lately = Q(user__last_login__gt=timezone.now() - LATELY)
    return Member.objects.current().aggregate(all=Count("pk"), lately=Count("pk", filter=lately))


def _activity(today: date) -> list[Bar]:
    """Return how many members added or changed something in each of the latest months."""
    months = [_months_before(today, number) for number in range(MONTHS)][::-1]
    by_members = Activity.objects.filter(actor__memberships__role=Role.MEMBER)
    since = timezone.make_aware(datetime.combine(months[0], time()))
    counted = by_members.filter(at__gte=since).order_by().values(month=TruncMonth("at"))
    people = {
        timezone.localdate(row["month"]): row["people"]
        for row in counted.annotate(people=Count("actor", distinct=True))
    }
    return bars((date_format(month, "M"), people.get(month, 0)) for month in months)


def _months_before(day: date, number: int) -> date:
    """Return the first day of the month that lies so many months before a day's."""
    months = day.year * 12 + day.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)
