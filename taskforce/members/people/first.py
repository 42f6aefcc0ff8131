"""The first secretary, whom nobody can let in: made once, after a mail has reached them."""

import secrets
from smtplib import SMTPException

from django import forms
from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction

from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.models import Kind, Member, Role
from taskforce.members.people import adding
from taskforce.members.people.forms import person_email, person_name

DIGITS = 6
# Who sets a portal up reads English: this is said on a terminal.
THERE = "There is a secretary already: nothing is changed."


class FirstForm(forms.Form):
    name = person_name()
    email = person_email()
    organisation = forms.CharField(max_length=120)


def is_due() -> bool:
    """Tell whether nobody of the secretariat can log in."""
    secretaries = Member.objects.current().filter(role=Role.SECRETARIAT)
    return not secretaries.filter(user__is_active=True).exists()


def send_code(email: str) -> str:
    """Send a code to an address past the outbox, and return it; Refused where it does not leave."""
    code = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
    message = mail.compose("first_code", to=email, context={"code": code}).message(
        connection=get_connection(settings.OUTBOX_BACKEND)
    )
    try:
        message.send()
    except (OSError, SMTPException) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Refused(f"No mail could be sent by the server in EMAIL_URL: {why}.") from error
    return code


@transaction.atomic
def make(*, name: str, email: str, organisation: str) -> Member:
    """Make the first secretary, and put the letter with their way in in the outbox.

    Refused where there is one.
    """
    if not is_due():
        raise Refused(THERE)
    home = adding.named(organisation, Kind.NETWORK)
    user = adding.person(email, name)
    return adding.add_member(user, home, title="", role=Role.SECRETARIAT, has_letter=True, by=user)
