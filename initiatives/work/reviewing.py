"""Ask the lead of an initiative how it goes once its review date has passed."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.work.locking import find_locked
from taskforce.core import mail


def ask_due(now: datetime) -> int:
    """Ask about each review date that has passed and was not asked about; return how many."""
    today = timezone.localdate(now)
    return sum(_ask(each, today) for each in Initiative.objects.to_ask_about(today))


@transaction.atomic
def _ask(initiative: Initiative, today: date) -> int:
    """Ask about one date; return how many were asked about, 0 where another worker was first."""
    found = find_locked(initiative, Initiative.objects.to_ask_about(today))
    if found is None:
        return 0
    found.review_asked_for = found.review_on
    found.save(update_fields=["review_asked_for"])
    members = found.lead.members.current().select_related("user")
    # Where the lead has no members any more, the secretariat takes care of it.
    for address in [member.user.email for member in members] or [settings.SECRETARIAT_EMAIL]:
        mail.send(
            "initiative_review",
            to=address,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"initiative": found},
        )
    return 1
