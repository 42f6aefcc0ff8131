"""What members would have on an agenda: proposed, and taken or declined by the secretariat."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.agenda import arranging
from meetings.inviting.letters import write_to
from meetings.models import (
    AgendaItem,
    AgendaProposal,
    Meeting,
    MeetingState,
    Minutes,
    ProposalState,
)
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


def takes_proposals(meeting: Meeting) -> bool:
    """Tell whether members may propose items: until the meeting is held and written down."""
    is_ahead = meeting.state == MeetingState.PLANNED
    return is_ahead and not Minutes.objects.filter(meeting=meeting).exists()


@transaction.atomic
def propose(*, form: Any, by: Member) -> bool:
    """Propose an item; False where the meeting takes none any more, which the form then says.

    What stands there already is not proposed twice: a form may be sent again.
    """
    meeting = Meeting.objects.select_for_update().get(pk=form.instance.meeting_id)
    if not takes_proposals(meeting):
        form.refuse_late()
        return False
    proposal = form.instance
    typed = {name: form.cleaned_data[name] for name in ("title", "details", "minutes")}
    if meeting.proposals.waiting().filter(proposed_by=by, **typed).exists():
        return True
    proposal.proposed_by = by
    form.save()
    record(Verb.SUBMITTED, proposal, by=by.user)
    return True


@transaction.atomic
def take(*, proposal: AgendaProposal, by: Member) -> AgendaItem:
    """Put a proposal at the end of the agenda and tell who proposed it."""
    meeting = arranging.locked(proposal.meeting)
    row = _waiting(proposal)
    row.state = ProposalState.TAKEN
    row.item = AgendaItem.objects.create(
        meeting=meeting,
        order=arranging.next_order(meeting),
        title=row.title,
        details=row.details,
        minutes=row.minutes,
        organisation=row.proposed_by.organisation,
    )
    row.save()
    record(Verb.ACCEPTED, row, by=by.user)
    _tell(row)
    return row.item


@transaction.atomic
def decline(*, proposal: AgendaProposal, reason: str, by: Member) -> None:
    """Decline a proposal with a reason, and tell who proposed it."""
    Meeting.objects.select_for_update().get(pk=proposal.meeting_id)
    row = _waiting(proposal)
    row.state, row.answer = ProposalState.DECLINED, reason
    row.save()
    record(Verb.DECLINED, row, by=by.user)
    _tell(row)


def _waiting(proposal: AgendaProposal) -> AgendaProposal:
    rows = AgendaProposal.objects.waiting().select_related(
        "meeting", "proposed_by__user", "proposed_by__organisation"
    )
    row = rows.filter(pk=proposal.pk).first()
    if row is None:
        raise arranging.NotArrangedError(_("Somebody has answered this proposal already."))
    return row


def _tell(proposal: AgendaProposal) -> None:
    write_to(
        proposal.proposed_by,
        "agenda_proposal_answered",
        proposal=proposal,
        meeting=proposal.meeting,
    )
