"""Pages of organisations: the directory, a profile and its logo, and the form that keeps it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from taskforce.core import opening, pictured, sheets
from taskforce.core.acts import Refused
from taskforce.core.paging import page_of
from taskforce.core.refusals import refusals, shown_in
from taskforce.members.models import Organisation
from taskforce.members.organisations import acts, confirming, exports, pages
from taskforce.members.organisations.filters import Directory
from taskforce.members.organisations.forms import ProfileForm, certificates_of
from taskforce.members.roles import MemberRequest, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    directory = Directory(request.GET)
    page = page_of(pages.rows(directory.found, request.user), request)
    context = {
        "filters": directory,
        "page": page,
        "rows": [pages.ready(row) for row in page.rows],
        "is_filtered": bool(directory.chosen),
        "dropping": directory.dropping() if not page.rows else [],
        "may_ask": pages.asking(page.rows),
    }
    return render(request, "members/organisations/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    rows = exports.rows(Directory(request.GET).found, request.user)
    return sheets.as_file(kind, "organisationer", exports.columns(), rows)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Organisation.with_merged.visible_to(request.user)
    related = ("contact__user", "merged_into")
    found = get_object_or_404(shown.select_related(*related), slug=slug)
    if found.merged_into:
        return redirect(found.merged_into, permanent=True)
    opening.note(request, found)
    context = pages.detail(found, request.user)
    return render(request, "members/organisations/detail.html", context)


@require_safe
def logo(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    with_logo = Organisation.objects.visible_to(request.user).exclude(logo="")
    organisation = get_object_or_404(with_logo, slug=slug)
    if not organisation.tells:
        raise Http404
    files = (organisation.logo, organisation.logo_small)
    return pictured.inline(files, name, "image/png", is_public=True)


@member_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not pages.may_edit(organisation, request.user):
        raise Http404
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ProfileForm(data, files, instance=organisation, by=request.member, keeper=request.user)
    rows = certificates_of(organisation, data)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        with shown_in(form):
            acts.keep_profile(form=form, certificates=rows, by=request.member)
            form.forget_files()
            _say_saved(request, form)
            return redirect(organisation)
    context = {"form": form, "certificates": rows, **pages.editing(organisation.pk)}
    return render(request, "members/organisations/edit.html", context)


def _say_saved(request: HttpRequest, form: ProfileForm) -> None:
    messages.success(request, _("Your changes are saved."))
    if form.doubtful_cvr:
        number = form.cleaned_data["cvr"]
        messages.warning(
            request,
            _("Look at the CVR number once more: %(number)s is not a usual one.")
            % {"number": number},
        )


def _over(request: HttpRequest, refused: Refused, /, key: str) -> HttpResponse:
    return render(request, "members/inquiries/over.html", {"refused": refused}, status=410)


@never_cache
@refusals(_over)
def still_right(request: HttpRequest, key: str) -> HttpResponse:
    organisation = confirming.organisation_of(key)
    if request.method == "POST":
        confirming.confirm(organisation=organisation)
        messages.success(request, _("Thank you. Your profile stands for another year."))
        return redirect(organisation)
    context = {"organisation": organisation, **pages.profile(organisation, request.user)}
    return render(request, "members/organisations/still_right.html", context)
