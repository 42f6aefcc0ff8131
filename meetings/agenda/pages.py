"""What the page for arranging an agenda shows, and what other pages show of proposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.agenda import arranging, linking, proposing, schedule
from meetings.agenda.forms import CarryForm, EarlierForm, ItemForm, of_member
from meetings.agenda.offers import offers
from meetings.inviting import acts as inviting
from meetings.models import AgendaItem, AgendaProposal, Meeting, MeetingState
from meetings.writing.pages import names, organisations
from taskforce.core.forms import Options
from taskforce.core.relations import related
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import membership


@dataclass(frozen=True)
class AgendaRow:
    """An item with its place, counted from 1, and when it begins (None: nobody knows)."""

    item: Any
    begins: time | None
    place: int
    is_last: bool

    @property
    def above(self) -> int:
        return self.place - 1

    @property
    def below(self) -> int:
        return self.place + 1


def arranged(
    meeting: Meeting,
    viewer: Viewer,
    *,
    new: ItemForm | None = None,
    carry: CarryForm | None = None,
    earlier: EarlierForm | None = None,
) -> dict[str, Any]:
    """Return everything on the page; a form that was sent with errors is shown again."""
    items = [*meeting.agenda.with_responsible(viewer)]
    begins = schedule.beginnings(meeting, items)
    closed = arranging.why_closed(meeting)
    is_ahead = meeting.state == MeetingState.PLANNED
    offered = offers(meeting) if is_ahead and not closed else []
    return {
        "meeting": meeting,
        "rows": [
            AgendaRow(item, begins.get(item.pk), place, is_last=place == len(items))
            for place, item in enumerate(items, start=1)
        ],
        "budget": schedule.budget(meeting, items),
        "closed": closed,
        "new": new or item_form(AgendaItem(meeting=meeting)),
        "carry": carry or (CarryForm(offers=offered) if offered else None),
        "earlier": None if closed else earlier or EarlierForm(meeting=meeting),
        "proposals": with_links(proposals(meeting, viewer).waiting(), viewer),
        "can_invite": inviting.can_invite(meeting),
    }


def item_form(item: AgendaItem, data: Any = None) -> ItemForm:
    return ItemForm(data, instance=item, organisations=organisations(), people=people(item))


def people(item: AgendaItem) -> Options:
    """Return who may be responsible: the people on the meeting's list, and the other members."""
    listed = [*item.meeting.attendances.order_by("pk")]
    there = {row.member_id for row in listed}
    members = Member.objects.filter(
        Q(to_date=None, user__is_active=True) | Q(pk=item.responsible_member_id)
    ).order_by("organisation__name", "user__name", "pk")
    others = [
        (of_member(pk), f"{organisation} · {name}")
        for pk, organisation, name in members.values_list("pk", "organisation__name", "user__name")
        if pk not in there
    ]
    groups = [(_("On the meeting's list"), names(listed)), (_("Other members"), others)]
    return Options([group for group in groups if group[1]])


def proposals(meeting: Meeting, viewer: Viewer) -> Any:
    """Return the proposals for a meeting that the viewer may read."""
    return related(meeting, "proposals", viewer).select_related("proposed_by__organisation")


def with_links(rows: Iterable[AgendaProposal], viewer: Viewer) -> list[Any]:
    """Return proposals with the thing from whose talk each comes, as the viewer sees it."""
    found: list[Any] = [*rows]
    from_talk = linking.links((row for row in found if row.about_type_id), viewer)
    for row in found:
        row.link = from_talk.get(row.pk)
    return found


def section(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return what a meeting's page shows of proposals to members; strangers see nothing."""
    is_ahead, member = meeting.state == MeetingState.PLANNED, membership(viewer)
    return {
        "proposals": with_links(proposals(meeting, viewer), viewer) if is_ahead else [],
        "own_organisation": member and member.organisation_id,
        "takes_proposals": proposing.takes_proposals(meeting),
    }


def waiting() -> Any:
    """Return the proposals that wait for the secretariat, for its desk."""
    rows = AgendaProposal.objects.waiting().select_related("meeting", "proposed_by__organisation")
    return rows.filter(meeting__state=MeetingState.PLANNED)
