"""When time itself changes a public page: at midnight, a deadline, a round's hours, a meeting's."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from barriers.models import PrioritisationRound
from calls.models import Call, CallDeadline
from calls.models.call import BRUSSELS
from meetings.models import Meeting
from taskforce.news.models import NewsItem
from taskforce.open_data import rows as open_data
from taskforce.open_data.models import Checked


def next_after(now: datetime) -> datetime:
    """Return the next moment at which any public page changes though nobody changed anything.

    Takes a constant number of queries. Days begin here and in Brussels, where those of calls do.
    """
    return min(moment for moment in _ahead(now) if moment > now)


def _ahead(now: datetime) -> Iterator[datetime]:
    yield _midnight(now, timezone.get_default_timezone())
    yield _midnight(now, ZoneInfo(BRUSSELS))
    # What was published since the last look at open data stands there from the next look on.
    looks = Checked.objects.filter(at__gt=now - open_data.HOLDS).order_by("at")
    yield from (at + open_data.HOLDS for at in looks.values_list("at", flat=True)[:1])
    for rows, field in (
        (CallDeadline.objects.all(), "passes_at"),
        (Call.objects.all(), "closes_at"),
        (PrioritisationRound.objects.all(), "opens_at"),
        (PrioritisationRound.objects.all(), "closes_at"),
        (NewsItem.objects.all(), "publish_at"),
    ):
        found = rows.filter(**{f"{field}__gt": now}).order_by(field)
        yield from found.values_list(field, flat=True)[:1]
    today = timezone.localdate(now)
    for hours in Meeting.objects.filter(date=today).values_list("starts", "ends"):
        for clock in filter(None, hours):
            yield timezone.make_aware(datetime.combine(today, clock))


def _midnight(now: datetime, zone: tzinfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)
