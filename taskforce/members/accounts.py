"""How allauth behaves here: people log in, and only the secretariat lets new ones in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from taskforce.members.models import User


class Adapter(DefaultAccountAdapter):
    """Close sign-up: people ask at /bliv-medlem/, and the secretariat answers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def keep_address(*, user: User, **signal: Any) -> None:
    """Mark the address of somebody who logs in as verified; allauth requires it for passkeys.

    It is: they logged in by a code or link sent to it, or by a password or passkey chosen later.
    """
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
