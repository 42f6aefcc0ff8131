"""Hide a barrier from everybody but the secretariat, and show it again."""

from django.db import transaction
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def hide(*, barrier: Barrier, by: Member) -> Barrier:
    barrier.hidden_at = timezone.now()
    barrier.save(update_fields=["hidden_at"])
    record(Verb.HIDDEN, barrier, by=by.user)
    return barrier


@transaction.atomic
def show(*, barrier: Barrier, by: Member) -> Barrier:
    barrier.hidden_at = None
    barrier.save(update_fields=["hidden_at"])
    record(Verb.SHOWN, barrier, by=by.user)
    return barrier
