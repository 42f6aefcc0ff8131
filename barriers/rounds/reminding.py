"""Remind those who have not voted, once a day at most."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import PrioritisationRound
from barriers.rounds import letters
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def remind(*, voting_round: PrioritisationRound) -> list[Member]:
    """Write to the members whose ballot is missing, and return them.

    Raises Refused where the round is not open, where it was done today, or where all have voted.
    """
    locked, today = locking.lock_round(voting_round), timezone.localdate()
    if not locked.is_open(timezone.now()):
        raise Refused(_("The round is not open."))
    if locked.reminded_on == today:
        raise Refused(_("They have been reminded today already. Try again tomorrow."))
    if not locked.voters.without_ballot().exists():
        raise Refused(_("Everybody has voted."))
    locked.reminded_on = today
    locked.save(update_fields=["reminded_on"])
    return letters.remind(locked)
