"""Pages with which the secretariat plans a round, opens it, reminds and closes."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from barriers.models import PrioritisationRound
from barriers.rounds import (
    opening,
    pages,
    prioritisation,
    reminding,
    since_last_round,
    voiding,
)
from barriers.rounds.forms import RoundForm
from taskforce.activity.taking_back import ReasonForm
from taskforce.core.acts import Conflict
from taskforce.core.mailing import NoteForm, noted, only_shows, rehearse
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required

said_on_page = refusals(on_page("barriers:round"))


@secretariat_required
def plan(request: MemberRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, is_example=request.member.organisation.is_example)
    if request.method == "POST" and form.is_valid():
        voting_round = opening.plan(form=form, by=request.member)
        messages.success(request, _("The draft is kept. Look at the ballot before you open it."))
        return redirect(voting_round)
    context = {"form": form, **since_last_round.page(request.user)}
    return render(request, "barriers/rounds/plan.html", context)


@secretariat_required
@said_on_page
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    opening.must_be_draft(voting_round)
    is_example = voting_round.is_example
    form = RoundForm(request.POST or None, instance=voting_round, is_example=is_example)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, Conflict):
            opening.change(form=form)
            messages.success(request, _("Your changes are saved."))
            return redirect(voting_round)
    context = {"form": form, "round": voting_round}
    return render(request, "barriers/rounds/edit.html", context)


@require_safe
@secretariat_required
@said_on_page
def preview(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    opening.must_be_draft(voting_round)
    context = pages.preview(voting_round, request.member)
    return render(request, "barriers/rounds/vote.html", context)


@secretariat_required
@said_on_page
def open_round(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    opening.must_be_draft(voting_round)
    typed = request.POST if request.method == "POST" else None
    form = NoteForm(typed, initial={"note": voting_round.note})
    act = partial(opening.open_round, voting_round=voting_round, by=request.user, note=noted(form))
    if form.is_valid() and not only_shows(request):
        act()
        messages.success(request, _("The round is open, and its voters are written to."))
        return redirect(voting_round)
    context = {"form": form, "round": voting_round, "post": rehearse(act)}
    context |= pages.to_open(voting_round)
    return render(request, "barriers/rounds/open_page.html", context)


@require_POST
@secretariat_required
@said_on_page
def schedule(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    opening.schedule(voting_round=voting_round, by_itself=True, note=note)
    messages.success(request, _("The round opens by itself at its time."))
    return redirect(voting_round)


@require_POST
@secretariat_required
@said_on_page
def unschedule(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    opening.schedule(voting_round=voting_round, by_itself=False)
    messages.success(request, _("The round waits until you open it."))
    return redirect(voting_round)


@require_POST
@secretariat_required
@said_on_page
def discard(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    opening.discard(voting_round=voting_round)
    messages.success(request, _("The draft is deleted."))
    return redirect("barriers:rounds")


@require_POST
@secretariat_required
@said_on_page
def remind(request: MemberRequest, slug: str) -> HttpResponse:
    opened = PrioritisationRound.objects.exclude(opened_at=None)
    voting_round = get_object_or_404(opened, slug=slug)
    number = len(reminding.remind(voting_round=voting_round))
    words = ngettext("%(n)s reminder is sent.", "%(n)s reminders are sent.", number)
    messages.success(request, words % {"n": number})
    return redirect(voting_round)


@secretariat_required
@said_on_page
def close(request: MemberRequest, slug: str) -> HttpResponse:
    opened = PrioritisationRound.objects.exclude(opened_at=None)
    voting_round = get_object_or_404(opened, slug=slug)
    if request.method == "POST":
        prioritisation.close(voting_round=voting_round, by=request.user)
        messages.success(request, _("The round is closed and counted."))
        return redirect(voting_round)
    if voting_round.closed_at is not None:
        return redirect(voting_round)
    context = pages.detail(voting_round, request.user)
    return render(request, "barriers/rounds/close.html", context)


@secretariat_required
@said_on_page
def declare_void(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask for the reason, and declare a counted round void."""
    voting_round = get_object_or_404(PrioritisationRound.objects.closed(), slug=slug)
    if voting_round.voided_at is not None:
        return redirect(voting_round)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        voiding.declare_void(voting_round=voting_round, reason=reason, by=request.member)
        messages.success(request, _("The round is void, and everybody who could vote is told."))
        return redirect(voting_round)
    return render(request, "barriers/rounds/void.html", {"form": form, "round": voting_round})
