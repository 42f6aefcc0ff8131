"""Remind those who have not voted, once a day at most."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers.models import PrioritisationRound
from barriers.rounds import letters
from barriers.rounds.prioritisation import locked


class NotRemindedError(Exception):
    """Raised where nobody is reminded; its text is for the reader."""


@transaction.atomic
def remind(*, voting_round: PrioritisationRound) -> int:
    """Write to the members whose ballot is missing; return how many letters went out."""
    held, today = locked(voting_round), timezone.localdate()
    if not held.is_open(timezone.now()):
        raise NotRemindedError(_("The round is not open."))
    if held.reminded_on == today:
        raise NotRemindedError(_("They have been reminded today already. Try again tomorrow."))
    if not held.voters.without_ballot().exists():
        raise NotRemindedError(_("Everybody has voted."))
    held.reminded_on = today
    held.save(update_fields=["reminded_on"])
    return letters.reminded(held)
