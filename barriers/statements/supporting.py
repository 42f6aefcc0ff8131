"""Support a barrier on behalf of an organisation, and withdraw the support.

The organisation that raised a barrier counts without a row: nobody raises what does not concern it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import Barrier, Support
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def support(*, barrier: Barrier, by: Member) -> Support:
    """Let a member's organisation support a barrier.

    Raises Refused (`already`) where it raised the barrier or supports it.
    """
    current = locking.lock_shown(barrier, by.user)
    is_ours = current.raised_by_id == by.organisation_id
    if is_ours or current.supports.filter(organisation=by.organisation).exists():
        raise Refused(_("Your organisation stands behind it already."), already=True)
    made = current.supports.create(organisation=by.organisation, by=by.user)
    recount(current)
    record(Verb.SUPPORTED, current, by=by.user)
    return made


@transaction.atomic
def withdraw(*, barrier: Barrier, by: Member) -> Barrier:
    """Withdraw an organisation's support, whoever of it gave it.

    Raises Refused (`already`) where there is none.
    """
    current = locking.lock_current(barrier)
    gone, _rows = current.supports.filter(organisation=by.organisation).delete()
    if not gone:
        raise Refused(_("Your organisation no longer supports the barrier."), already=True)
    recount(current)
    record(Verb.WITHDRAWN, current, by=by.user)
    return current


def recount(barrier: Barrier) -> None:
    """Save how many organisations support a locked barrier, with the one that raised it."""
    barrier.support_count = 1 + barrier.supports.count()
    barrier.save(update_fields=["support_count"])
