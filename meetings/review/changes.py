"""Changes that are proposed in a review: each taken over or declined, and its author told."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.inviting.letters import write_to
from meetings.models import ChangeState, Minutes, MinutesState, ProposedChange
from meetings.review.reviewing import NotReviewedError, locked_in_review
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def propose(*, form: Any, by: Member) -> None:
    """Propose another text for a passage; it takes the place of one's own that waits."""
    entry = form.entry
    if not locked_in_review(entry.minutes).is_open_to_changes:
        raise NotReviewedError(_("The review is over. Write to the secretariat."))
    typed = {"new_text": form.cleaned_data["text"], "why": form.cleaned_data["why"]}
    change, created = ProposedChange.objects.waiting().update_or_create(
        entry=entry,
        proposed_by=by,
        defaults={"old_text": entry.text, **typed},
        create_defaults={"old_text": entry.text, "state": ChangeState.WAITING, **typed},
    )
    if created:
        record(Verb.SUBMITTED, change, by=by.user)


@transaction.atomic
def accept(*, change: ProposedChange, form: Any, by: Member) -> bool:
    """Take a change over, in the words of the form; False where the passage changed meanwhile."""
    row = _waiting(change)
    if not form.save_unless_changed():
        return False
    row.state, row.answer = ChangeState.ACCEPTED, form.cleaned_data["answer"]
    row.save()
    record(Verb.ACCEPTED, row, by=by.user)
    _tell(row)
    return True


@transaction.atomic
def decline(*, change: ProposedChange, reason: str, by: Member) -> None:
    """Leave the passage as it is, and say why."""
    row = _waiting(change)
    row.state, row.answer = ChangeState.DECLINED, reason
    row.save()
    record(Verb.DECLINED, row, by=by.user)
    _tell(row)


def _waiting(change: ProposedChange) -> ProposedChange:
    """Return a change that waits, under the lock of minutes that are not published."""
    minutes = Minutes.objects.select_for_update().get(pk=change.entry.minutes_id)
    if minutes.state == MinutesState.PUBLISHED:
        raise NotReviewedError(_("The minutes are published."))
    rows = ProposedChange.objects.waiting().select_related(
        "entry__minutes__meeting", "proposed_by__user"
    )
    if (row := rows.filter(pk=change.pk).first()) is None:
        raise NotReviewedError(_("Somebody has answered this proposal already."))
    return row


def _tell(change: ProposedChange) -> None:
    meeting = change.entry.minutes.meeting
    write_to(change.proposed_by, "change_answered", change=change, meeting=meeting)
