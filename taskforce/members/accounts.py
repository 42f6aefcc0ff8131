"""How allauth behaves here: people log in, but nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from taskforce.members.models import User


class Adapter(DefaultAccountAdapter):
    """Close sign-up: the way in is /bliv-medlem/, where the secretariat answers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def keep_address(*, user: User, **signal: Any) -> None:
    """Note that the address of somebody who logs in is theirs.

    They came in by what was sent to it, or by a password or passkey that they chose after that.
    Without the note the library takes the address for one that nobody has shown to be theirs, and
    refuses it passkeys.
    """
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
