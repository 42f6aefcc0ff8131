"""Arrange an agenda: add items, change, move and remove them.

Every act locks the meeting first, so that two who arrange at once see one order.
"""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from meetings.agenda.forms import ItemForm
from meetings.models import AgendaItem, Meeting, MeetingState, Minutes, MinutesState, Outcome
from taskforce.activity.recording import record_changes
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def why_closed(meeting: Meeting) -> str:
    """Return in a sentence why the agenda stays as it is; empty where it may be arranged."""
    if meeting.state == MeetingState.CANCELLED:
        return _("The meeting is cancelled, so its agenda stays as it is.")
    settled = Minutes.objects.filter(meeting=meeting).exclude(state=MinutesState.DRAFT)
    if settled.exists():
        return _("The minutes are in review or published, so the agenda stays as it is.")
    return ""


def must_be_open(meeting: Meeting) -> None:
    """Raise Refused if the agenda may not be arranged any more."""
    if why := why_closed(meeting):
        raise Refused(why)


def lock(meeting: Meeting) -> Meeting:
    """Lock and return a meeting; refused if its agenda may not be arranged any more."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    must_be_open(locked)
    return locked


@transaction.atomic
def add(*, form: ItemForm, by: Member) -> AgendaItem:
    """Put an item at the end of the agenda."""
    meeting = lock(form.instance.meeting)
    form.instance.order = next_order(meeting)
    item = form.save()
    record_changes(meeting, by=by.user)
    return item


def next_order(meeting: Meeting) -> int:
    return (meeting.agenda.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def change(*, form: ItemForm, by: Member) -> AgendaItem:
    """Change an item; raises Conflict if somebody else changed it first."""
    meeting = lock(form.instance.meeting)
    current = meeting.agenda.filter(pk=form.instance.pk).first()
    if current is None:
        raise Refused(_("Somebody else took this item off the agenda."))
    form.must_be_current(current)
    # The form does not show these, and they may have changed since the page was opened.
    form.instance.order, form.instance.purpose = current.order, current.purpose
    item = form.save()
    record_changes(meeting, by=by.user)
    return item


@transaction.atomic
def move(*, item: AgendaItem, place: int, by: Member) -> AgendaItem:
    """Move an item to a place, counted from 1; behind the last place means the last.

    Times that were read from a document do not hold once items change places, so they go.
    """
    meeting = lock(item.meeting)
    items: list[AgendaItem] = [*meeting.agenda.all()]
    now = next((index for index, row in enumerate(items) if row.pk == item.pk), None)
    if now is None:
        raise Refused(_("Somebody else took this item off the agenda."))
    moved = items[now]
    there = max(0, min(place - 1, len(items) - 1))
    if now != there:
        items.insert(there, items.pop(now))
        put_in_order(items)
        record_changes(meeting, by=by.user)
    return moved


def put_in_order(items: list[AgendaItem]) -> None:
    for order, row in enumerate(items, start=1):
        row.order, row.starts = order, None
    AgendaItem.objects.bulk_update(items, ["order", "starts"])


@transaction.atomic
def remove(*, item: AgendaItem, by: Member) -> AgendaItem:
    """Remove an item and return it as it was, unless the minutes have something under it."""
    meeting = lock(item.meeting)
    if Outcome.objects.filter(agenda_item=item).exists() or item.entries.exists():
        raise Refused(_("The minutes are begun under this item, so it stays."))
    item.delete()
    record_changes(meeting, by=by.user)
    return item
