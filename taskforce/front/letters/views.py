"""Pages on which the secretariat writes to members, and sees what was sent to whom."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.acts import Conflict, Refused
from taskforce.core.files import NoRoom, opened
from taskforce.core.models import Mailing, MailingFile
from taskforce.core.paging import page_of
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.front.letters import acts, pages
from taskforce.front.letters.forms import AskedForm, LetterForm, MarkForm
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
@secretariat_required
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "front/letters/list.html", {"page": page_of(pages.rows(), request)})


def _back(request: HttpRequest, refused: Refused, pk: int) -> HttpResponse:
    """Say why on the letter's page, or on the list where it was deleted."""
    add_message(request, refused)
    return redirect(Mailing.objects.filter(pk=pk).first() or "front:letters")


def _form(request: MemberRequest, mailing: Mailing) -> LetterForm:
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return LetterForm(*sent, instance=mailing, keeper=request.user)


@secretariat_required
def write(request: MemberRequest) -> HttpResponse:
    form = _form(request, Mailing(audience=AskedForm(request.GET).audience))
    if request.method == "POST" and form.is_valid():
        with shown_in(form, NoRoom):
            mailing = acts.begin(form=form, by=request.user)
            form.forget_files()
            return redirect(mailing)
    return render(request, "front/letters/write.html", {"form": form})


@secretariat_required
@refusals(_back)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    mailing = get_object_or_404(Mailing, pk=pk)
    acts.must_be_draft(mailing)
    form = _form(request, mailing)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, NoRoom, Conflict):
            acts.change(form=form)
            form.forget_files()
            return redirect(mailing)
    return render(request, "front/letters/write.html", {"form": form, "mailing": mailing})


@require_safe
@secretariat_required
def letter(request: MemberRequest, pk: int) -> HttpResponse:
    mailing = get_object_or_404(Mailing, pk=pk)
    if mailing.is_draft:
        return render(request, "front/letters/draft.html", pages.draft(mailing))
    context = pages.sent(mailing)
    answer = render(request, "front/letters/sent.html", context)
    if context["refresh"]:
        answer["Refresh"] = str(context["refresh"])
    return answer


@require_POST
@secretariat_required
@refusals(_back)
def send(request: MemberRequest, pk: int) -> HttpResponse:
    mailing = get_object_or_404(Mailing, pk=pk)
    mark = MarkForm(request.POST)["mark"].value() or ""
    acts.send(mailing=mailing, mark=mark, by=request.user)
    messages.success(request, _("The letter is on its way."))
    return redirect(mailing)


@require_POST
@secretariat_required
@refusals(_back)
def try_out(request: MemberRequest, pk: int) -> HttpResponse:
    mailing = get_object_or_404(Mailing, pk=pk)
    acts.must_be_draft(mailing)
    acts.try_out(mailing=mailing, by=request.user)
    words = _("It is sent to you alone, at %(email)s.")
    messages.success(request, words % {"email": request.user.email})
    return redirect(mailing)


@require_POST
@secretariat_required
@refusals(_back)
def send_again(request: MemberRequest, pk: int) -> HttpResponse:
    mailing = get_object_or_404(Mailing, pk=pk, is_draft=False)
    number = len(acts.send_again(mailing=mailing))
    words = ngettext("%(n)s letter is tried again.", "%(n)s letters are tried again.", number)
    messages.success(request, words % {"n": number})
    return redirect(mailing)


@require_POST
@secretariat_required
@refusals(_back)
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    acts.discard(mailing=get_object_or_404(Mailing, pk=pk))
    messages.success(request, _("The draft is deleted."))
    return redirect("front:letters")


@require_safe
@secretariat_required
def attachment(request: MemberRequest, pk: int, file: int) -> HttpResponseBase:
    found = get_object_or_404(MailingFile, mailing=pk, pk=file)
    return FileResponse(opened(found.file), as_attachment=True, filename=found.name)
