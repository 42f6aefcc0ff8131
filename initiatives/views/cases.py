"""Pages of good-practice cases."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from initiatives import casework, pages
from initiatives.filters import CaseFilter
from initiatives.forms import CaseForm, PartnerFormSet, ReturnForm, begun_from
from initiatives.models import Case
from taskforce.members.roles import MemberRequest, member_required, secretariat_required
from taskforce.paging import page_of


@require_safe
def list(request: HttpRequest) -> HttpResponse:
    filters = CaseFilter(request.GET, Case.objects.published())
    page = page_of(pages.case_rows(filters.qs), request)
    context = {
        "filters": filters,
        "page": page,
        "rows": [pages.ready_case(row) for row in page.rows],
        "unpublished": Case.objects.editable_by(request.user).exclude(state="published"),
    }
    return render(request, "initiatives/cases.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Case.objects.visible_to(request.user).select_related(
        "written_by", "entry__minutes__meeting"
    )
    found = get_object_or_404(shown, slug=slug)
    return render(request, "initiatives/case.html", pages.case(found, request.user))


@member_required
def add(request: MemberRequest) -> HttpResponse:
    form = CaseForm(request.POST or None, initial=begun_from(request.GET))
    partners = PartnerFormSet(request.POST or None)
    if request.method == "POST" and form.is_valid() and partners.is_valid():
        case = casework.write(form=form, partners=partners, by=request.member)
        messages.success(request, _("The case is kept as a draft. Submit it when it is ready."))
        return redirect(case)
    return render(request, "initiatives/add_case.html", {"form": form, "partners": partners})


@member_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.editable_by(request.user), slug=slug)
    form = CaseForm(request.POST or None, instance=case)
    partners = PartnerFormSet(request.POST or None, instance=case)
    sent = request.method == "POST" and form.is_valid() and partners.is_valid()
    if sent and casework.change(form=form, partners=partners, by=request.member):
        messages.success(request, _("Your changes are saved."))
        return redirect(case)
    context = {"form": form, "partners": partners, "case": case}
    return render(request, "initiatives/edit_case.html", context)


@require_POST
@member_required
def submit(request: MemberRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.of_organisation(request.user), slug=slug)
    if casework.submit(case=case, by=request.member):
        messages.success(request, _("The case is with the secretariat, who will publish it."))
    return redirect(case)


@require_POST
@secretariat_required
def publish(request: MemberRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.visible_to(request.user), slug=slug)
    if casework.publish(case=case, by=request.member):
        messages.success(request, _("The case is published. Everybody can read it."))
    else:
        messages.error(request, _("Only a submitted case can be published."))
    return redirect(case)


@secretariat_required
def send_back(request: MemberRequest, slug: str) -> HttpResponse:
    case = get_object_or_404(Case.objects.submitted(), slug=slug)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        casework.send_back(case=case, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The case is a draft again, and its author is told why."))
        return redirect("front:desk")
    return render(request, "initiatives/send_back.html", {"form": form, "case": case})
