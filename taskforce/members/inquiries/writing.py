"""Write to an organisation: by mail to its contact, and saved nowhere else."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from taskforce.core import mail
from taskforce.core.limits import Limit
from taskforce.members.models import Organisation
from taskforce.members.organisations.reaching import address_of

HOUR = timedelta(hours=1)
OF_VISITOR = Limit("messages to organisations", most=5, within=HOUR)
TO_ONE = Limit("messages to an organisation", most=20, within=HOUR)


@transaction.atomic
def write(
    *, to: Organisation, words: str, name: str, email: str, is_known: bool, visitor: str
) -> str:
    """Send a message, and a receipt to who wrote it; return the address that it went to.

    Only somebody who is logged in (`is_known`) gets their words back: otherwise anybody could send
    anything to any address. Raises Refused after too many messages in an hour.
    """
    many = _("Many messages came from here. Try again in an hour, or write to %(address)s.")
    sentence = many % {"address": settings.SECRETARIAT_EMAIL}
    OF_VISITOR.count(visitor, sentence)
    TO_ONE.count(str(to.pk), sentence)
    address = address_of(to)
    context = {"organisation": to, "question": words, "name": name, "is_known": is_known}
    reaches = {"is_author": address != settings.SECRETARIAT_EMAIL}
    mail.send("organisation_message", to=address, reply_to=email, context=context | reaches)
    secretariat = settings.SECRETARIAT_EMAIL
    mail.send("organisation_message_sent", to=email, reply_to=secretariat, context=context)
    return address
