"""Withdraw a barrier that one's own organisation raised, as long as nobody else built on it.

It is hidden from everybody but the secretariat, and a note answers at its address.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import Barrier
from taskforce.activity import taking_back
from taskforce.activity.models import Verb
from taskforce.core.acts import Refused
from taskforce.core.relations import related
from taskforce.dialogue.models import Contribution
from taskforce.members.models import Member

HIGHER = ("initiatives", "cases", "calls")  # what floors above tie to a barrier


def why_not(barrier: Barrier, by: Member) -> str:
    """Return why a member cannot withdraw a barrier of the own organisation; empty where they can.

    What the member may not see is no reason, since that would tell of it.
    """
    if barrier.raised_at_id:
        return _("It was raised at a meeting, and stands in its minutes. Write to the secretariat.")
    if barrier.has_ended:
        return _("It is closed, and the reason stands on its page. Write to the secretariat.")
    if _has_others(barrier, by):
        return _("Others have built on it, so it stays. Write to the secretariat.")
    return ""


def _has_others(barrier: Barrier, by: Member) -> bool:
    said = related(barrier, "statements", by.user)
    others = [
        barrier.supports.all(),
        said.exclude(organisation=by.organisation_id, entry=None),
        Contribution.objects.on(barrier).exclude(organisation=by.organisation_id),
        barrier.choices.exclude(round__opened_at=None),
        barrier.merged.all(),
        related(barrier, "split_off", by.user),
        *(related(barrier, name, by.user) for name in HIGHER),
    ]
    return any(rows.exists() for rows in others)


@transaction.atomic
def withdraw(*, barrier: Barrier, reason: str, by: Member) -> Barrier:
    """Withdraw a barrier, and return it. The note names no title, since that may be what was wrong.

    Raises Refused where it is merged or hidden meanwhile, or for a reason of `why_not`.
    """
    current = locking.lock_shown(barrier, by.user)
    if current.pk != barrier.pk or current.hidden_at:
        raise Refused(_("The barrier is not there any more."))
    if why := why_not(current, by):
        raise Refused(why)
    current.hidden_at = timezone.now()
    current.save(update_fields=["hidden_at"])
    taking_back.note(current, Verb.WITHDRAWN, reason=reason, by=by.user, title=_("A barrier"))
    return current
