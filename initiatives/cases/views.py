"""Pages on which cases are read: the gallery, a case, its picture, and a question about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers.register.pages import theme_of
from initiatives.cases import asking, exports, pages
from initiatives.cases.filters import CaseFilter
from initiatives.cases.forms import AskForm, MemberAskForm
from initiatives.models import Case, CaseState
from taskforce.core import opening, pictured, sheets
from taskforce.core.limits import visitor_of
from taskforce.core.paging import page_of
from taskforce.core.refusals import shown_in
from taskforce.following import novelty
from taskforce.members.models import User


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    filters = CaseFilter(request.GET, Case.objects.published(), request=request)
    page = page_of(pages.rows(filters.qs), request)
    context = {
        "filters": filters,
        "page": page,
        "rows": [pages.ready(row) for row in page.rows],
        "new": novelty.among(request.user, Case, [row["pk"] for row in page.rows]),
        "unpublished": Case.objects.editable_by(request.user).exclude(state="published"),
    }
    return render(request, "initiatives/cases/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    filters = CaseFilter(request.GET, Case.objects.published(), request=request)
    return sheets.as_file(kind, "eksempler", exports.columns(), exports.rows(filters.qs))


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    seen = Case.objects.visible_to(request.user).annotate(theme=theme_of("cases"))
    shown = seen.select_related("written_by", "entry__minutes__meeting")
    found = get_object_or_404(shown, slug=slug)
    opening.note(request, found)
    return render(request, "initiatives/cases/detail.html", pages.case(found, request.user))


@require_safe
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user).exclude(picture=""), slug=slug)
    return pictured.served(case, name, is_public=case.state == CaseState.PUBLISHED)


def ask(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Case.objects.published().select_related("written_by", "contact__user")
    case = get_object_or_404(shown, slug=slug)
    data = request.POST if request.method == "POST" else None
    form = MemberAskForm(data) if request.user.is_authenticated else AskForm(data)
    if form.is_valid():
        with shown_in(form):
            asking.ask(case=case, **_question(request, form.cleaned_data))
            messages.success(request, _("Your question is on its way by mail."))
            return redirect(case)
    context = {"form": form, "case": case, "has_author": asking.author_of(case) is not None}
    return render(request, "initiatives/cases/ask.html", context)


def _question(request: HttpRequest, typed: dict[str, Any]) -> dict[str, Any]:
    """Return the question with its asker: the user, or the person whom the form names."""
    user = request.user
    if isinstance(user, User):
        who = {"name": user.name, "email": user.email, "is_known": True}
    else:
        who = {"name": typed["name"], "email": typed["email"], "is_known": False}
    return {"question": typed["question"], "visitor": visitor_of(request), **who}
