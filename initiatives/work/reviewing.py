"""Ask the lead of an initiative how it goes when its review date has passed."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from initiatives.models import Initiative
from initiatives.work.locking import locked
from taskforce.core import mail


def ask_due(now: datetime) -> int:
    """Ask about every review date that has passed unasked, however long ago; return how many."""
    today = timezone.localdate(now)
    return sum(_ask(each, today) for each in Initiative.objects.to_ask_about(today))


@transaction.atomic
def _ask(initiative: Initiative, today: date) -> bool:
    """Ask once about each date, however often and by how many it is tried."""
    found = locked(initiative, Initiative.objects.to_ask_about(today))
    if found is None:
        return False
    found.review_asked_for = found.review_on
    found.save(update_fields=["review_asked_for"])
    members = found.lead.members.current().select_related("user")
    # Where nobody of the lead is left, somebody must know of it.
    for address in [member.user.email for member in members] or [settings.SECRETARIAT_EMAIL]:
        mail.send(
            "initiative_review",
            to=address,
            reply_to=settings.SECRETARIAT_EMAIL,
            context={"initiative": found},
        )
    return True
