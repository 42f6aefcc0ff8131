"""Declare a counted round void: its result stays readable, and ranks the register no more."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import PrioritisationRound
from barriers.rounds import letters
from barriers.rounds.ranking import rank_register
from taskforce.activity import taking_back
from taskforce.activity.models import Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def declare_void(
    *, voting_round: PrioritisationRound, reason: str, by: Member
) -> PrioritisationRound:
    """Declare a counted round void at any time, return it, and write to everybody who could vote.

    Barriers rank as in the round before. Raises Refused where it is not counted yet, or (`already`)
    where it is void.
    """
    locked = locking.lock_rounds(voting_round)
    if locked.closed_at is None:
        raise Refused(_("The round is not counted yet."))
    if locked.voided_at is not None:
        raise Refused(_("The round is declared void."), already=True)
    locked.voided_at = timezone.now()
    locked.save(update_fields=["voided_at"])
    rank_register()
    told = letters.members_of(locked.voters.all()).values_list("user__email", flat=True)
    taking_back.note(locked, Verb.CLOSED, reason=reason, by=by.user, told=told)
    return locked
