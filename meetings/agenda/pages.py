"""What the page for arranging an agenda shows, and what other pages show of proposals."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from meetings.agenda import arranging, proposing, schedule
from meetings.agenda.forms import CarryForm, ItemForm, SendForm
from meetings.agenda.offers import offers
from meetings.inviting import acts as inviting
from meetings.models import AgendaItem, AgendaProposal, Meeting, MeetingState
from meetings.writing.pages import names_of, organisations
from taskforce.core.forms import Options
from taskforce.core.relations import related
from taskforce.members.models import Viewer
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
        "proposals": proposals(meeting, viewer).waiting(),
        "can_invite": inviting.can_invite(meeting),
        "send": SendForm(initial={"sent_before": inviting.last_sent(meeting)}),
    }


def item_form(item: AgendaItem, data: Any = None) -> ItemForm:
    return ItemForm(data, instance=item, organisations=organisations(), people=people(item.meeting))


def people(meeting: Meeting) -> Options:
    """Return the people on the meeting's list, as choices of a responsible person."""
    return names_of([*meeting.attendances.order_by("pk")])


def proposals(meeting: Meeting, viewer: Viewer) -> Any:
    """Return the proposals for a meeting that the viewer may read."""
    return related(meeting, "proposals", viewer).select_related("proposed_by__organisation")


def section(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return what a meeting's page shows of proposals to members; strangers see nothing."""
    is_ahead, member = meeting.state == MeetingState.PLANNED, membership(viewer)
    return {
        "proposals": proposals(meeting, viewer) if is_ahead else [],
        "own_organisation": member and member.organisation_id,
        "takes_proposals": proposing.takes_proposals(meeting),
    }


def waiting() -> Any:
    """Return the proposals that wait for the secretariat, for its desk."""
    rows = AgendaProposal.objects.waiting().select_related("meeting", "proposed_by__organisation")
    return rows.filter(meeting__state=MeetingState.PLANNED)
