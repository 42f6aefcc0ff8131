"""Take minutes: begin them, write passages, outcomes and action points, tick who is there.

Every act takes the lock of the minutes first: none can slip in behind a review or a publication.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import F, Max, OuterRef, Subquery
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
from taskforce.core.rich_text import as_html
from taskforce.members.models import Member, Organisation


class NotTakenError(Exception):
    """Raised where minutes cannot be written now; its text is for the reader."""


def locked_draft(minutes: Minutes) -> Minutes:
    """Lock minutes that are a draft, or say why nobody writes in them now."""
    locked = Minutes.objects.select_for_update().select_related("meeting").get(pk=minutes.pk)
    must_be_draft(locked)
    return locked


def must_be_draft(minutes: Minutes) -> None:
    if minutes.state == MinutesState.IN_REVIEW:
        raise NotTakenError(_("The minutes are in review. What must change is proposed there."))
    if minutes.state == MinutesState.PUBLISHED:
        raise NotTakenError(
            _("The minutes are published. What was wrong is mended by a correction.")
        )


# Beginning


@transaction.atomic
def begin(*, meeting: Meeting, by: Member) -> bool:
    """Begin the minutes of a meeting; False where somebody has begun them already."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.state == MeetingState.CANCELLED:
        raise NotTakenError(_("The meeting is cancelled, so there is nothing to write down."))
    if Minutes.objects.filter(meeting=locked).exists():
        return False
    _name_organisations(locked)
    minutes = Minutes.objects.create(meeting=locked)
    for order, passage in enumerate(_first_passages(locked), start=1):
        MinutesEntry.objects.create(minutes=minutes, order=order, **passage)
    record(Verb.ADDED, minutes, by=by.user)
    return True


def _name_organisations(meeting: Meeting) -> None:
    """Keep the organisations' names as they are now: they may be others than when we invited."""
    name = Organisation.objects.filter(pk=OuterRef("organisation")).values("name")
    known = meeting.attendances.filter(organisation__isnull=False)
    known.update(organisation_name=Subquery(name))


def _first_passages(meeting: Meeting) -> Iterator[dict[str, Any]]:
    """Yield a passage for each agenda item, and one for what each organisation brought."""
    there = [*meeting.attendances.exclude(status=AttendanceStatus.APOLOGIES)]
    news = [*meeting.round_table.select_related("organisation")]
    told = [_told(one, _speaker(one, there)) for one in news]
    for item in meeting.agenda.all():
        if item.purpose == Purpose.ROUND_TABLE and told:
            yield from ({"agenda_item": item, **passage} for passage in told)
            told = []
        elif item.purpose == Purpose.SINCE_LAST:
            yield {"agenda_item": item, "text": as_html(item.details)}
        else:
            yield {"agenda_item": item}
    # Without a round table on the agenda the news still belong in the minutes.
    yield from told


def _told(news: RoundTableNews, speaker: Attendance | None) -> dict[str, Any]:
    heading = "" if speaker else news.organisation.name
    return {"speaker": speaker, "heading": heading, "text": news.text}


def _speaker(news: RoundTableNews, there: list[Attendance]) -> Attendance | None:
    """Return who tells an organisation's news: whoever is there, and best who wrote them."""

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
def write(*, form: Any) -> bool:
    """Save a passage; False where somebody else saved it meanwhile."""
    locked_draft(form.instance.minutes)
    saved: bool = form.save_unless_changed()
    return saved


@transaction.atomic
def add_passage(*, minutes: Minutes, item: AgendaItem | None) -> MinutesEntry:
    """Add an empty passage behind the last one of its agenda item."""
    locked = locked_draft(minutes)
    order = _place(locked, item)
    locked.entries.filter(order__gte=order).update(order=F("order") + 1)
    return MinutesEntry.objects.create(minutes=locked, agenda_item=item, order=order)


def _place(minutes: Minutes, item: AgendaItem | None) -> int:
    """Return where an item's next passage stands: behind its own, or those of items before it."""
    entries = minutes.entries.all()
    if item is not None:
        own = entries.filter(agenda_item=item)
        earlier = entries.filter(agenda_item__order__lt=item.order)
        entries = own if own.exists() else earlier
    return (entries.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def remove_passage(*, entry: MinutesEntry) -> None:
    """Remove a passage that is empty and that nothing hangs on."""
    locked_draft(entry.minutes)
    current = MinutesEntry.objects.select_for_update().get(pk=entry.pk)
    if current.text.strip():
        raise NotTakenError(_("There is text in this passage. Empty it first."))
    if hangs_on(current):
        raise NotTakenError(
            _("A statement or an action point belongs to this passage. Remove that first.")
        )
    current.delete()


def hangs_on(row: models.Model) -> bool:
    """Tell whether any other row points to this one, on whichever floor it is kept."""
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
def settle(*, minutes: Minutes, item: AgendaItem, form: Any) -> bool:
    """Keep what came of an item; False where somebody else settled it meanwhile."""
    locked = locked_draft(minutes)
    current = Outcome.objects.filter(agenda_item=item).first()
    if not form.is_still(current):
        return False
    if not form.cleaned_data["kind"]:
        if current:
            current.delete()
        return True
    form.instance.minutes, form.instance.agenda_item = locked, item
    form.save()
    return True


@transaction.atomic
def agree(*, minutes: Minutes, form: Any) -> ActionPoint:
    """Add an action point to the meeting; one that stands there already is not added twice."""
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
def agree_anew(*, minutes: Minutes, form: Any) -> bool:
    """Change an action point; False where somebody else changed it meanwhile."""
    locked_draft(minutes)
    if not form.is_still(ActionPoint.objects.get(pk=form.instance.pk)):
        return False
    form.save()
    return True


@transaction.atomic
def drop(*, minutes: Minutes, point: ActionPoint) -> None:
    """Remove an action point that was not agreed after all."""
    locked_draft(minutes)
    point.delete()


# Attendance


@transaction.atomic
def tick(*, minutes: Minutes, places: dict[int, str]) -> list[Attendance]:
    """Keep who is there: in the "room", "online", not ("" or with "apologies").

    Returns those who spoke and so cannot be ticked off again.
    """
    return placed(locked_draft(minutes), places)


def placed(locked: Minutes, places: dict[int, str]) -> list[Attendance]:
    """Do so in minutes whose lock is held."""
    spoke = {*locked.entries.exclude(speaker=None).values_list("speaker", flat=True)}
    refused = []
    for row in locked.meeting.attendances.select_for_update().filter(pk__in=places):
        place = places[row.pk]
        if place in ("", "apologies") and row.pk in spoke:
            refused.append(row)
            continue
        row.status = _status(row, place)
        row.online = place == "online"
        row.save(update_fields=["online", "status"])
    return refused


def _status(row: Attendance, place: str) -> AttendanceStatus:
    if place == "apologies":
        return AttendanceStatus.APOLOGIES
    if place:
        return AttendanceStatus.PRESENT
    # Ticked by mistake: back to what they were before, as far as it is kept.
    said_yes = row.status == AttendanceStatus.PRESENT and row.answered_at
    return AttendanceStatus.COMING if said_yes else AttendanceStatus.INVITED


@transaction.atomic
def tick_coming(*, minutes: Minutes) -> int:
    """Tick everybody who said that they would come, as they said; return how many."""
    coming = locked_draft(minutes).meeting.attendances.filter(status=AttendanceStatus.COMING)
    return coming.update(status=AttendanceStatus.PRESENT)


@transaction.atomic
def let_in(*, minutes: Minutes, form: Any) -> Attendance | None:
    """Add somebody who came late or uninvited; None where they are on the list already."""
    return listed(locked_draft(minutes), form)


def listed(locked: Minutes, form: Any) -> Attendance | None:
    """Do so in minutes whose lock is held."""
    attendance: Attendance = form.instance
    known = locked.meeting.attendances.filter(
        name__iexact=attendance.name, organisation_name__iexact=attendance.organisation_name
    )
    if attendance.member:
        known = known | locked.meeting.attendances.filter(member=attendance.member)
    if known.exists():
        return None
    attendance.meeting = locked.meeting
    attendance.status = AttendanceStatus.PRESENT
    attendance.save()
    return attendance


@transaction.atomic
def take_off(*, minutes: Minutes, attendance: Attendance) -> None:
    """Take somebody off the list who was typed by mistake. Members stay: they were invited."""
    locked = locked_draft(minutes)
    if attendance.member_id or locked.entries.filter(speaker=attendance).exists():
        raise NotTakenError(_("Members, and those who spoke, stay on the list."))
    attendance.delete()
