"""Copy items from the agenda of an earlier meeting.

What the portal writes itself, such as what was agreed last, is carried over instead. An item's
clock time is not copied: it follows from the new meeting's start and the lengths.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet

from meetings.agenda import arranging
from meetings.agenda.schedule import minutes_between
from meetings.models import AgendaItem, Meeting, Purpose
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member

COPIED = (
    *("title", "details", "purpose", "organisation_id", "responsible_guest"),
    *("about_type_id", "about_id"),
)
LONGEST_GAP = 480  # minutes; more between two items is no length


def lacking(meeting: Meeting, earlier: Meeting) -> QuerySet[AgendaItem]:
    """Return the items of an earlier agenda that may be copied and are not on this one."""
    there = meeting.agenda.all()
    own = earlier.agenda.filter(purpose__in=[Purpose.ITEM, Purpose.ROUND_TABLE])
    purposes = there.exclude(purpose=Purpose.ITEM).values("purpose")
    return own.exclude(title__in=there.values("title")).exclude(purpose__in=purposes)


@transaction.atomic
def copy(
    *, meeting: Meeting, earlier: Meeting, items: Collection[AgendaItem], by: Member
) -> list[AgendaItem]:
    """Put copies of the chosen items at the end of the agenda, and return them.

    Whatever is on the agenda already is left out, so two who press at once copy it once.
    """
    locked = arranging.lock(meeting)
    keys = [item.pk for item in items]
    chosen = [*lacking(locked, earlier).filter(pk__in=keys).select_related("responsible")]
    lengths = _lengths([*earlier.agenda.all()])
    behind = arranging.next_order(locked)
    made = [
        AgendaItem(
            meeting=locked,
            order=behind + place,
            minutes=lengths[item.pk],
            responsible_member_id=_member(item),
            **{name: getattr(item, name) for name in COPIED},
        )
        for place, item in enumerate(chosen)
    ]
    AgendaItem.objects.bulk_create(made)
    if made:
        record_changes(locked, by=by.user)
    return made


def _member(item: AgendaItem) -> int | None:
    """Return the member who was responsible; a guest of that day is not asked again."""
    return item.responsible.member_id if item.responsible else item.responsible_member_id


def _lengths(items: list[AgendaItem]) -> dict[int, int | None]:
    """Return the minutes of each item; without a length, the time until the next one begins."""
    following = [*items[1:], None]
    return {
        item.pk: item.minutes or (_gap(item, after) if after else None)
        for item, after in zip(items, following, strict=True)
    }


def _gap(item: AgendaItem, after: AgendaItem) -> int | None:
    found = minutes_between(item.starts, after.starts)
    return found if found and 0 < found <= LONGEST_GAP else None
