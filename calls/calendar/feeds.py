"""Deadlines as iCalendar (RFC 5545): of all calls, or of what one member follows."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from calls.deadlines import clock_of, in_brussels, last_day
from calls.models import Call, CallDeadline, Consortium
from calls.models.call import BRUSSELS
from taskforce.core import ical
from taskforce.following.things import followed_keys
from taskforce.members.models import Member


def deadlines_of(calls: QuerySet[Call]) -> bytes:
    """Return the deadlines of some calls."""
    deadlines = CallDeadline.objects.filter(call__in=calls).select_related("call")
    return _written(map(deadline_event, deadlines))


def followed_by(member: Member) -> bytes:
    """Return the deadlines of what a member follows, with the dates that consortia set."""
    user = member.user
    followed_ones = followed_keys(user, Consortium)
    consortia = Consortium.objects.visible_to(user).filter(pk__in=followed_ones)
    followed = Q(pk__in=followed_keys(user, Call)) | Q(pk__in=consortia.values("call"))
    calls = Call.objects.visible_to(user).filter(followed)
    deadlines = CallDeadline.objects.filter(call__in=calls).select_related("call")
    asking = Consortium.objects.shown_to(user).forming().filter(pk__in=followed_ones)
    asking = asking.exclude(suggestions_by=None).select_related("call")
    return _written([*map(deadline_event, deadlines), *map(_suggestions, asking)])


def deadline_event(deadline: CallDeadline) -> icalendar.Event:
    call = deadline.call
    stage = f" ({deadline.label})" if deadline.label else ""
    event = ical.event(f"deadline-{deadline.pk}", call.version, call.get_absolute_url())
    with translation.override("da"):
        event.add("summary", _("Deadline: %(call)s") % {"call": f"{call}{stage}"})
    _add_time(event, deadline.passes_at)
    return event


def _suggestions(consortium: Consortium) -> icalendar.Event:
    assert consortium.suggestions_by is not None  # noqa: S101  # those that ask for none are left out
    key, url = f"suggestions-{consortium.pk}", consortium.get_absolute_url()
    event = ical.event(key, consortium.version, url)
    with translation.override("da"):
        event.add("summary", _("Suggestions: %(consortium)s") % {"consortium": consortium})
    midnight = datetime.combine(consortium.suggestions_by + timedelta(days=1), time.min)
    _add_time(event, midnight.replace(tzinfo=ZoneInfo(BRUSSELS)))
    return event


def _add_time(event: icalendar.Event, passes_at: datetime) -> None:
    """Set an event at the hour in Brussels, or on the day where a deadline has no hour."""
    if clock_of(passes_at):
        event.add("dtstart", in_brussels(passes_at))  # no end: a deadline takes no time
    else:
        event.add("dtstart", last_day(passes_at))
        event.add("dtend", last_day(passes_at) + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _written(events: Iterable[icalendar.Event]) -> bytes:
    found = ical.begin()
    with translation.override("da"):
        found.add("x-wr-calname", _("EU deadlines"))
    for event in events:
        found.add_component(event)
    return ical.write(found)
