"""Plan a meeting, move it and cancel it; everybody invited is notified once."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.inviting import answering, letters
from meetings.models import AgendaItem, Meeting, MeetingState
from meetings.planning.forms import MeetingForm, fingerprint
from taskforce.activity import taking_back
from taskforce.activity.models import TakenBack, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Conflict, Refused
from taskforce.core.relations import pointing_at
from taskforce.members.models import Member

WHEN_AND_WHERE = ("date", "date_precision", "starts", "ends", "format", "place", "link")


def next_number() -> int:
    return (Meeting.objects.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def plan(*, form: MeetingForm, by: Member) -> Meeting:
    meeting = _save(form)
    record(Verb.ADDED, meeting, by=by.user)
    return meeting


@transaction.atomic
def change(*, form: MeetingForm, by: Member, note: str = "") -> Meeting:
    """Save a planned meeting; notify those invited if its time or place is another.

    Raises Conflict if somebody else saved first.
    """
    current = Meeting.objects.select_for_update().get(pk=form.instance.pk)
    if current.state != MeetingState.PLANNED:
        raise Refused(_("The meeting is held or cancelled by now, so nothing was saved."))
    if fingerprint(current) != form.cleaned_data["began_with"]:
        raise Conflict(current)
    # The form does not show these, and they may have changed since the page was opened.
    form.instance.sequence, form.instance.invited_at = current.sequence, current.invited_at
    is_moved = any(
        getattr(current, name) != getattr(form.instance, name) for name in WHEN_AND_WHERE
    )
    form.instance.sequence += is_moved
    meeting = _save(form)
    record(Verb.MOVED if is_moved else Verb.CHANGED, meeting, by=by.user)
    if (current.date, current.date_precision) != (meeting.date, meeting.date_precision):
        answering.ask_again(meeting, before=current.date)
    if current.format != meeting.format:
        answering.fit_to(meeting)
    if is_moved and _is_ahead(current, meeting):
        letters.notify_moved(before=current, meeting=meeting, note=note, by=by.user)
    return meeting


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: Member) -> Meeting:
    """Cancel a planned meeting without minutes, and tell everybody invited why."""
    planned = Meeting.objects.select_for_update(of=["self"]).planned().filter(minutes=None)
    locked = planned.filter(pk=meeting.pk).first()
    if locked is None:
        raise Refused(_("The meeting is held or cancelled already, or has minutes."))
    locked.state = MeetingState.CANCELLED
    locked.cancelled_reason = reason
    locked.sequence += 1
    locked.save()
    record(Verb.CANCELLED, locked, by=by.user)
    if _is_ahead(locked):
        letters.notify_cancelled(locked, by=by.user)
    return locked


def why_not_taken_back(meeting: Meeting) -> str:
    """Return why a meeting that was planned by mistake cannot be taken back; empty where it can."""
    if meeting.state != MeetingState.PLANNED or meeting.invited_at is not None:
        return _("Invitations have gone out, or it is held. Cancel it instead.")
    return taking_back.why_not(taking_back.done_at(meeting, Verb.ADDED), _built_on(meeting))


def _built_on(meeting: Meeting) -> str:
    """Return that somebody built on a meeting; its agenda alone is the secretariat's own work."""
    for model, field in pointing_at(Meeting):
        if model is not AgendaItem and model._base_manager.filter(**{field: meeting}).exists():
            return _("Somebody built on the meeting already. Cancel it instead.")
    return ""


@transaction.atomic
def take_back(*, meeting: Meeting, reason: str, by: Member) -> TakenBack:
    """Remove a meeting that was planned by mistake; a note stands at its address."""
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if locked is None:
        raise Refused(_("The meeting is taken back."), already=True)
    if why := why_not_taken_back(locked):
        raise Refused(why)
    note = taking_back.note(locked, Verb.ADDED, reason=reason, by=by.user)
    locked.delete()
    return note


def _save(form: MeetingForm) -> Meeting:
    """Save; refused if another meeting took the number after the form was validated."""
    try:
        with transaction.atomic():
            return form.save()
    except IntegrityError as error:
        raise Refused(
            _("Another meeting has been given this number in the meantime."), field="number"
        ) from error


def _is_ahead(*meetings: Meeting) -> bool:
    """Tell whether any of these times is in the future; nobody gets mail about the past."""
    now = timezone.now()
    return any(meeting.over_at > now for meeting in meetings)
