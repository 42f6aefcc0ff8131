"""What an agenda lacks: the items that belong on every agenda, and what earlier meetings left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from meetings.agenda import since_last
from meetings.models import (
    AgendaItem,
    Meeting,
    MeetingState,
    Minutes,
    MinutesState,
    OutcomeKind,
    Purpose,
)

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
    """Return by purpose the minutes of the latest earlier item that has a length."""
    earlier = AgendaItem.objects.filter(meeting__number__lt=meeting.number)
    found = earlier.exclude(purpose=Purpose.ITEM).order_by("meeting__number")
    lengths = found.values_list("purpose", "minutes")
    return {purpose: minutes for purpose, minutes in lengths if minutes}


def _by_purpose(last: Meeting | None) -> Iterator[tuple[Purpose, str]]:
    to_approve = Minutes.objects.exclude(state=MinutesState.DRAFT).filter(meeting=last)
    if last and to_approve.exists():
        yield Purpose.APPROVAL, _("Approval of the minutes: %(meeting)s") % {"meeting": last}
    if last:
        yield Purpose.FOLLOW_UP, _("Follow-up on what was agreed")
        yield Purpose.SINCE_LAST, _("Since last")
    yield Purpose.ROUND_TABLE, _("Round table")


def _put_off(meeting: Meeting) -> Iterator[Offer]:
    """Yield items that earlier meetings put off or did not reach, and no later one carried on.

    A cancelled meeting reached nothing of its agenda.
    """
    left = Q(outcome__kind__in=PUT_OFF) | Q(meeting__state=MeetingState.CANCELLED)
    waiting = AgendaItem.objects.filter(
        left, meeting__number__lt=meeting.number, carried_on=None, purpose=Purpose.ITEM
    ).select_related("meeting")
    for item in waiting.order_by("meeting__number", "order"):
        copied = ("title", "details", "minutes", "organisation_id", "about_type_id", "about_id")
        fields = {name: getattr(item, name) for name in copied}
        title = _("%(item)s (put off: %(meeting)s)") % {"item": item, "meeting": item.meeting}
        yield Offer(f"punkt-{item.pk}", title, {**fields, "deferred_from": item})
