"""Pages that import a reviewed document, and take an import back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.core.refusals import on_page, refusals
from taskforce.intake.importing import acts, pages, undoing
from taskforce.intake.importing.forms import ConfirmForm
from taskforce.intake.in_review import in_review
from taskforce.intake.models import Intake
from taskforce.intake.reviewing.review import Review
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
@refusals(on_page("intake:review"))
@in_review
def confirm(request: MemberRequest, intake: Intake) -> HttpResponse:
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        acts.import_document(intake=intake, by=request.member, **form.cleaned_data)
        messages.success(request, _("The document is taken in. The minutes are a draft."))
        return redirect(intake)
    context = {"form": form, **pages.confirm(Review(intake))}
    return render(request, "intake/confirm.html", context)


@require_POST
@secretariat_required
@refusals(on_page("intake:review"))
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=pk)
    undoing.undo_import(intake=intake, by=request.member)
    messages.success(request, _("Everything is taken back. Your decisions stand here still."))
    return redirect(intake)
