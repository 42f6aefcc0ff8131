"""Pages of joining, and of the mail that a member gets."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from taskforce.core import unasked
from taskforce.core.acts import Refused
from taskforce.core.limits import visitor_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members import joining
from taskforce.members.forms import AcceptForm, DeclineForm, JoinForm
from taskforce.members.models import JoinRequest, Member
from taskforce.members.roles import MemberRequest, is_member, secretariat_required


def join(request: HttpRequest) -> HttpResponse:
    if is_member(request.user):
        return render(request, "members/joined.html")
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            joining.ask(form=form, visitor=visitor_of(request))
            return redirect("members:join_thanks")
    return render(request, "members/join.html", {"form": form})


@require_safe
def join_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "members/join_thanks.html")


@require_safe
@secretariat_required
def join_request(request: MemberRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user), pk=pk)
    return _shown(request, asked)


def _shown(request: MemberRequest, asked: JoinRequest, **forms: Any) -> HttpResponse:
    before = Member.objects.filter(user__email=asked.email.lower()).select_related("organisation")
    context = {
        "asked": asked,
        "before": before,
        "accept_form": AcceptForm(request=asked),
        "decline_form": DeclineForm(),
        **forms,
    }
    return render(request, "members/join_request.html", context)


def _on_desk(request: HttpRequest, refused: Refused, /, pk: int) -> HttpResponse:
    add_message(request, refused)
    return redirect("front:desk")


@secretariat_required
@refusals(_on_desk)
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user), pk=pk)
    joining.must_wait(asked)
    form = AcceptForm(request.POST or None, request=asked)
    if request.method == "POST" and form.is_valid():
        joining.accept(request=asked, form=form, by=request.member)
        messages.success(request, _("Accepted. A mail with the way in is on its way."))
        return redirect("front:desk")
    return _shown(request, asked, accept_form=form)


@secretariat_required
@refusals(_on_desk)
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(JoinRequest.objects.visible_to(request.user), pk=pk)
    joining.must_wait(asked)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        joining.decline(request=asked, reason=reason, by=request.member)
        messages.success(request, _("Declined. The reason is on its way by mail."))
        return redirect("front:desk")
    return _shown(request, asked, decline_form=form)


def _no_such_mail(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    return render(request, "members/stop_mail_expired.html", status=404)


@csrf_exempt  # mail programs send it too (RFC 8058); the signed link is what lets in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@refusals(_no_such_mail)
def stop_mail(request: HttpRequest, key: str) -> HttpResponse:
    found = unasked.read(key)
    is_stopped = request.method == "POST"
    if is_stopped:
        unasked.stop(found)
    context = {"kind": found.kind.label, "is_stopped": is_stopped}
    stop_all = found.reader.path_to_stop_all
    return render(request, "members/stop_mail.html", {**context, "stop_all": stop_all})


@csrf_exempt  # it follows the page above, whose form needs no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@refusals(_no_such_mail)
def stop_all_mail(request: HttpRequest, key: str) -> HttpResponse:
    reader = unasked.read_all(key)
    is_stopped = request.method == "POST"
    if is_stopped:
        unasked.stop_all(reader)
    context = {"is_stopped": is_stopped, "is_user": reader.user is not None}
    return render(request, "members/stop_all_mail.html", context)
