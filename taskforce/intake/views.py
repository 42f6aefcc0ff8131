"""Pages of documents on their way in: bring one, review it, take it in, take it back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from taskforce.core.paging import page_of
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.intake import bringing, pages, taking, undoing
from taskforce.intake.forms import BringForm, ReviewForm, VersionForm
from taskforce.intake.models import Intake, IntakeState
from taskforce.intake.review import ALL, Review
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def bring(request: MemberRequest) -> HttpResponse:
    posted = request.method == "POST"
    form = BringForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        intake, is_new = bringing.bring(**form.cleaned_data, by=request.member)
        if not is_new:
            messages.success(request, _("This document was brought in before. Here it is."))
        return redirect(intake)
    page = page_of(pages.rows(Intake.objects.visible_to(request.user)), request)
    context = {"form": form, "page": page, "rows": [pages.ready(row) for row in page.rows]}
    return render(request, "intake/bring.html", context)


@secretariat_required
def review(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Intake.objects.visible_to(request.user).select_related("meeting")
    intake = get_object_or_404(seen, pk=pk)
    if intake.state != IntakeState.REVIEW:
        return _not_in_review(request, intake)
    form = ReviewForm(request.POST if request.method == "POST" else None, instance=intake)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.save_current()
            return _saved(request, form)
    context = {"form": form, **pages.review(intake, form.review)}
    return render(request, "intake/review.html", context)


def _not_in_review(request: MemberRequest, intake: Intake) -> HttpResponse:
    """Show a document that is not read yet, could not be read, or is taken in."""
    if request.method == "POST" and intake.state == IntakeState.TAKEN:
        messages.error(request, _("The document is taken in already. This is what was made."))
        return redirect(intake)
    if request.method == "POST":
        messages.error(request, _("Somebody else has taken this document in, or back, meanwhile."))
        return redirect(intake)
    if intake.is_unread:
        context = pages.waiting(intake, timezone.now())
        answer = render(request, "intake/waiting.html", context)
        answer["Refresh"] = str(context["refresh"])
        return answer
    if intake.state == IntakeState.REFUSED:
        context = {"form": BringForm(), **pages.refused(intake)}
        return render(request, "intake/refused.html", context)
    return render(request, "intake/taken.html", pages.taken(intake, request.user))


def _saved(request: HttpRequest, form: ReviewForm) -> HttpResponse:
    """Say what was saved, and go where the button leads."""
    if form.cleaned_data["accept"]:
        said = ngettext("%(n)s is taken.", "%(n)s are taken.", form.accepted)
        messages.success(request, said % {"n": form.accepted})
        if form.unready:
            said = ngettext(
                "%(n)s needs an answer first.", "%(n)s need an answer first.", form.unready
            )
            messages.error(request, said % {"n": form.unready})
    elif form.cleaned_data["next"] == "confirm":
        return redirect("intake:confirm", form.instance.pk)
    else:
        messages.success(request, _("Your decisions are saved. You can go on whenever you like."))
    if form.cleaned_data["next"] == "later":
        return redirect("intake:bring")
    group = form.cleaned_data["accept"].removeprefix(ALL)  # which stands for no group
    return redirect(f"{form.instance.get_absolute_url()}{f'#gruppe-{group}' if group else ''}")


@secretariat_required
@refusals(on_page("intake:review"))
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    if intake.state != IntakeState.REVIEW:
        return _not_in_review(request, intake)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        taking.take(intake=intake, by=request.member, **form.cleaned_data)
        messages.success(request, _("The document is taken in. The minutes are a draft."))
        return redirect(intake)
    context = {"form": form, **pages.confirm(Review(intake))}
    return render(request, "intake/confirm.html", context)


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    undoing.undo(intake=intake, by=request.member)
    messages.success(request, _("Everything is taken back. Your decisions stand here still."))
    return redirect(intake)


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def read_again(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    bringing.bring_again(intake=intake)
    return redirect(intake)


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def throw_away(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    bringing.throw_away(intake=intake)
    messages.success(request, _("The document is deleted."))
    return redirect("intake:bring")


@require_safe
@secretariat_required
def file(request: MemberRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Intake.objects.visible_to(request.user).exclude(file=""), pk=pk)
    try:
        return FileResponse(
            found.file.open(), as_attachment=True, filename=found.name or bringing.PASTED
        )
    except FileNotFoundError as error:
        raise Http404 from error
