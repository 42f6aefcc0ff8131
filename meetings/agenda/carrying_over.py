"""Carry over to an agenda what earlier meetings left, each thing once."""

from collections.abc import Collection

from django.db import transaction

from meetings.agenda import arranging, since_last
from meetings.agenda.offers import Offer, offers
from meetings.models import AgendaItem, Meeting
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member


@transaction.atomic
def carry_over(*, meeting: Meeting, keys: Collection[str], by: Member) -> list[AgendaItem]:
    """Put the chosen offers on the agenda and return the new items.

    Whatever is on the agenda already is left out, so two who press at once carry it over once.
    """
    locked = arranging.lock(meeting)
    chosen = [offer for offer in offers(locked) if offer.key in keys]
    if not chosen:
        return []
    behind = arranging.next_order(locked)
    before = [*locked.agenda.all()]
    made = [_make(locked, offer, behind + place) for place, offer in enumerate(chosen)]
    first = [item for item, offer in zip(made, chosen, strict=True) if offer.comes_first]
    if first and before:
        rest = [item for item in made if item not in first]
        arranging.put_in_order([*first, *before, *rest])
    record_changes(locked, by=by.user)
    return made


def _make(meeting: Meeting, offer: Offer, order: int) -> AgendaItem:
    fields = {"title": offer.title, **offer.fields}
    if found := since_last.sections(meeting, fields.get("purpose", "")):
        fields["details"] = since_last.as_html(found)
    return AgendaItem.objects.create(meeting=meeting, order=order, **fields)
