"""Pages on which a case is written and handed in, and on which it is decided what becomes of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from barriers import thread
from initiatives.cases import casework, pages
from initiatives.cases.casework import NotDoneError
from initiatives.cases.forms import BeginForm, CaseForm, PublishForm, WordsForm
from initiatives.cases.partners import PartnerFormSet, Partners
from initiatives.models import Case, CaseState
from initiatives.thread import came_from
from taskforce.members.models import Viewer
from taskforce.members.roles import (
    Guarded,
    MemberRequest,
    member_required,
    membership,
    secretariat_required,
)

CaseView = Callable[..., HttpResponseBase]
HANDED_IN = (CaseState.SUBMITTED, CaseState.PUBLISHED)


def of_case(cases: Callable[[Viewer], Any]) -> Callable[[CaseView], CaseView]:
    """Find the case among those that are allowed; where an act is refused, say why on its page."""

    def decorate(view: CaseView) -> CaseView:
        @wraps(view)
        def found(request: MemberRequest, slug: str) -> HttpResponseBase:
            case = get_object_or_404(cases(request.user), slug=slug)
            try:
                return view(request, case)
            except NotDoneError as error:
                return _refused(request, case, str(error))

        return found

    return decorate


def _refused(request: HttpRequest, case: Case, why: str) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"said": why}, status=409)
    messages.error(request, why)
    return redirect(case if Case.objects.filter(pk=case.pk).exists() else "front:my_page")


def _by_script(request: HttpRequest) -> bool:
    """Tell whether a script saves while somebody writes, rather than a button being pressed."""
    return request.headers.get("Accept") == "application/json"


def editable(view: CaseView) -> Guarded:
    return member_required(of_case(Case.objects.editable_by)(view))


def own(view: CaseView) -> Guarded:
    return member_required(of_case(Case.objects.of_organisation)(view))


def read_by_secretariat(view: CaseView) -> Guarded:
    return secretariat_required(of_case(Case.objects.visible_to)(view))


# Writing


@member_required
def add(request: MemberRequest) -> HttpResponse:
    initiative = came_from(request.GET)
    form = BeginForm(request.POST or None, initial={"title": str(initiative or "")})
    if request.method == "POST" and form.is_valid():
        barrier = thread.came_from(request.GET)
        case = casework.begin(form=form, by=request.member, answers=barrier, of=initiative)
        return redirect("initiatives:edit_case", case.slug)
    return render(request, "initiatives/cases/add.html", {"form": form})


def _forms(request: MemberRequest, case: Case, *, whole: bool) -> tuple[CaseForm, Partners]:
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    member = membership(request.user)
    by_author = member is not None and member.organisation_id == case.written_by_id
    form = CaseForm(data, files, instance=case, by_author=by_author, whole=whole)
    return form, PartnerFormSet(data, case=case, whole=whole)


@editable
def edit(request: MemberRequest, case: Case) -> HttpResponse:
    form, partners = _forms(request, case, whole=case.state in HANDED_IN)
    if request.method != "POST":
        return _write(request, form, partners)
    if not (form.is_valid() and partners.is_valid()):
        return _mend(request, form, partners)
    if not casework.write(form=form, partners=partners, by=request.member):
        return _disagree(request, form, partners)
    return _saved(request, case)


@own
def submit(request: MemberRequest, case: Case) -> HttpResponse:
    # Where it was refused the page stands here: reloaded, or opened after a log-in, it goes on.
    if request.method != "POST":
        return redirect("initiatives:edit_case", case.slug)
    form, partners = _forms(request, case, whole=True)
    valid = form.is_valid() and partners.is_valid()
    if valid and casework.submit(form=form, partners=partners, by=request.member):
        messages.success(request, _("The example is with the secretariat. You get a mail."))
        return redirect(case)
    return _write(request, form, partners)


def _write(
    request: MemberRequest, form: CaseForm, partners: Partners, *, status: int = 200
) -> HttpResponse:
    context = pages.writing(form, partners, request.user)
    return render(request, "initiatives/cases/edit.html", context, status=status)


def _saved(request: MemberRequest, case: Case) -> HttpResponse:
    """Say that it is saved: to a script with the version that it sends along the next time."""
    if not _by_script(request):
        messages.success(request, _("Your changes are saved."))
        stays = case.is_with_author
        return redirect("initiatives:edit_case", case.slug) if stays else redirect(case)
    said = _("Saved %(time)s") % {"time": f"{timezone.localtime():%H.%M}"}
    answer: dict[str, Any] = {"said": said, "fields": {"version": case.version}}
    if request.FILES or "take_picture_away" in request.POST:
        answer["shown"] = {"billede": _picture(request, case)}
    return JsonResponse(answer)


def _picture(request: MemberRequest, case: Case) -> str:
    form, partners = _forms(request, case, whole=False)
    context = pages.writing(form, partners, request.user)
    return render_to_string("initiatives/cases/picture.html", context, request)


def _mend(request: MemberRequest, form: CaseForm, partners: Partners) -> HttpResponse:
    """Show what must be mended, everything typed still in its field."""
    if not _by_script(request):
        return _write(request, form, partners)
    errors: dict[str, list[Any]] = {
        one[name].html_name: [*said]
        for one in (form, *partners.forms)
        for name, said in one.errors.items()
        if name in one.fields
    }
    errors["__all__"] = [*form.non_field_errors(), *partners.non_form_errors()]
    return JsonResponse({"errors": errors}, status=422)


def _disagree(request: MemberRequest, form: CaseForm, partners: Partners) -> HttpResponse:
    """Show what somebody else saved first; sending the form again is then a choice."""
    if not _by_script(request):
        return _write(request, form, partners, status=409)
    notice = render_to_string("_partials/conflict.html", {"form": form}, request)
    fields = {"version": form["version"].value()}
    return JsonResponse({"notice": notice, "fields": fields}, status=409)


# What the author decides


@own
def withdraw(request: MemberRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        casework.withdraw(case=case, by=request.member)
        messages.success(request, _("The example is your draft again. Nobody else sees it."))
        return redirect(case)
    return render(request, "initiatives/cases/withdraw.html", {"case": case})


@own
def throw_away(request: MemberRequest, case: Case) -> HttpResponse:
    if request.method == "POST":
        casework.throw_away(case=case)
        messages.success(request, _("The draft is gone."))
        return redirect("front:my_page")
    return render(request, "initiatives/cases/throw_away.html", {"case": case})


@own
def ask_for_change(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("The secretariat has your words by mail.")
    return _tell(request, case, casework.ask_for_change, "ask_for_change", said)


# What the secretariat decides


@require_POST
@read_by_secretariat
def publish(request: MemberRequest, case: Case) -> HttpResponse:
    form = PublishForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    casework.publish(case=case, version=version, by=request.member)
    messages.success(request, _("The example is published. Everybody can read it."))
    return redirect(case)


@read_by_secretariat
def send_back(request: MemberRequest, case: Case) -> HttpResponse:
    return _tell(request, case, casework.ask_back, "send_back", _("Your words are on their way."))


@read_by_secretariat
def decline(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("Declined. The reason is on its way by mail.")
    return _tell(request, case, casework.decline, "decline", said)


@read_by_secretariat
def answer_change(request: MemberRequest, case: Case) -> HttpResponse:
    said = _("Your words are on their way.")
    return _tell(request, case, casework.answer_change, "answer_change", said)


def _tell(
    request: MemberRequest, case: Case, act: Callable[..., None], page: str, said: str
) -> HttpResponse:
    """Ask for the words that an act takes, and do it."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(case=case, words=form.cleaned_data["words"], by=request.member)
        messages.success(request, said)
        return redirect(case)
    return render(request, f"initiatives/cases/{page}.html", {"form": form, "case": case})
