"""Ask once a year whether what an organisation tells still holds: one button answers.

After two letters without an answer its page says so, after three it hides what is told.
"""

from datetime import date, timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.models import Organisation
from taskforce.members.models.organisation import HIDDEN, HOLDS
from taskforce.members.organisations.reaching import addresses_of

AGAIN_AFTER = timedelta(days=30)
signer = TimestampSigner(salt="taskforce.members.organisations.confirming")


def link(organisation: Organisation) -> str:
    """Return the address of the page with the button; it works for a year."""
    return reverse("members:still_right", args=[signer.sign(str(organisation.pk))])


def organisation_of(key: str) -> Organisation:
    """Return whose profile a link confirms; Refused where it is too old, or none of ours."""
    try:
        pk = int(signer.unsign(key, max_age=HOLDS))
    except (BadSignature, ValueError):
        raise Refused(_("The link no longer works")) from None
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(_("The link no longer works"))
    return found


def confirm(*, organisation: Organisation) -> Organisation:
    """Note that what the organisation tells holds today."""
    organisation.confirmed_on, organisation.unanswered = timezone.localdate(), 0
    organisation.asked_on = None
    organisation.save(update_fields=["confirmed_on", "unanswered", "asked_on"])
    return organisation


def ask_all(today: date) -> int:
    """Write to those whose profile was confirmed a year ago, or who have not answered for a month.

    Returns to how many. However often it runs in a day, each gets one letter.
    """
    due = Organisation.objects.filter(
        confirmed_on__lte=today - HOLDS, unanswered__lt=HIDDEN, is_example=False
    ).exclude(asked_on__gt=today - AGAIN_AFTER)
    return sum(_ask(pk, today) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _ask(pk: int, today: date) -> bool:
    """Count the last letter as unanswered, and write again while there is something to hide."""
    rows = Organisation.objects.select_for_update(of=["self"])
    organisation = rows.select_related("contact__user").get(pk=pk)
    last = organisation.asked_on
    is_due = organisation.confirmed_on and organisation.confirmed_on <= today - HOLDS
    if not is_due or (last and last > today - AGAIN_AFTER):
        return False  # answered, or asked, at this moment
    addresses = addresses_of(organisation)
    if not addresses:
        return False  # nobody can answer; the secretariat's list says so
    organisation.unanswered += last is not None
    organisation.asked_on = today
    organisation.save(update_fields=["unanswered", "asked_on"])
    if not organisation.tells:
        return False
    for address in addresses:
        mail.send(
            "profile_still_right",
            about=organisation,
            to=address,
            context={"organisation": organisation, "path": link(organisation)},
        )
    return True
