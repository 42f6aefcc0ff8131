"""The portal's own pages, and those on which the secretariat writes them."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.front.models import Page
from taskforce.front.written import acts, pages, texts
from taskforce.front.written.forms import PageForm
from taskforce.members.roles import MemberRequest, secretariat_required


def _shown(request: HttpRequest, page: Page) -> HttpResponse:
    context = {"text": texts.shown(page), "page_key": page.value}
    return render(request, f"front/written/{page.name.lower()}.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _shown(request, Page.ABOUT)


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return _shown(request, Page.CONTACT)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _shown(request, Page.ACCESSIBILITY)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _shown(request, Page.PRIVACY)


@require_safe
@secretariat_required
def index(request: MemberRequest) -> HttpResponse:
    return render(request, "front/written/list.html", {"rows": pages.rows()})


def _page(key: str) -> Page:
    try:
        return Page(key)
    except ValueError:
        raise Http404 from None


@secretariat_required
def write(request: MemberRequest, key: str) -> HttpResponse:
    page = _page(key)
    form = PageForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.write(form=form, by=request.member)
            messages.success(request, _("The page is saved, and everybody reads the new text."))
            return redirect(pages.address(page))
    return render(request, "front/written/write.html", {"form": form, "page": page})


@require_safe
@secretariat_required
def versions(request: MemberRequest, key: str) -> HttpResponse:
    page = _page(key)
    return render(request, "front/written/versions.html", pages.versions(page, request.GET))


class BringBackForm(forms.Form):
    """Which version comes back, and which one was the newest when that was chosen."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    after = forms.IntegerField(widget=forms.HiddenInput)


@require_POST
@secretariat_required
@refusals(on_page("front:page_versions"))
def bring_back(request: MemberRequest, key: str) -> HttpResponse:
    form = BringBackForm(request.POST)
    if not form.is_valid():
        return redirect("front:page_versions", key)
    acts.bring_back(page=_page(key), by=request.member, **form.cleaned_data)
    messages.success(request, _("The earlier version is what everybody reads again."))
    return redirect("front:page_versions", key)
