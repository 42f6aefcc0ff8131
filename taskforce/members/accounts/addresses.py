"""The address by which somebody logs in: one a person, and what it takes to change it."""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taskforce.core import bounces, mail
from taskforce.core.acts import Refused
from taskforce.members.accounts import sessions
from taskforce.members.accounts.counting import NEW_ADDRESSES
from taskforce.members.models import User

SALT = "members.addresses"
LINK_WORKS = timedelta(days=3)


@transaction.atomic
def ask(*, user: User, email: str) -> None:
    """Send a link to a new address; following it makes the address the person's own.

    Whether somebody else logs in with the address shows to whoever reads its mail alone.
    """
    too_many = _("You have asked for many changes. Try again in an hour.")
    NEW_ADDRESSES.count(str(user.pk), too_many)
    token = signing.dumps([user.pk, user.email, email.lower()], salt=SALT)
    path = reverse("account_confirm_address", args=[token])
    mail.send("address_to_confirm", to=email, context={"path": path, "days": LINK_WORKS.days})


def asked_by(token: str) -> tuple[User, str]:
    """Return who asked for a new address, and the address; Refused where the link is over."""
    try:
        pk, old, new = signing.loads(token, salt=SALT, max_age=LINK_WORKS)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused(_("The link no longer works")) from None
    user = User.objects.filter(pk=pk, email=old, is_active=True).first()
    if user is None:
        raise Refused(_("The link no longer works"))
    return user, new


@transaction.atomic
def change_address(*, user: User, email: str, by: User) -> User:
    """Give a person another address; the old one loses every way in.

    All log-ins, and all links and codes that were sent to the old address, end. It is told. A new
    address that somebody else chose is told too. Refused where another person has the address.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    old, new = person.email, email.lower()
    if new == old:
        raise Refused(_("This is already your address."), field="email", already=True)
    bounces.forget(old)
    person.email = new
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        raise Refused(_("Somebody else logs in with this address."), field="email") from None
    settle(person)
    sessions.end_all(user=person)
    context = {"user": person, "by_self": by == person}
    secretariat = settings.SECRETARIAT_EMAIL
    mail.send("address_changed", to=old, greeted=person.name, reply_to=secretariat, context=context)
    if by != person:
        mail.send("address_given", to=new, reply_to=secretariat, context=context)
    return person


@transaction.atomic
def settle(user: User) -> None:
    """Make what the library knows of addresses say what `User.email` says, and nothing else.

    The library lets people in by its own list. Other addresses on it, left from before, would be
    ways in; and somebody else's hold on this address would keep its owner out.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two log-ins at once take turns
    EmailAddress.objects.filter(email=user.email).exclude(user=user).delete()
    EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def keep_address(*, user: User, **signal: Any) -> None:
    """Note that the address of somebody who logs in is theirs.

    They came in by what was sent to it, or by a password or passkey that they chose after that.
    """
    settle(user)
