"""Where the link of an invitation leads: a button, and then a code to the same address."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core.acts import Refused
from taskforce.core.refusals import on_page, refusals
from taskforce.members.accounts import counting
from taskforce.members.models import User
from taskforce.members.people import inviting


def _over(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    return render(request, "members/people/welcome_over.html", status=410)


@refusals(_over)
def welcome(request: HttpRequest, key: str) -> HttpResponse:
    """Show who is asked in, and to whom one is logged in; the button sends a code."""
    invitation = inviting.of_link(key)
    user = invitation.member.user
    if request.method == "POST" and not invitation.is_expired:
        inviting.open_up(invitation=invitation)
        return _let_in(request, user)
    status = 410 if invitation.is_expired else 200
    return render(request, "members/people/welcome.html", {"invitation": invitation}, status=status)


def _let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Begin a log-in with a code to the invited address; who is logged in with it is in already."""
    if request.user == user:
        inviting.note_log_in(user=user)
        return redirect("front:my_page")
    try:
        counting.count_letter(user.email)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(request.path)
    logout(request)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    return redirect("account_confirm_login_code")


@require_POST
@refusals(on_page("members:welcome"))
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    inviting.ask_again(invitation=inviting.of_link(key))
    messages.success(request, _("We have passed it on. A new letter comes to the same address."))
    return redirect("members:welcome", key)
