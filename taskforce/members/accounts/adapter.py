"""How allauth behaves here: people log in, but nobody signs up by themselves."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core import mail
from taskforce.core.html_letters import as_content
from taskforce.members.accounts import counting
from taskforce.members.accounts.devices import device_of
from taskforce.members.models import User


class Adapter(DefaultAccountAdapter):
    """Close sign-up, build links from SITE_URL, count tries in the database, speak our words."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "E-mail and password do not match. You can also get a code by mail."
        ),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_code": gettext_lazy("The code is wrong. Use the one in the latest mail."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "invalid_password_reset": gettext_lazy("The link no longer works"),
        "rate_limited": gettext_lazy("Wait a moment, and try again."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(
        self, request: HttpRequest, user: Any, *, email: str | None = None, **login: Any
    ) -> HttpResponse | None:
        """Let nobody in by what was sent to an address that is no longer the person's."""
        if email and email.lower() != user.email:
            self.clear(request)
            messages.error(request, _("The code was for another address. Ask for a new one."))
            return redirect("account_request_login_code")
        answer: HttpResponse | None = super().pre_login(request, user, email=email, **login)
        return answer

    def clear(self, request: HttpRequest) -> None:
        """Forget a log-in that was begun."""
        request.session.pop("account_login", None)

    def set_password(self, user: Any, password: str) -> None:
        """Save the password alone: an address that changed meanwhile stays."""
        user.set_password(password)
        user.save(update_fields=["password"])

    # Letters

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter whose links begin with SITE_URL, whatever host the request names."""
        about = {key: value for key, value in context.items() if key != "request"}
        device = device_of(about.get("user_agent", ""))
        greeted = User.objects.filter(email=email.lower()).values_list("name", flat=True).first()
        site = {"site": settings.SITE_URL, "secretariat": settings.SECRETARIAT_EMAIL}
        own = {"email": email, "device": device, "greeted": greeted, **site}
        plain = self.render_mail(template_prefix, email, {**about, **own})
        mail.Letter(email, plain.subject, plain.body, as_content(plain.body)).message().send()

    def get_reset_password_from_key_url(self, key: str) -> str:
        user, _dash, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[user, token])

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Send the link to the address of today only."""
        if email.lower() == user.email:
            super().send_password_reset_mail(user, email, context)
        else:
            self.send_mail("account/email/unknown_account", email, {})

    # Passwords are counted before they are looked at

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        self._counted = counting.count_password(credentials.get("email", ""))

    def _rollback_login_failed_rl_usage(self) -> None:
        counting.forgive(self._counted)

    # To show again who one is, before passkeys, the second step or the address change

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Ask again unless somebody logged in, or showed it, within the last minutes."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **about))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer a code by mail too: the passkey may lie on another device.

        Where two-step log-in is on, mail alone is one step.
        """
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from your app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]
        if methods and isinstance(user, User) and not is_mfa_enabled(user):
            url = reverse("account_reauthenticate_by_code")
            methods.append({"id": "code", "description": _("Get a code by mail"), "url": url})
        return methods
