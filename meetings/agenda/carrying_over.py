"""Carry over to an agenda what earlier meetings left, each thing once."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.agenda import arranging, since_last
from meetings.models import (
    AgendaItem,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    OutcomeKind,
    Purpose,
)
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member

PUT_OFF = [OutcomeKind.DEFERRED, OutcomeKind.NOT_DISCUSSED]


@dataclass(frozen=True)
class Offer:
    """An item that an agenda lacks: a key that lasts, and the fields that it is made with."""

    key: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def comes_first(self) -> bool:
        """Whether it opens the meeting, as the last minutes and what happened since do."""
        return self.fields.get("purpose") not in (None, Purpose.ROUND_TABLE)


def offers(meeting: Meeting) -> list[Offer]:
    """Return what the agenda lacks, in the order in which it would stand."""
    there = {*meeting.agenda.values_list("purpose", flat=True)}
    last = since_last.last_meeting(meeting)
    lengths = _lengths(meeting)
    with translation.override("da"):
        lacking = [
            Offer(purpose, title, {"purpose": purpose, "minutes": lengths.get(purpose)})
            for purpose, title in _by_purpose(last)
            if purpose not in there
        ]
        return [*lacking, *_put_off(meeting)]


def _lengths(meeting: Meeting) -> dict[str, int]:
    """Return how many minutes each kind of item took the last time that somebody said so."""
    earlier = AgendaItem.objects.filter(meeting__number__lt=meeting.number)
    found = earlier.exclude(purpose=Purpose.ITEM).order_by("meeting__number")
    told = found.values_list("purpose", "minutes")
    return {purpose: minutes for purpose, minutes in told if minutes}


def _by_purpose(last: Meeting | None) -> Iterator[tuple[Purpose, str]]:
    told = Minutes.objects.exclude(state=MinutesState.DRAFT).filter(meeting=last)
    if last and told.exists():
        yield Purpose.APPROVAL, _("Approval of the minutes: %(meeting)s") % {"meeting": last}
    if last:
        yield Purpose.FOLLOW_UP, _("Follow-up on what was agreed")
        yield Purpose.SINCE_LAST, _("Since last")
    yield Purpose.ROUND_TABLE, _("Round table")


def _put_off(meeting: Meeting) -> Iterator[Offer]:
    """Yield what earlier meetings put off or did not reach, and no later one took up.

    A meeting that was cancelled reached nothing of its agenda.
    """
    left = Q(outcome__kind__in=PUT_OFF) | Q(meeting__state=MeetingState.CANCELLED)
    waiting = AgendaItem.objects.filter(
        left, meeting__number__lt=meeting.number, carried_on=None, purpose=Purpose.ITEM
    ).select_related("meeting")
    for item in waiting.order_by("meeting__number", "order"):
        taken_along = ("title", "details", "minutes", "organisation_id")
        fields = {name: getattr(item, name) for name in taken_along}
        title = _("%(item)s (put off: %(meeting)s)") % {"item": item, "meeting": item.meeting}
        yield Offer(f"punkt-{item.pk}", title, {**fields, "deferred_from": item})


@transaction.atomic
def carry_over(*, meeting: Meeting, keys: Collection[str], by: Member) -> int:
    """Put what was chosen on the agenda; return how many items came on.

    Under the lock the second of two who press finds that it stands there already.
    """
    locked = arranging.locked(meeting)
    chosen = [offer for offer in offers(locked) if offer.key in keys]
    if not chosen:
        return 0
    behind = arranging.next_order(locked)
    before = [*locked.agenda.all()]
    made = [_make(locked, offer, behind + place) for place, offer in enumerate(chosen)]
    first = [item for item, offer in zip(made, chosen, strict=True) if offer.comes_first]
    if first and before:
        rest = [item for item in made if item not in first]
        arranging.put_in_order([*first, *before, *rest])
    record_changes(locked, by=by.user)
    return len(made)


def _make(meeting: Meeting, offer: Offer, order: int) -> AgendaItem:
    fields = {"title": offer.title, **offer.fields}
    if told := since_last.chapters(meeting, fields.get("purpose", "")):
        fields["details"] = since_last.written(told)
    return AgendaItem.objects.create(meeting=meeting, order=order, **fields)
