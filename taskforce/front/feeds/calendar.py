"""What has a day or an hour, of everything, of one thing or of a list, as iCalendar (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from barriers.models import Barrier, PrioritisationRound, Statement, Theme
from calls.calendar.feeds import deadline_event
from calls.models import Call, CallDeadline
from initiatives.models import Initiative, Milestone
from meetings.calendar.ical import event as meeting_event
from meetings.models import AgendaItem, Meeting
from taskforce.core import ical
from taskforce.core.text import clean
from taskforce.following import things
from taskforce.front.feeds.happenings import LISTINGS, STRANGER, listed

WITH_DAYS: tuple[Any, ...] = (Meeting, Barrier, Initiative, Call)
AT_WORK = (Barrier, Initiative)  # what initiatives are about, and themselves


def asked_for(request: HttpRequest) -> bytes | None:
    """Return the calendar of an address; None where there is no such thing, or it has no days."""
    if token := request.GET.get("ting"):
        thing: Any = things.found(token, STRANGER)
        if isinstance(thing, Theme):
            rows = Barrier.objects.visible_to(STRANGER).filter(theme=thing)
            return _written(str(thing), Barrier, {*rows.values_list("pk", flat=True)})
        return _written(str(thing), type(thing), {thing.pk}) if type(thing) in WITH_DAYS else None
    if name := request.GET.get("liste"):
        listing = LISTINGS.get(name)
        if listing is None or listing.model not in WITH_DAYS:
            return None
        return _written(str(listing.title), listing.model, listed(listing, request))
    return _of_everything()


def _of_everything() -> bytes:
    rows = {model: model.objects.visible_to(STRANGER) for model in WITH_DAYS}
    keys = {model: {*some.values_list("pk", flat=True)} for model, some in rows.items()}
    return _made("", (event for model in WITH_DAYS for event in _events(model, keys[model])))


def _written(title: str, model: type[Model], keys: set[int]) -> bytes:
    return _made(title, _events(model, keys))


def _made(title: str, events: Iterable[icalendar.Event]) -> bytes:
    """Return the events, each once, in Danish as their titles are."""
    made = ical.begin()
    name = " ".join(clean(title).split())  # the library escapes no line break in a name
    made.add("x-wr-calname", f"{name} · {ical.PORTAL}" if name else ical.PORTAL)
    with translation.override("da"):
        for event in {str(each["uid"]): each for each in events}.values():
            made.add_component(event)
    return ical.write(made)


def _events(model: type[Model], keys: set[int]) -> Iterator[icalendar.Event]:
    """Yield what touches some rows of a model, as far as strangers may read it."""
    initiatives = Initiative.objects.visible_to(STRANGER).under_way()
    related = "barriers__in" if model is Barrier else "pk__in"
    found = initiatives.filter(**{related: keys}) if model in AT_WORK else initiatives.none()
    at_work = {*found.values_list("pk", flat=True)}
    yield from map(meeting_event, _meetings(model, keys))
    if model is Barrier:
        rounds = PrioritisationRound.objects.visible_to(STRANGER).filter(voided_at=None)
        yield from map(_round, rounds.filter(barriers__in=keys).distinct())
    yield from map(_due, initiatives.filter(pk__in=at_work).exclude(due_on=None))
    milestones = Milestone.objects.filter(initiative__in=at_work).select_related("initiative")
    yield from map(_milestone, milestones)
    yield from map(deadline_event, _deadlines(model, keys, at_work))


def _meetings(model: type[Model], keys: set[int]) -> Iterable[Meeting]:
    """Return the meetings themselves, or those that were or will be about some rows."""
    meetings = Meeting.objects.visible_to(STRANGER).with_a_day()
    if model is Meeting:
        return meetings.filter(pk__in=keys)
    kind = ContentType.objects.get_for_model(model)
    about = AgendaItem.objects.visible_to(STRANGER).filter(about_type=kind, about_id__in=keys)
    touching = Q(pk__in=about.order_by().values("meeting"))
    if model is Barrier:
        said = Statement.objects.visible_to(STRANGER).filter(barrier__in=keys).order_by()
        touching |= Q(barriers__in=keys) | Q(pk__in=said.values("meeting"))
        touching |= Q(pk__in=said.values("entry__minutes__meeting"))
    return meetings.filter(touching).distinct()


def _deadlines(model: type[Model], keys: set[int], at_work: set[int]) -> Iterable[CallDeadline]:
    calls = Call.objects.visible_to(STRANGER)
    touching = Q(initiatives__in=at_work)
    if model is Call:
        touching = Q(pk__in=keys)
    elif model is Barrier:
        touching |= Q(barriers__in=keys)
    found = calls.filter(touching).order_by().values("pk")
    return CallDeadline.objects.filter(call__in=found).select_related("call")


def _round(asked: PrioritisationRound) -> icalendar.Event:
    """Return a round from when it opened until it closes, or was counted."""
    event = ical.event(f"round-{asked.pk}", asked.version, asked.get_absolute_url())
    event.add("summary", f"{_('Prioritisation')}: {clean(str(asked))}")
    for name, moment in (
        ("dtstart", asked.opened_at or asked.opens_at),
        ("dtend", asked.closed_at or asked.closes_at),
    ):
        event.add(name, _local(moment))
    event.add("transp", "TRANSPARENT")
    return event


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(microsecond=0)


def _due(initiative: Initiative) -> icalendar.Event:
    words = _("To be done: %(initiative)s") % {"initiative": initiative}
    return _of_a_day(f"initiative-{initiative.pk}", initiative, words, initiative.due_on)


def _milestone(milestone: Milestone) -> icalendar.Event:
    words = f"{milestone}: {milestone.initiative}"
    return _of_a_day(f"milestone-{milestone.pk}", milestone.initiative, words, milestone.due_on)


def _of_a_day(key: str, initiative: Initiative, words: str, day: date | None) -> icalendar.Event:
    assert day is not None  # noqa: S101  # those without a day are left out
    event = ical.event(key, initiative.version, initiative.get_absolute_url())
    event.add("summary", clean(words))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event
