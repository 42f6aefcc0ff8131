"""Plan a meeting, move it and cancel it; whoever is invited is told once."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from meetings.inviting import acts as inviting
from meetings.inviting import answering
from meetings.models import Meeting, MeetingState
from meetings.planning.forms import MeetingForm, seen
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member

WHEN_AND_WHERE = ("date", "date_precision", "starts", "ends", "format", "place", "link")


def next_number() -> int:
    return (Meeting.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def plan(*, form: MeetingForm, by: Member) -> bool:
    """Plan a meeting; False where somebody took its number meanwhile, which the form then says."""
    if not _save(form):
        return False
    record(Verb.ADDED, form.instance, by=by.user)
    return True


@transaction.atomic
def change(*, form: MeetingForm, by: Member) -> bool:
    """Save a planned meeting, and tell those invited where its time or place is another.

    False where somebody else saved or cancelled it first, which the form then says.
    """
    current = Meeting.objects.select_for_update().get(pk=form.instance.pk)
    if current.state != MeetingState.PLANNED:
        form.refuse_state()
        return False
    if seen(current) != form.cleaned_data["began_with"]:
        form.show_conflict(current)
        return False
    meeting = form.instance
    # What the form does not show is as it stands now, not as it was when the page was opened.
    meeting.sequence, meeting.invited_at = current.sequence, current.invited_at
    moved = any(getattr(current, name) != getattr(meeting, name) for name in WHEN_AND_WHERE)
    meeting.sequence += moved
    if not _save(form):
        return False
    record(Verb.CHANGED, meeting, by=by.user)
    if current.format != meeting.format:
        answering.fit_to(meeting)
    if moved and _is_ahead(current, meeting):
        inviting.tell_moved(before=current, meeting=meeting)
    return True


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: Member) -> bool:
    """Cancel a planned meeting and tell those invited why; False where it is none any more."""
    planned = Meeting.objects.select_for_update(of=["self"]).planned().filter(minutes=None)
    locked = planned.filter(pk=meeting.pk).first()
    if locked is None:
        return False
    locked.state = MeetingState.CANCELLED
    locked.cancelled_reason = reason
    locked.sequence += 1
    locked.save()
    record(Verb.CHANGED, locked, by=by.user)
    if _is_ahead(locked):
        inviting.tell_cancelled(locked)
    return True


def _save(form: MeetingForm) -> bool:
    """Save; False where another meeting took the number since the form looked for it."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.refuse_number()
        return False
    return True


def _is_ahead(*meetings: Meeting) -> bool:
    """Tell whether any of the times is still to come; nobody is written to about the past."""
    now = timezone.now()
    return any(meeting.over_at > now for meeting in meetings)
