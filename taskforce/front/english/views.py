"""The page for partners abroad, and the one on which the secretariat writes what stands there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from taskforce.front.english import acts, pages
from taskforce.front.models import Page
from taskforce.front.written import texts
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    context = {"text": texts.shown(Page.PARTNERS), "page_key": Page.PARTNERS.value}
    return render(request, "front/english/partners.html", context | pages.partners())


@secretariat_required
def write(request: MemberRequest) -> HttpResponse:
    context = pages.writing(request, request.member)
    # Each is looked at, so that all that is wrong is told at once.
    wrong = [form for form in context["forms"] if not form.is_valid()]
    if request.method == "POST" and not wrong:
        saved = acts.save_all(forms=context["forms"], by=request.member)
        _tell(request, saved, context["gone"])
        if not any(form.errors for form in context["forms"]):
            return redirect(request.get_full_path())
    return render(request, "front/english/write.html", context)


def _tell(request: MemberRequest, saved: int, gone: int) -> None:
    if saved:
        words = ngettext("%(n)s summary is saved.", "%(n)s summaries are saved.", saved)
        messages.success(request, words % {"n": saved})
    if gone:
        messages.warning(request, _("Something was deleted meanwhile, and its text is not saved."))
