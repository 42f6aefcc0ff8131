"""Changes that are proposed in a review: accept or decline each, and notify its author."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.inviting.letters import write_to
from meetings.models import ChangeState, Minutes, MinutesState, ProposedChange
from meetings.review.reviewing import locked_in_review
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def propose(*, form: Any, by: Member) -> ProposedChange:
    """Propose another text for a passage; it replaces one's own proposal that waits."""
    entry = form.entry
    if not locked_in_review(entry.minutes).is_open_to_changes:
        raise Refused(_("The review is over. Write to the secretariat."))
    typed = {"new_text": form.cleaned_data["text"], "why": form.cleaned_data["why"]}
    change, created = ProposedChange.objects.waiting().update_or_create(
        entry=entry,
        proposed_by=by,
        defaults={"old_text": entry.text, **typed},
        create_defaults={"old_text": entry.text, "state": ChangeState.WAITING, **typed},
    )
    if created:
        record(Verb.SUBMITTED, change, by=by.user)
    return change


@transaction.atomic
def accept(*, change: ProposedChange, form: Any, by: Member) -> ProposedChange:
    """Accept a change, in the words of the form; raises Conflict if the passage changed since."""
    row = _waiting(change)
    form.save_current()
    return _answer(row, ChangeState.ACCEPTED, form.cleaned_data["answer"], by)


@transaction.atomic
def decline(*, change: ProposedChange, reason: str, by: Member) -> ProposedChange:
    """Leave the passage as it is, and say why."""
    return _answer(_waiting(change), ChangeState.DECLINED, reason, by)


def _waiting(change: ProposedChange) -> ProposedChange:
    """Return a change that waits, under the lock of minutes that are not published."""
    minutes = Minutes.objects.select_for_update().get(pk=change.entry.minutes_id)
    if minutes.state == MinutesState.PUBLISHED:
        raise Refused(_("The minutes are published."))
    rows = ProposedChange.objects.waiting().select_related(
        "entry__minutes__meeting", "proposed_by__user"
    )
    if (row := rows.filter(pk=change.pk).first()) is None:
        raise Refused(_("Somebody has answered this proposal already."))
    return row


def _answer(change: ProposedChange, state: ChangeState, answer: str, by: Member) -> ProposedChange:
    """Keep the answer, and notify the author."""
    change.state, change.answer = state, answer
    change.save()
    verb = Verb.ACCEPTED if state == ChangeState.ACCEPTED else Verb.DECLINED
    record(verb, change, by=by.user)
    meeting = change.entry.minutes.meeting
    about = {"change": change, "meeting": meeting}
    write_to(change.proposed_by, "change_answered", about=meeting, **about)
    return change
