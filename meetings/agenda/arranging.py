"""Arrange an agenda: add items, change, move and remove them.

Every act takes the lock of the meeting first, so that two who arrange see one order.
"""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.models import AgendaItem, Meeting, MeetingState, Minutes, MinutesState, Outcome
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member


class NotArrangedError(Exception):
    """Raised where the agenda cannot be arranged so; its text is for the reader."""


def why_closed(meeting: Meeting) -> str:
    """Return in a sentence why nobody arranges the agenda any more; empty where one may."""
    if meeting.state == MeetingState.CANCELLED:
        return _("The meeting is cancelled, so its agenda stays as it is.")
    settled = Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT)
    if settled.exists():
        return _("The minutes are in review or published, so the agenda stays as it is.")
    return ""


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting whose agenda may be arranged, or say why it may not."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if why := why_closed(found):
        raise NotArrangedError(why)
    return found


@transaction.atomic
def add(*, form: Any, by: Member) -> AgendaItem:
    """Put an item at the end of the agenda."""
    meeting = locked(form.instance.meeting)
    form.instance.order = next_order(meeting)
    item: AgendaItem = form.save()
    record_changes(meeting, by=by.user)
    return item


def next_order(meeting: Meeting) -> int:
    return (meeting.agenda.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def change(*, form: Any, by: Member) -> bool:
    """Change an item; False where somebody else changed it meanwhile, which the form says."""
    meeting = locked(form.instance.meeting)
    current = meeting.agenda.filter(pk=form.instance.pk).first()
    if current is None:
        raise NotArrangedError(_("Somebody else took this item off the agenda."))
    if not form.is_still(current):
        return False
    # Its place and its purpose are as they stand now, not as they were when the page was opened.
    form.instance.order, form.instance.purpose = current.order, current.purpose
    form.save()
    record_changes(meeting, by=by.user)
    return True


@transaction.atomic
def move(*, item: AgendaItem, place: int, by: Member) -> bool:
    """Move an item to a place, counted from 1; False where it stands there already.

    Times that a document told no longer hold where items change places: they are counted anew.
    """
    meeting = locked(item.meeting)
    items = [*meeting.agenda.all()]
    now = next((index for index, row in enumerate(items) if row.pk == item.pk), None)
    if now is None:
        raise NotArrangedError(_("Somebody else took this item off the agenda."))
    there = max(0, min(place - 1, len(items) - 1))
    if now == there:
        return False
    items.insert(there, items.pop(now))
    put_in_order(items)
    record_changes(meeting, by=by.user)
    return True


def put_in_order(items: list[AgendaItem]) -> None:
    for order, row in enumerate(items, start=1):
        row.order, row.starts = order, None
    AgendaItem.objects.bulk_update(items, ["order", "starts"])


@transaction.atomic
def remove(*, item: AgendaItem, by: Member) -> None:
    """Take an item off the agenda, unless the minutes have something under it."""
    meeting = locked(item.meeting)
    told = Outcome.objects.filter(agenda_item=item).exists() or item.entries.exists()
    if told:
        raise NotArrangedError(_("The minutes are begun under this item, so it stays."))
    item.delete()
    record_changes(meeting, by=by.user)
