"""A second step of logging in, for those who switched it on; a passkey is a way in by itself."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.members.accounts.devices import device_of
from taskforce.members.models import User

PORTAL = "Buy Social Taskforce Danmark"
Type = Authenticator.Type


class TwoStepAdapter(DefaultMFAAdapter):
    """Ask for a second step where somebody switched it on, and for nothing else."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _(
            "Recovery codes belong to two-step log-in, which is not switched on."
        ),
        "incorrect_code": _("The code is wrong. Try the latest one."),
    }

    def is_mfa_enabled(self, user: User, types: list[str] | None = None) -> bool:
        """Tell whether two-step log-in is on; asked about passkeys alone, whether there are any.

        The library asks about app and passkeys together before a second step, and about each kind
        alone when somebody is to show again who they are.
        """
        if types == [Type.WEBAUTHN]:
            return bool(super().is_mfa_enabled(user, types))
        is_on = bool(super().is_mfa_enabled(user, [Type.TOTP]))
        if types == [Type.RECOVERY_CODES]:
            return is_on and bool(super().is_mfa_enabled(user, types))
        return is_on

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # its word
        """Name a passkey by the device on which it is made."""
        return device_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the portal's own name, whatever host a request names."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": PORTAL}


@transaction.atomic
def switch_off(*, user: User) -> User:
    """Switch two-step log-in off for somebody whose phone and recovery codes are gone; tell them.

    Refused where it is off already.
    """
    deleted, _rows = Authenticator.objects.filter(user=user, type=Type.TOTP).delete()
    if not deleted:
        raise Refused(gettext("Two-step log-in is switched off."), already=True)
    Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
    mail.send(
        "two_step_off",
        to=user.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"user": user},
    )
    return user


def forget_recovery_codes(*, user: User, authenticator: Authenticator, **signal: Any) -> None:
    """Delete the recovery codes with the second step that they stand in for."""
    if authenticator.type == Type.TOTP:
        Authenticator.objects.filter(user=user, type=Type.RECOVERY_CODES).delete()
