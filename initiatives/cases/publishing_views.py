"""Publish a case or not, withdraw or delete it, and exchange messages about it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives.cases import acts
from initiatives.cases.access import own, read_by_secretariat
from initiatives.cases.forms import MessageForm, PublishForm
from initiatives.models import Case
from taskforce.members.roles import MemberRequest

# By the author


@own
def withdraw(request: MemberRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        acts.withdraw(case=case, by=request.member)
        messages.success(request, _("The example is your draft again. Nobody else sees it."))
        return redirect(case)
    return render(request, "initiatives/cases/withdraw.html", {"case": case})


@own
def discard(request: MemberRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        acts.discard(case=case)
        messages.success(request, _("The draft is deleted."))
        return redirect("front:my_page")
    return render(request, "initiatives/cases/discard.html", {"case": case})


@own
def ask_for_change(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("The secretariat has received your message by mail.")
    return _send_message(request, case, acts.ask_for_change, "ask_for_change", said)


# By the secretariat


@require_POST
@read_by_secretariat
def publish(request: MemberRequest, case: Case) -> HttpResponse:
    form = PublishForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    acts.publish(case=case, version=version, by=request.member)
    messages.success(request, _("The example is published. Everybody can read it."))
    return redirect(case)


@read_by_secretariat
def send_back(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("Your message is on its way.")
    return _send_message(request, case, acts.request_changes, "send_back", said)


@read_by_secretariat
def decline(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("Declined. The reason is on its way by mail.")
    return _send_message(request, case, acts.decline, "decline", said)


@read_by_secretariat
def answer_change(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("Your message is on its way.")
    return _send_message(request, case, acts.answer_change, "answer_change", said)


def _send_message(
    request: MemberRequest, case: Case, act: Callable[..., object], page: str, said: str
) -> HttpResponse:
    """Ask for the message that an act sends, and do it."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(case=case, words=form.cleaned_data["words"], by=request.member)
        messages.success(request, said)
        return redirect(case)
    return render(request, f"initiatives/cases/{page}.html", {"form": form, "case": case})
