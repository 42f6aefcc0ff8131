"""Mark an action point as done, or open it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import ActionPoint
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def finish(*, point: ActionPoint, note: str, by: Member) -> ActionPoint:
    """Mark an open point as done today."""
    locked = ActionPoint.objects.select_for_update(of=("self",)).open().filter(pk=point.pk).first()
    if locked is None:
        raise Refused(_("Somebody has already marked it as done. Your note is not saved."))
    locked.done_on, locked.done_by, locked.note = timezone.localdate(), by, note
    locked.save(update_fields=["done_on", "done_by", "note"])
    record(Verb.CLOSED, locked, by=by.user)
    return locked


@transaction.atomic
def reopen(*, point: ActionPoint, by: Member) -> ActionPoint:
    """Open a point that was done. Its note stays, since it says what came of it so far."""
    done = ActionPoint.objects.select_for_update(of=("self",)).exclude(done_on=None)
    locked = done.filter(pk=point.pk).first()
    if locked is None:
        raise Refused(_("The action point is open already."))
    locked.done_on = locked.done_by = None
    locked.save(update_fields=["done_on", "done_by"])
    record(Verb.OPENED, locked, by=by.user)
    return locked
