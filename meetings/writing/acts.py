"""Write minutes: begin them, save passages, outcomes and action points, mark who is there.

Every act locks the minutes first, so that nothing is written once a review or a publication began.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    Purpose,
    RoundTableNews,
)
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.core.danish import spelling
from taskforce.core.rich_text import as_html
from taskforce.members.models import Member, Organisation

Marks = dict[int, str]  # "room", "online", "apologies" or "" (not there), by key of attendance


def locked_draft(minutes: Minutes) -> Minutes:
    """Lock minutes and return them; refuses where they are no draft."""
    locked = Minutes.objects.select_for_update().select_related("meeting").get(pk=minutes.pk)
    must_be_draft(locked)
    return locked


def must_be_draft(minutes: Minutes) -> None:
    if minutes.state == MinutesState.IN_REVIEW:
        raise Refused(_("The minutes are in review. What must change is proposed there."))
    if minutes.state == MinutesState.PUBLISHED:
        raise Refused(_("The minutes are published. What was wrong is mended by a correction."))


# Beginning


@transaction.atomic
def begin(*, meeting: Meeting, by: Member) -> Minutes:
    """Begin the minutes of a meeting, once, with a passage for each item and each news."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state == MeetingState.CANCELLED:
        raise Refused(_("The meeting is cancelled, so there is nothing to write down."))
    if Minutes.objects.filter(meeting=locked).exists():
        raise Refused(_("The minutes are begun. Only the secretariat sees them."), already=True)
    _name_organisations(locked)
    minutes = Minutes.objects.create(meeting=locked)
    for order, passage in enumerate(_first_passages(locked), start=1):
        MinutesEntry.objects.create(minutes=minutes, order=order, **passage)
    record(Verb.ADDED, minutes, by=by.user)
    return minutes


def _name_organisations(meeting: Meeting) -> None:
    """Keep the organisations' names of today: the invitation may hold older ones."""
    name = Organisation.objects.filter(pk=OuterRef("organisation")).values("name")
    known = meeting.attendances.filter(organisation__isnull=False)
    known.update(organisation_name=Subquery(name))


def _first_passages(meeting: Meeting) -> Iterator[dict[str, Any]]:
    """Yield a passage for each agenda item, and one for the news of each organisation."""
    there = [*meeting.attendances.exclude(status=AttendanceStatus.APOLOGIES)]
    news = [*meeting.round_table.select_related("organisation")]
    of_news = [_passage_of(one, _speaker(one, there)) for one in news]
    for item in meeting.agenda.all():
        if item.purpose == Purpose.ROUND_TABLE and of_news:
            yield from ({"agenda_item": item, **passage} for passage in of_news)
            of_news = []
        elif item.purpose == Purpose.SINCE_LAST:
            yield {"agenda_item": item, "text": as_html(item.details)}
        else:
            yield {"agenda_item": item}
    # Without a round table on the agenda the news still belong in the minutes.
    yield from of_news


def _passage_of(news: RoundTableNews, speaker: Attendance | None) -> dict[str, Any]:
    heading = "" if speaker else news.organisation.name
    return {"speaker": speaker, "heading": heading, "text": news.text}


def _speaker(news: RoundTableNews, there: list[Attendance]) -> Attendance | None:
    """Return who most likely tells an organisation's news: present, the author, or coming."""

    def likelihood(row: Attendance) -> tuple[bool, bool, bool]:
        wrote = row.member_id is not None and row.member_id == news.written_by_id
        return (
            row.status == AttendanceStatus.PRESENT,
            wrote,
            row.status == AttendanceStatus.COMING,
        )

    own = [row for row in there if row.organisation_id == news.organisation_id]
    return max(own, key=likelihood, default=None)


# Passages


@transaction.atomic
def save_passage(*, form: Any) -> MinutesEntry:
    """Save a passage; raises Conflict if somebody else saved it first, Http404 if it is gone."""
    locked_draft(form.instance.minutes)
    entry: MinutesEntry = form.save_current()
    return entry


@transaction.atomic
def add_passage(*, minutes: Minutes, item: AgendaItem | None) -> MinutesEntry:
    """Add an empty passage behind the last one of its agenda item."""
    locked = locked_draft(minutes)
    order = _next_order(locked, item)
    locked.entries.filter(order__gte=order).update(order=F("order") + 1)
    return MinutesEntry.objects.create(minutes=locked, agenda_item=item, order=order)


def _next_order(minutes: Minutes, item: AgendaItem | None) -> int:
    """Return the order behind an item's own passages, or else behind those of items before it."""
    entries = minutes.entries.all()
    if item is not None:
        own = entries.filter(agenda_item=item)
        earlier = entries.filter(agenda_item__order__lt=item.order)
        entries = own if own.exists() else earlier
    return (entries.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def remove_passage(*, entry: MinutesEntry) -> MinutesEntry:
    """Remove a passage; refuses where it has text or another row refers to it."""
    locked_draft(entry.minutes)
    current = get_object_or_404(MinutesEntry.objects.select_for_update(), pk=entry.pk)
    if current.text.strip():
        raise Refused(_("There is text in this passage. Empty it first."))
    if is_referred_to(current):
        raise Refused(
            _("A statement or an action point belongs to this passage. Remove that first.")
        )
    current.delete()
    return current


def is_referred_to(row: models.Model) -> bool:
    """Tell whether any other row has a foreign key to this one, on whichever floor."""
    reverse: Iterable[Any] = (
        relation
        for relation in row._meta.related_objects
        if relation.one_to_many or relation.one_to_one
    )
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in reverse
    )


# Outcomes and action points


@transaction.atomic
def set_outcome(*, minutes: Minutes, item: AgendaItem, form: Any) -> Outcome:
    """Save what came of an item, and return it: without a key where it has no outcome any more.

    Raises Conflict if somebody else set another outcome first.
    """
    locked = locked_draft(minutes)
    current = Outcome.objects.filter(agenda_item=item).first()
    form.must_be_current(current)
    outcome: Outcome = form.instance
    if form.cleaned_data["kind"]:
        outcome.minutes, outcome.agenda_item = locked, item
        form.save()
    elif current:
        current.delete()
        outcome.pk = None
    return outcome


@transaction.atomic
def add_action_point(*, minutes: Minutes, form: Any) -> ActionPoint:
    """Add an action point to the meeting; what is sent twice is added once."""
    locked = locked_draft(minutes)
    form.instance.meeting = locked.meeting
    same = ActionPoint.objects.filter(
        meeting=locked.meeting,
        **{name: form.cleaned_data[name] for name in ("entry", "what", "organisation", "owner")},
        due_on=form.cleaned_data["due_on"],
    ).first()
    point: ActionPoint = same or form.save()
    return point


@transaction.atomic
def change_action_point(*, minutes: Minutes, form: Any) -> ActionPoint:
    """Change an action point; raises Conflict if somebody else changed it first."""
    locked_draft(minutes)
    form.must_be_current(get_object_or_404(ActionPoint, pk=form.instance.pk))
    point: ActionPoint = form.save()
    return point


@transaction.atomic
def remove_action_point(*, minutes: Minutes, point: ActionPoint) -> ActionPoint:
    """Remove an action point that was not agreed after all."""
    locked_draft(minutes)
    point.delete()
    return point


# Attendance


@transaction.atomic
def mark_attendance(*, minutes: Minutes, marks: Marks) -> list[Attendance]:
    """Mark who is there, and return these rows as they are now: who spoke stays present."""
    locked = locked_draft(minutes)
    spoke = {row.pk: row for row in speakers_marked_absent(locked, marks)}
    marked = save_marks(locked, {pk: marks[pk] for pk in marks if pk not in spoke})
    return [*marked, *spoke.values()]


def speakers_marked_absent(minutes: Minutes, marks: Marks) -> list[Attendance]:
    """Return those who spoke at the meeting, though the marks say that they were not there."""
    absent = [pk for pk, mark in marks.items() if mark in ("", "apologies")]
    spoke = minutes.entries.filter(speaker__in=absent).values("speaker")
    return [*minutes.meeting.attendances.filter(pk__in=spoke)]


def save_marks(minutes: Minutes, marks: Marks) -> list[Attendance]:
    """Save who is there, in minutes that the caller has locked."""
    rows = [*minutes.meeting.attendances.select_for_update().filter(pk__in=marks)]
    for row in rows:
        row.status = _status(row, marks[row.pk])
        row.online = marks[row.pk] == "online"
        row.save(update_fields=["online", "status"])
    return rows


def _status(row: Attendance, mark: str) -> AttendanceStatus:
    if mark == "apologies":
        return AttendanceStatus.APOLOGIES
    if mark:
        return AttendanceStatus.PRESENT
    # Marked by mistake: back to what they were before, as far as it is kept.
    said_yes = row.status == AttendanceStatus.PRESENT and row.answered_at
    return AttendanceStatus.COMING if said_yes else AttendanceStatus.INVITED


@transaction.atomic
def mark_expected(*, minutes: Minutes) -> int:
    """Mark everybody as present who said that they would come; returns how many."""
    coming = locked_draft(minutes).meeting.attendances.filter(status=AttendanceStatus.COMING)
    return coming.update(status=AttendanceStatus.PRESENT)


@transaction.atomic
def add_guest(*, minutes: Minutes, form: Any) -> Attendance:
    """Add somebody who came late or uninvited; refuses who is on the list already."""
    locked = locked_draft(minutes)
    if is_listed(locked, form.instance):
        raise Refused(
            _("This person is on the list already. Tick them there."),
            field="name",
        )
    return save_guest(locked, form.instance)


def is_listed(minutes: Minutes, guest: Attendance) -> bool:
    """Tell whether somebody is on the meeting's list: the same member, or the same names."""
    listed = minutes.meeting.attendances
    if guest.member and listed.filter(member=guest.member).exists():
        return True
    names = {(spelling(row.name), spelling(row.organisation_name)) for row in listed.all()}
    return (spelling(guest.name), spelling(guest.organisation_name)) in names


def save_guest(minutes: Minutes, guest: Attendance) -> Attendance:
    """Save somebody as present, in minutes that the caller has locked."""
    guest.meeting, guest.status = minutes.meeting, AttendanceStatus.PRESENT
    guest.save()
    return guest


@transaction.atomic
def remove_guest(*, minutes: Minutes, attendance: Attendance) -> Attendance:
    """Remove who is on the list by mistake; refuses members, who were invited, and speakers."""
    locked = locked_draft(minutes)
    if attendance.member_id or locked.entries.filter(speaker=attendance).exists():
        raise Refused(_("Members, and those who spoke, stay on the list."))
    attendance.delete()
    return attendance
