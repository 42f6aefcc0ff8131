"""Pages with which the secretariat plans a round, opens it, reminds and closes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from barriers.models import PrioritisationRound
from barriers.rounds import opening, pages, prioritisation, reminding, since_last_round
from barriers.rounds.forms import RoundForm
from barriers.rounds.opening import NotOpenedError
from taskforce.members.roles import MemberRequest, secretariat_required


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
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    if not voting_round.is_draft:
        return _not_a_draft(request, voting_round)
    form = RoundForm(
        request.POST or None, instance=voting_round, is_example=voting_round.is_example
    )
    try:
        if request.method == "POST" and form.is_valid() and opening.change(form=form):
            messages.success(request, _("Your changes are saved."))
            return redirect(voting_round)
    except NotOpenedError as error:
        messages.error(request, str(error))
        return redirect(voting_round)
    return render(request, "barriers/rounds/edit.html", {"form": form, "round": voting_round})


@require_safe
@secretariat_required
def preview(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    if not voting_round.is_draft:
        return _not_a_draft(request, voting_round)
    return render(request, "barriers/rounds/vote.html", pages.preview(voting_round, request.user))


def _not_a_draft(request: MemberRequest, voting_round: PrioritisationRound) -> HttpResponse:
    messages.error(request, _("The round is opened, so its list and its voters stand."))
    return redirect(voting_round)


@require_POST
@secretariat_required
def open_round(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.open_round(voting_round=voting_round, by=request.user)
        messages.success(request, _("The round is open, and its voters are written to."))
    except NotOpenedError as error:
        messages.error(request, str(error))
    return redirect(voting_round)


@require_POST
@secretariat_required
def schedule(request: MemberRequest, slug: str) -> HttpResponse:
    return _schedule(request, slug, by_itself=True)


@require_POST
@secretariat_required
def unschedule(request: MemberRequest, slug: str) -> HttpResponse:
    return _schedule(request, slug, by_itself=False)


def _schedule(request: MemberRequest, slug: str, *, by_itself: bool) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.schedule(voting_round=voting_round, by_itself=by_itself)
        if by_itself:
            messages.success(request, _("The round opens by itself at its time."))
        else:
            messages.success(request, _("The round waits until you open it."))
    except NotOpenedError as error:
        messages.error(request, str(error))
    return redirect(voting_round)


@require_POST
@secretariat_required
def discard(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.discard(voting_round=voting_round)
        messages.success(request, _("The draft is discarded."))
    except NotOpenedError as error:
        messages.error(request, str(error))
        return redirect(voting_round)
    return redirect("barriers:rounds")


@require_POST
@secretariat_required
def remind(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound.objects.exclude(opened_at=None), slug=slug)
    try:
        letters = reminding.remind(voting_round=voting_round)
        words = ngettext("%(n)s reminder is sent.", "%(n)s reminders are sent.", letters)
        messages.success(request, words % {"n": letters})
    except reminding.NotRemindedError as error:
        messages.error(request, str(error))
    return redirect(voting_round)


@secretariat_required
def close(request: MemberRequest, slug: str) -> HttpResponse:
    voting_round = get_object_or_404(PrioritisationRound.objects.exclude(opened_at=None), slug=slug)
    if request.method == "POST":
        if prioritisation.close(voting_round=voting_round, by=request.user):
            messages.success(request, _("The round is closed and counted."))
        else:
            messages.error(request, _("The round was counted already."))
        return redirect(voting_round)
    if voting_round.closed_at is not None:
        return redirect(voting_round)
    return render(request, "barriers/rounds/close.html", pages.detail(voting_round, request.user))
