"""Pages on which a case is begun, written and submitted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import thread
from initiatives.cases import acts, pages
from initiatives.cases.access import editable, own
from initiatives.cases.forms import BeginForm, CaseForm
from initiatives.cases.partners import PartnerFormSet, Partners
from initiatives.models import Case, CaseState
from initiatives.thread import came_from
from taskforce.core import amounts
from taskforce.core.acts import Conflict
from taskforce.core.files import NoRoom
from taskforce.core.refusals import by_script, shown_in
from taskforce.members.roles import MemberRequest, member_required, membership

SUBMITTED = (CaseState.SUBMITTED, CaseState.PUBLISHED)


@member_required
def add(request: MemberRequest) -> HttpResponse:
    initiative = came_from(request.GET)
    form = BeginForm(request.POST or None, initial={"title": str(initiative or "")})
    if request.method == "POST" and form.is_valid():
        barrier = thread.came_from(request.GET)
        case = acts.begin(form=form, by=request.member, answers=barrier, of=initiative)
        return redirect("initiatives:edit_case", case.slug)
    return render(request, "initiatives/cases/add.html", {"form": form})


def _forms(request: MemberRequest, case: Case, *, whole: bool) -> tuple[CaseForm, Partners]:
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    member = membership(request.user)
    by_author = member is not None and member.organisation_id == case.written_by_id
    partners = PartnerFormSet(data, case=case, whole=whole)
    options: dict[str, Any] = {"by_author": by_author, "whole": whole, "partners": partners}
    options["keeper"] = request.user
    return CaseForm(data, files, instance=case, **options), partners


@editable
def edit(request: MemberRequest, case: Case) -> HttpResponse:
    form, partners = _forms(request, case, whole=case.state in SUBMITTED)
    if request.method != "POST":
        return _show(request, form, partners)
    if not (form.is_valid() and partners.is_valid()):
        return _show_errors(request, form, partners)
    with shown_in(form, NoRoom):
        with shown_in(form, Conflict):
            acts.write(form=form, partners=partners, by=request.member)
            form.forget_files()
            return _saved(request, form)
        return _show_conflict(request, form, partners)
    return _show_errors(request, form, partners)


@own
def submit(request: MemberRequest, case: Case) -> HttpResponse:
    # A page with errors has this address; reloaded, or opened after a log-in, it shows the form.
    if request.method != "POST":
        return redirect("initiatives:edit_case", case.slug)
    form, partners = _forms(request, case, whole=True)
    if form.is_valid() and partners.is_valid():
        with shown_in(form, Conflict, NoRoom):
            acts.submit(form=form, partners=partners, by=request.member)
            form.forget_files()
            messages.success(request, _("The example is with the secretariat. You get a mail."))
            return redirect(case)
    return _show(request, form, partners)


def _show(
    request: MemberRequest, form: CaseForm, partners: Partners, *, status: int = 200
) -> HttpResponse:
    context = pages.writing(form, partners, request.user)
    return render(request, "initiatives/cases/edit.html", context, status=status)


def _saved(request: MemberRequest, form: CaseForm) -> HttpResponse:
    """Say that it is saved; a script gets the version to send along the next time."""
    case = form.instance
    if not by_script(request):
        messages.success(request, f"{_('Your changes are saved.')} {amounts.told(form)}".strip())
        stays = case.is_with_author
        return redirect("initiatives:edit_case", case.slug) if stays else redirect(case)
    said = _("Saved %(time)s") % {"time": f"{timezone.localtime():%H.%M}"}
    answer: dict[str, Any] = {"said": said, "fields": {"version": case.version}}
    if form.picture or "take_picture_away" in request.POST:
        answer["shown"] = {"billede": _picture(request, case), f"{form['upload'].auto_id}-kept": ""}
    return JsonResponse(answer)


def _picture(request: MemberRequest, case: Case) -> str:
    form, partners = _forms(request, case, whole=False)
    context = pages.writing(form, partners, request.user)
    return render_to_string("initiatives/cases/picture.html", context, request)


def _show_errors(request: MemberRequest, form: CaseForm, partners: Partners) -> HttpResponse:
    """Show what must be corrected, with everything that was typed."""
    if not by_script(request):
        return _show(request, form, partners)
    errors: dict[str, list[Any]] = {
        one[name].html_name: [*said]
        for one in (form, *partners.forms)
        for name, said in one.errors.items()
        if name in one.fields
    }
    errors["__all__"] = [*form.non_field_errors(), *partners.non_form_errors()]
    return JsonResponse({"errors": errors}, status=422)


def _show_conflict(request: MemberRequest, form: CaseForm, partners: Partners) -> HttpResponse:
    """Show what somebody else saved first; whoever sends the form again overwrites it."""
    if not by_script(request):
        return _show(request, form, partners, status=409)
    notice = render_to_string("_partials/conflict.html", {"form": form}, request)
    fields = {"version": form["version"].value()}
    return JsonResponse({"notice": notice, "fields": fields}, status=409)
