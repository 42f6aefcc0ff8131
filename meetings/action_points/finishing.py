"""Say that an action point is done, or open it again."""

from django.db import transaction
from django.utils import timezone

from meetings.models import ActionPoint
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def finish(*, point: ActionPoint, note: str, by: Member) -> bool:
    """Mark a point done today; False where somebody did so before."""
    locked = ActionPoint.objects.select_for_update(of=("self",)).open().filter(pk=point.pk).first()
    if locked is None:
        return False
    locked.done_on, locked.done_by, locked.note = timezone.localdate(), by, note
    locked.save(update_fields=["done_on", "done_by", "note"])
    record(Verb.CLOSED, locked, by=by.user)
    return True


@transaction.atomic
def open_again(*, point: ActionPoint, by: Member) -> bool:
    """Open a point that was done; False where it is open. Its note stays: it tells the story."""
    done = ActionPoint.objects.select_for_update(of=("self",)).exclude(done_on=None)
    locked = done.filter(pk=point.pk).first()
    if locked is None:
        return False
    locked.done_on = locked.done_by = None
    locked.save(update_fields=["done_on", "done_by"])
    record(Verb.OPENED, locked, by=by.user)
    return True
