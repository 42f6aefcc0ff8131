"""Pages on which people outside write to organisations, and those answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taskforce.core.acts import Refused
from taskforce.core.danish import DanishOrder
from taskforce.core.limits import visitor_of
from taskforce.core.refusals import refusals, shown_in
from taskforce.members.inquiries import acts, writing
from taskforce.members.inquiries.forms import (
    AnswerForm,
    InquiryForm,
    MemberWriteForm,
    WriteForm,
)
from taskforce.members.models import Organisation, User
from taskforce.members.organisations.reaching import contact_of


def write(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Organisation.objects.visible_to(request.user).in_directory()
    organisation = get_object_or_404(shown.select_related("contact__user"), slug=slug)
    data = request.POST if request.method == "POST" else None
    form = MemberWriteForm(data) if request.user.is_authenticated else WriteForm(data)
    if form.is_valid():
        with shown_in(form):
            writing.write(to=organisation, **_message(request, form.cleaned_data))
            messages.success(request, _("Your message is on its way by mail."))
            return redirect(organisation)
    reaches = bool(contact_of(organisation) or organisation.mailbox)
    context = {"form": form, "organisation": organisation, "reaches_them": reaches}
    return render(request, "members/inquiries/write.html", context)


def _message(request: HttpRequest, typed: dict[str, Any]) -> dict[str, Any]:
    """Return the message with who wrote it: the user, or the person whom the form names."""
    user = request.user
    if isinstance(user, User):
        who = {"name": user.name, "email": user.email, "is_known": True}
    else:
        who = {"name": typed["name"], "email": typed["email"], "is_known": False}
    return {"words": typed["words"], "visitor": visitor_of(request), **who}


def ask(request: HttpRequest) -> HttpResponse:
    offered = Organisation.objects.visible_to(request.user).open_to_buyers()
    chosen = request.GET.getlist("til")
    form = InquiryForm(
        request.POST or None,
        initial={"organisations": chosen},
        offered=offered.order_by(DanishOrder("name")),
    )
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            organisations = form.cleaned_data["organisations"]
            inquiry = form.save(commit=False)
            acts.ask(inquiry=inquiry, organisations=organisations, visitor=visitor_of(request))
            return redirect("members:ask_thanks")
    return render(request, "members/inquiries/ask.html", {"form": form})


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "members/inquiries/thanks.html")


def _over(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    status = 200 if refused.already else 410
    return render(request, "members/inquiries/over.html", {"refused": refused}, status=status)


@never_cache
@refusals(_over)
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    inquiry = acts.to_confirm(key)
    if request.method == "POST":
        acts.confirm(inquiry=inquiry)
        return render(request, "members/inquiries/sent.html", {"inquiry": inquiry})
    if inquiry.confirmed_at:
        raise Refused(_("Your request is sent already."), already=True)
    asked = [each.organisation for each in inquiry.asked.select_related("organisation")]
    context = {"inquiry": inquiry, "asked": asked}
    return render(request, "members/inquiries/confirm.html", context)


@never_cache
@refusals(_over)
def answer(request: HttpRequest, key: str) -> HttpResponse:
    asked = acts.to_answer(key)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        acts.answer(asked=asked, answer=typed["answer"], words=typed["words"])
        return render(request, "members/inquiries/answered.html", {"asked": asked})
    return render(request, "members/inquiries/answer.html", {"form": form, "asked": asked})
