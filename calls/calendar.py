"""Deadlines of calls in people's calendars: all of them, or those that one member follows."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from calls.deadlines import clock_of, in_brussels, last_day
from calls.models import CalendarKey, Call, CallDeadline, Consortium
from calls.models.call import BRUSSELS
from taskforce.core import ical
from taskforce.members.models import Member, Viewer

signer = Signer(salt="calls.calendar")


def everybodys(viewer: Viewer) -> bytes:
    """Return the deadlines of every call as iCalendar (RFC 5545)."""
    calls = Call.objects.visible_to(viewer)
    deadlines = CallDeadline.objects.filter(call__in=calls).select_related("call")
    return _written(_event(deadline) for deadline in deadlines)


def of_member(member: Member) -> bytes:
    """Return the deadlines of what a member follows, the dates of consortia among them."""
    user = member.user
    consortia = Consortium.objects.visible_to(user).filter(follows__member=member)
    followed = Q(follows__member=member) | Q(pk__in=consortia.values("call"))
    calls = Call.objects.visible_to(user).filter(followed)
    deadlines = CallDeadline.objects.filter(call__in=calls).select_related("call")
    asking = Consortium.objects.shown_to(user).filter(follows__member=member)
    asking = asking.exclude(suggestions_by=None).select_related("call")
    return _written([*map(_event, deadlines), *map(_suggestions, asking)])


def address(member: Member) -> str:
    """Return the address of a member's own calendar, known to nobody else until it is told."""
    key = CalendarKey.objects.filter(member=member).first()
    number = key.number if key else 1
    return settings.SITE_URL + reverse("calls:own_calendar", args=[_key(member.pk, number)])


def renew(member: Member) -> None:
    """Give a member's calendar another address; the one before opens nothing any more."""
    CalendarKey.objects.get_or_create(member=member)
    CalendarKey.objects.filter(member=member).update(number=F("number") + 1)


def owner(key: str) -> Member | None:
    """Return the member whose calendar a key opens today; None where it opens none."""
    try:
        pk, number = (int(part) for part in signer.unsign(key).split("-"))
    except (BadSignature, ValueError):
        return None
    member = Member.objects.current().select_related("user").filter(pk=pk).first()
    known = CalendarKey.objects.filter(member=pk).first()
    return member if number == (known.number if known else 1) else None


def _key(pk: int, number: int) -> str:
    return signer.sign(f"{pk}-{number}")


def _event(deadline: CallDeadline) -> icalendar.Event:
    call = deadline.call
    stage = f" ({deadline.label})" if deadline.label else ""
    event = _begun(f"deadline-{deadline.pk}", call.version, call.get_absolute_url())
    with translation.override("da"):
        event.add("summary", _("Deadline: %(call)s") % {"call": f"{call}{stage}"})
    _add_time(event, deadline.passes_at)
    return event


def _suggestions(consortium: Consortium) -> icalendar.Event:
    assert consortium.suggestions_by is not None  # noqa: S101  # those that ask for none are left out
    key, url = f"suggestions-{consortium.pk}", consortium.get_absolute_url()
    event = _begun(key, consortium.version, url)
    with translation.override("da"):
        event.add("summary", _("Suggestions: %(consortium)s") % {"consortium": consortium})
    midnight = datetime.combine(consortium.suggestions_by + timedelta(days=1), time.min)
    _add_time(event, midnight.replace(tzinfo=ZoneInfo(BRUSSELS)))
    return event


def _begun(key: str, version: int, url: str) -> icalendar.Event:
    """Begin an event whose UID stays, so that calendars move it where its date moves."""
    event = icalendar.Event()
    event.add("uid", f"{key}@{settings.SITE_URL.split('//')[-1]}")
    event.add("sequence", version)
    event.add("dtstamp", timezone.now())
    event.add("url", settings.SITE_URL + url)
    return event


def _add_time(event: icalendar.Event, passes_at: datetime) -> None:
    """Put a deadline at its hour in Brussels, or on its day where it has none; it takes no time."""
    if clock_of(passes_at):
        event.add("dtstart", in_brussels(passes_at))  # without an end: it is a moment
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
