"""Propose items for an agenda, and withdraw them; accept or decline them as the secretariat."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.agenda import arranging
from meetings.agenda.forms import ProposalForm
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
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def takes_proposals(meeting: Meeting) -> bool:
    """Tell whether members may propose items: until the meeting is held or minutes are begun."""
    is_ahead = meeting.state == MeetingState.PLANNED
    return is_ahead and not Minutes.objects.filter(meeting=meeting).exists()


def next_meeting() -> Meeting | None:
    """Return the next meeting whose agenda takes proposals."""
    coming = Meeting.objects.coming(timezone.localdate()).filter(minutes=None)
    return coming.order_by("date", "number").first()


@transaction.atomic
def propose(*, form: ProposalForm, by: Member) -> AgendaProposal:
    """Propose an item; return the one that waits where the member sends the same again."""
    meeting = Meeting.objects.select_for_update().get(pk=form.instance.meeting_id)
    if not takes_proposals(meeting):
        raise Refused(_("The agenda takes no proposals any more. Write to the secretariat."))
    typed = {name: form.cleaned_data[name] for name in ("title", "details", "minutes")}
    if same := meeting.proposals.waiting().filter(proposed_by=by, **typed).first():
        return same
    form.instance.proposed_by = by
    proposal = form.save()
    record(Verb.SUBMITTED, proposal, by=by.user)
    return proposal


@transaction.atomic
def accept(*, proposal: AgendaProposal, by: Member) -> AgendaItem:
    """Put a proposal at the end of the agenda and notify its author."""
    meeting = arranging.lock(proposal.meeting)
    row = _waiting(proposal)
    row.state = ProposalState.TAKEN
    row.item = AgendaItem.objects.create(
        meeting=meeting,
        order=arranging.next_order(meeting),
        title=row.title,
        details=row.details,
        minutes=row.minutes,
        organisation=row.proposed_by.organisation,
        about_type=row.about_type,
        about_id=row.about_id,
    )
    row.save()
    record(Verb.ACCEPTED, row, by=by.user)
    _notify(row)
    return row.item


@transaction.atomic
def decline(*, proposal: AgendaProposal, reason: str, by: Member) -> AgendaProposal:
    """Decline a proposal with a reason, and notify its author."""
    Meeting.objects.select_for_update().get(pk=proposal.meeting_id)
    row = _waiting(proposal)
    row.state, row.answer = ProposalState.DECLINED, reason
    row.save()
    record(Verb.DECLINED, row, by=by.user)
    _notify(row)
    return row


@transaction.atomic
def withdraw(*, proposal: AgendaProposal, by: Member) -> AgendaProposal:
    """Withdraw a proposal that is not answered yet; members read that it was.

    Raises Refused where it is answered, or (`already`) withdrawn.
    """
    Meeting.objects.select_for_update().get(pk=proposal.meeting_id)
    row = _waiting(proposal, to_withdraw=True)
    row.state = ProposalState.WITHDRAWN
    row.save(update_fields=["state"])
    record(Verb.TAKEN_BACK, row, by=by.user)
    return row


def _waiting(proposal: AgendaProposal, *, to_withdraw: bool = False) -> AgendaProposal:
    """Return the proposal as it is under the lock; refused if it is answered or withdrawn."""
    rows = AgendaProposal.objects.select_related(
        "meeting", "proposed_by__user", "proposed_by__organisation"
    )
    row = rows.get(pk=proposal.pk)
    if row.state == ProposalState.WITHDRAWN:
        raise Refused(_("The proposal is withdrawn."), already=to_withdraw)
    if row.state != ProposalState.WAITING:
        raise Refused(_("Somebody has answered this proposal already."))
    return row


def _notify(proposal: AgendaProposal) -> None:
    write_to(
        proposal.proposed_by,
        "agenda_proposal_answered",
        about=proposal.meeting,
        proposal=proposal,
        meeting=proposal.meeting,
    )
