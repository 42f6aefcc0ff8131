"""Support a barrier on behalf of an organisation, once, and withdraw it.

The organisation that raised a barrier counts by itself: nobody raises what is not in their way.
"""

from django.db import transaction

from barriers import locking
from barriers.models import Barrier, Support
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def support(*, barrier: Barrier, by: Member) -> bool:
    """Let a member's organisation support a barrier; False where it stands behind it already."""
    found = locking.standing(barrier)
    if found.raised_by_id == by.organisation_id:
        return False
    _support, created = Support.objects.get_or_create(
        barrier=found, organisation=by.organisation, defaults={"by": by.user}
    )
    if created:
        recount(found)
        record(Verb.SUPPORTED, found, by=by.user)
    return created


@transaction.atomic
def withdraw(*, barrier: Barrier, by: Member) -> bool:
    """Take back an organisation's support, whoever of it gave it; False where there is none."""
    found = locking.standing(barrier)
    gone, _rows = found.supports.filter(organisation=by.organisation).delete()
    if gone:
        recount(found)
        record(Verb.WITHDRAWN, found, by=by.user)
    return bool(gone)


def recount(barrier: Barrier) -> None:
    """Write down how many stand behind a locked barrier, the one that raised it included."""
    barrier.support_count = 1 + barrier.supports.count()
    barrier.save(update_fields=["support_count"])
