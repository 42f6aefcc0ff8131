"""Load the third meeting from the facts in `data/`, in the order in which they refer to each other.

Activity is recorded for the day on which each became public, without an author.
"""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from barriers.models import Barrier, Statement, Theme
from calls.models import Call, CallDeadline, Consortium, Partner, PartnerState
from initiatives.models import Case, CasePartner, CaseState
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Material,
    Meeting,
    Minutes,
    MinutesEntry,
    MinutesState,
)
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import NameVisibility, Organisation
from taskforce.news.models import NewsItem

DATA = Path(__file__).parent / "data"
THIRD = 3  # the number of the meeting at which all of this was shared
THERE = "already there, nothing changed"

Facts = dict[str, Any]
Entries = dict[str, MinutesEntry]  # by the keys that other facts refer to them by


def read(name: str) -> Facts:
    """Return the facts of one file in `data/`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load() -> Meeting:
    """Load everything, and return the third meeting; Refused if it exists."""
    if Meeting.objects.filter(number=THIRD).exists():
        raise Refused(THERE, already=True)
    _load_organisations()
    minutes = _load_meetings()
    entries = _load_minutes(minutes)
    _load_barriers(minutes, entries)
    _load_cases(minutes, entries)
    _load_calls(minutes)
    _load_news(minutes)
    return minutes.meeting


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def barriers(slugs: list[str]) -> models.QuerySet[Barrier]:
    return Barrier.objects.filter(slug__in=slugs)


# Organisations and meetings


def _load_organisations() -> None:
    for facts in read("organisations")["organisation"]:
        # An organisation that somebody added before stays as it is.
        Organisation.objects.get_or_create(name=facts.pop("name"), defaults=facts)


def _load_meetings() -> Minutes:
    """Load the meetings, and return the still empty minutes of the third."""
    facts = read("meetings")
    for meeting in facts["meeting"]:
        Meeting.objects.get_or_create(number=meeting.pop("number"), defaults=meeting)
    return Minutes.objects.create(
        meeting=Meeting.objects.get(number=THIRD), state=MinutesState.PUBLISHED, **facts["minutes"]
    )


# Minutes


def _load_minutes(minutes: Minutes) -> Entries:
    """Load the third meeting, keep a version of its minutes, and return its passages by key."""
    facts = read("meetings")
    for attendee in facts["attendee"]:
        _load_attendee(minutes.meeting, attendee)
    load_agenda(minutes.meeting, facts["agenda"])
    entries = load_entries(minutes, facts["entry"])
    _load_agreed(minutes.meeting, facts, entries)
    publishing.freeze(minutes, by=None, at=minutes.published_at)
    record(Verb.PUBLISHED, minutes, by=None, at=minutes.published_at)
    return entries


def _load_attendee(meeting: Meeting, facts: Facts) -> None:
    """Load somebody who was there. The published minutes name them, so the name is public."""
    Attendance.objects.create(
        meeting=meeting,
        name=facts["name"],
        name_visibility=NameVisibility.PUBLIC,
        organisation=organisation(facts["organisation"]),
        organisation_name=facts["organisation"],
        status=AttendanceStatus.PRESENT,
        online=True,
    )


def load_agenda(meeting: Meeting, items: list[Facts]) -> None:
    """Load an agenda, in order. The attendances must exist: items name who is responsible."""
    for order, facts in enumerate(items, start=1):
        responsible = meeting.attendances.filter(name=facts.pop("responsible", "")).first()
        AgendaItem.objects.create(meeting=meeting, order=order, responsible=responsible, **facts)


def load_entries(minutes: Minutes, passages: list[Facts]) -> Entries:
    """Load the passages of minutes, in order, under the agenda items whose number they name."""
    meeting, entries = minutes.meeting, {}
    for order, facts in enumerate(passages, start=1):
        speaker = facts.get("speaker", "")
        entries[facts["key"]] = MinutesEntry.objects.create(
            minutes=minutes,
            order=order,
            agenda_item=meeting.agenda.get(order=facts["agenda"]),
            speaker=meeting.attendances.filter(organisation_name=speaker).first(),
            heading=facts.get("heading", ""),
            text=facts["text"].strip(),
        )
    return entries


def _load_agreed(meeting: Meeting, facts: Facts, entries: Entries) -> None:
    for point in facts["action_point"]:
        entry = entries[point.pop("entry")]
        ActionPoint.objects.create(meeting=meeting, entry=entry, **point)
    for material in facts["material"]:
        Material.objects.create(meeting=meeting, **material)


# Barriers


def _load_barriers(minutes: Minutes, entries: Entries) -> None:
    meeting = minutes.meeting
    for facts in read("barriers")["barrier"]:
        statements = facts.pop("statements")
        theme, _created = Theme.objects.get_or_create(name=facts.pop("theme"))
        raised_by = organisation(facts.pop("raised_by"))
        barrier = Barrier.objects.create(
            theme=theme, raised_by=raised_by, raised_at=meeting, raised_on=meeting.date, **facts
        )
        record(Verb.ADDED, barrier, by=None, at=minutes.published_at)
        for statement in statements:
            _load_statement(barrier, statement, entries, made_on=meeting.date)


def _load_statement(barrier: Barrier, facts: Facts, entries: Entries, *, made_on: date) -> None:
    Statement.objects.create(
        barrier=barrier,
        organisation=organisation(facts["organisation"]),
        entry=entries[facts["entry"]],
        text=facts["text"],
        made_on=made_on,
    )


# Cases and calls


def _load_cases(minutes: Minutes, entries: Entries) -> None:
    for facts in read("cases")["case"]:
        partners, answers = facts.pop("partners"), facts.pop("barriers")
        case = Case.objects.create(
            written_by=organisation(facts.pop("written_by")),
            entry=entries[facts.pop("entry")],
            state=CaseState.PUBLISHED,
            published_at=minutes.published_at,
            # Published minutes tell of it already, so the permission is as old as they are.
            permission_at=minutes.published_at,
            **facts,
        )
        case.barriers.set(barriers(answers))
        load_case_partners(case, partners)
        record(Verb.PUBLISHED, case, by=None, at=minutes.published_at)


def load_case_partners(case: Case, partners: list[Facts]) -> None:
    for facts in partners:
        partner = organisation(facts.pop("organisation"))
        CasePartner.objects.create(case=case, organisation=partner, **facts)


def _load_calls(minutes: Minutes) -> None:
    for facts in read("calls")["call"]:
        deadline, consortia = facts.pop("deadline"), facts.pop("consortia")
        helps_with = facts.pop("barriers")
        call = Call.objects.create(shared_at=minutes.meeting, **facts)
        call.barriers.set(barriers(helps_with))
        CallDeadline.objects.create(call=call, **deadline)
        for consortium in consortia:
            load_consortium(call, consortium)
        record(Verb.ADDED, call, by=None, at=minutes.published_at)


def load_consortium(call: Call, facts: Facts) -> Consortium:
    """Load a consortium with its partners, who are confirmed unless the facts say otherwise."""
    partners, lead = facts.pop("partners"), organisation(facts.pop("lead"))
    consortium = Consortium.objects.create(call=call, lead=lead, **facts)
    for partner in partners:
        named = partner.pop("organisation", None)
        Partner.objects.create(
            consortium=consortium,
            organisation=organisation(named) if named else None,
            **{"state": PartnerState.CONFIRMED, **partner},
        )
    return consortium


# News


def _load_news(minutes: Minutes) -> None:
    for facts in read("news")["news"]:
        item = NewsItem.objects.create(shared_at=minutes.meeting, **facts)
        at = _noon(item.source_date) if item.source_date else minutes.published_at
        record(Verb.PUBLISHED, item, by=None, at=at)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
