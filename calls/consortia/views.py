"""A consortium's page, and the forms to start one, change it and enter its outcome."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calls.consortia import acts, pages
from calls.consortia.forms import ConsortiumForm, OutcomeForm
from calls.models import Call, Consortium
from taskforce.core import amounts, opening
from taskforce.core.refusals import shown_in
from taskforce.members.roles import MemberRequest, member_required


@require_safe
def detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown = Consortium.objects.visible_to(request.user).select_related("call", "lead")
    found = get_object_or_404(shown, call__slug=slug, pk=pk)
    opening.note(request, found)
    context = pages.detail(found, request.user, timezone.now())
    return render(request, "calls/consortia/detail.html", context)


@member_required
def start(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
    form = ConsortiumForm(request.POST or None, instance=Consortium(call=call))
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            consortium = acts.start(call=call, form=form, by=request.member)
            messages.success(request, _("The consortium is started, and this is its room."))
            return redirect(consortium)
    return render(request, "calls/consortia/start.html", {"form": form, "call": call})


@member_required
def edit(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    run = Consortium.objects.run_by(request.user).select_related("call", "lead")
    consortium = get_object_or_404(run, call__slug=slug, pk=pk)
    form = ConsortiumForm(request.POST or None, instance=consortium)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.change(form=form, by=request.member)
            messages.success(request, _("Your changes are saved."))
            return redirect(consortium)
    context = {"form": form, "name": form.initial["name"], "consortium": consortium}
    return render(request, "calls/consortia/edit.html", context)


@member_required
def outcome(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    own = Consortium.objects.visible_to(request.user).outcome_editable_by(request.user)
    consortium = get_object_or_404(own.select_related("call"), call__slug=slug, pk=pk)
    form = OutcomeForm(request.POST or None, instance=consortium)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.enter_outcome(form=form, by=request.member)
            sentence = _("The outcome is kept, and shows with the call.")
            messages.success(request, f"{sentence} {amounts.told(form)}".strip())
            return redirect(consortium)
    context = {"form": form, "consortium": consortium}
    return render(request, "calls/consortia/outcome.html", context)
