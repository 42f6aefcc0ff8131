"""Pages of log-in that are ours: the address, passkeys, log-ins, and showing again who one is."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core import bounces
from taskforce.core.acts import Refused
from taskforce.core.refusals import refusals, shown_in
from taskforce.members.accounts import addresses, counting, sessions
from taskforce.members.accounts.forms import AddressForm, CodeForm
from taskforce.members.models import User
from taskforce.members.roles import UserRequest


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]  # the library's
def address(request: UserRequest) -> HttpResponse:
    form = AddressForm(request.POST or None, today=request.user.email)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            email = form.cleaned_data["email"]
            addresses.ask(user=request.user, email=email)
            sent = _("We have sent a link to %(email)s. Nothing changes until you follow it.")
            messages.success(request, sent % {"email": email})
            return redirect("front:my_page")
    return render(request, "account/address.html", {"form": form})


def _over(request: HttpRequest, refused: Refused, /, **link: str) -> HttpResponse:
    return render(request, "account/address_over.html", {"refused": refused}, status=410)


@refusals(_over)
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; pressing it makes the new address the person's own."""
    user, email = addresses.asked_by(token)
    if request.method != "POST":
        return render(request, "account/address_confirm.html", {"new": email})
    is_here = request.user == user  # asked before the act, which ends this log-in too
    person = addresses.change_address(user=user, email=email, by=user)
    if is_here:
        sessions.stay(request, person)
    messages.success(request, _("From now on you log in with %(email)s.") % {"email": email})
    return redirect("front:my_page")


@require_POST
@login_required
def log_out_everywhere(request: UserRequest) -> HttpResponse:
    sessions.end_all(user=request.user)
    logout(request)
    messages.success(request, _("You are logged out everywhere, here too."))
    return redirect("front:front")


class AddPasskey(AddWebAuthnView):
    """Add a passkey that logs in by itself; recovery codes belong to the second step alone."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**context)
        shown["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return shown

    def form_valid(self, form: Any) -> HttpResponse:
        flows.add_authenticator(
            self.request, form.cleaned_data["name"], form.cleaned_data["credential"]
        )
        if not is_mfa_enabled(self.request.user):
            codes = Authenticator.objects.filter(user=self.request.user)
            codes.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        return redirect("mfa_index")


@method_decorator(login_required, name="dispatch")
class ReauthenticateByCode(BaseReauthenticateView):
    """Show again who one is by a code in a mail: the passkey may lie on another device."""

    template_name = "account/reauthenticate_by_code.html"
    form_class = CodeForm
    kept = "account_code_again"  # in the session

    def get_form_kwargs(self) -> dict[str, Any]:
        sent = self.request.session.get(self.kept, {})
        is_fresh = time.time() - sent.get("at", 0) < app_settings.LOGIN_BY_CODE_TIMEOUT
        return {**super().get_form_kwargs(), "code": sent["code"] if is_fresh else ""}

    def post(self, request: HttpRequest, *args: Any, **keys: Any) -> HttpResponse:
        if "send" in request.POST:
            return self._send(request)
        answer: HttpResponse = super().post(request, *args, **keys)
        return answer

    def _send(self, request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101  # login_required
        email, code = request.user.email, get_adapter().generate_login_code()
        try:
            counting.count_letter(email)
        except ValidationError as error:
            messages.error(request, error.message)
        else:
            get_adapter().send_mail("account/email/login_code", email, {"code": code})
            request.session[self.kept] = {"code": code, "at": time.time()}
        return redirect(self.passthrough_next_url(reverse("account_reauthenticate_by_code")))

    def form_valid(self, form: Any) -> HttpResponse:
        del self.request.session[self.kept]
        record_authentication(self.request, self.request.user, "code", reauthenticated=True)
        bounces.start_afresh([self.request.user.email])
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        is_sent = bool(self.get_form_kwargs()["code"])
        return {**super().get_context_data(**context), "is_sent": is_sent}
