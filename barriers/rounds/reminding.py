"""Remind those who have not voted, once a day at most."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import PrioritisationRound
from barriers.rounds import letters
from taskforce.core.acts import Refused
from taskforce.following import reminding
from taskforce.following.reminding import Due
from taskforce.members.models import Member


@transaction.atomic
def remind(*, voting_round: PrioritisationRound) -> list[Member]:
    """Write to the members whose ballot is missing, and return them.

    Raises Refused where the round is not open, where it was done today, or where all have voted.
    """
    locked = locking.lock_round(voting_round)
    if not locked.is_open(timezone.now()):
        raise Refused(_("The round is not open."))
    if is_done(locked):
        raise Refused(_("They have been reminded today already. Try again tomorrow."))
    missing = locked.voters.without_ballot()
    if not missing.exists():
        raise Refused(_("Everybody has voted."))
    due = Due(
        _today(locked),
        lambda: letters.members_of(missing).select_related("user"),
        lambda member: member.user,
        lambda _members: letters.remind(locked),
    )
    return [*reminding.remind(due)]


def is_done(voting_round: PrioritisationRound) -> bool:
    """Tell whether somebody was reminded of the round today."""
    return reminding.was_sent(_today(voting_round))


def _today(voting_round: PrioritisationRound) -> str:
    return f"round-{voting_round.pk} {timezone.localdate()}"
