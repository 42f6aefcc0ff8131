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
        round = opening.plan(form=form, by=request.member)
        messages.success(request, _("The draft is kept. Look at the ballot before you open it."))
        return redirect(round)
    context = {"form": form, **since_last_round.page(request.user)}
    return render(request, "barriers/rounds/plan.html", context)


@secretariat_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound, slug=slug)
    if not round.is_draft:
        return _not_a_draft(request, round)
    form = RoundForm(request.POST or None, instance=round, is_example=round.is_example)
    try:
        if request.method == "POST" and form.is_valid() and opening.change(form=form):
            messages.success(request, _("Your changes are saved."))
            return redirect(round)
    except NotOpenedError as error:
        messages.error(request, str(error))
        return redirect(round)
    return render(request, "barriers/rounds/edit.html", {"form": form, "round": round})


@require_safe
@secretariat_required
def preview(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound, slug=slug)
    if not round.is_draft:
        return _not_a_draft(request, round)
    return render(request, "barriers/rounds/vote.html", pages.preview(round, request.user))


def _not_a_draft(request: MemberRequest, round: PrioritisationRound) -> HttpResponse:
    messages.error(request, _("The round is opened, so its list and its voters stand."))
    return redirect(round)


@require_POST
@secretariat_required
def open(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.open(round=round, by=request.user)
        messages.success(request, _("The round is open, and its voters are written to."))
    except NotOpenedError as error:
        messages.error(request, str(error))
    return redirect(round)


@require_POST
@secretariat_required
def schedule(request: MemberRequest, slug: str) -> HttpResponse:
    return _schedule(request, slug, by_itself=True)


@require_POST
@secretariat_required
def unschedule(request: MemberRequest, slug: str) -> HttpResponse:
    return _schedule(request, slug, by_itself=False)


def _schedule(request: MemberRequest, slug: str, *, by_itself: bool) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.schedule(round=round, by_itself=by_itself)
        if by_itself:
            messages.success(request, _("The round opens by itself at its time."))
        else:
            messages.success(request, _("The round waits until you open it."))
    except NotOpenedError as error:
        messages.error(request, str(error))
    return redirect(round)


@require_POST
@secretariat_required
def discard(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound, slug=slug)
    try:
        opening.discard(round=round)
        messages.success(request, _("The draft is discarded."))
    except NotOpenedError as error:
        messages.error(request, str(error))
        return redirect(round)
    return redirect("barriers:rounds")


@require_POST
@secretariat_required
def remind(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound.objects.exclude(opened_at=None), slug=slug)
    try:
        letters = reminding.remind(round=round)
        words = ngettext("%(n)s reminder is sent.", "%(n)s reminders are sent.", letters)
        messages.success(request, words % {"n": letters})
    except reminding.NotRemindedError as error:
        messages.error(request, str(error))
    return redirect(round)


@secretariat_required
def close(request: MemberRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(PrioritisationRound.objects.exclude(opened_at=None), slug=slug)
    if request.method == "POST":
        if prioritisation.close(round=round, by=request.user):
            messages.success(request, _("The round is closed and counted."))
        else:
            messages.error(request, _("The round was counted already."))
        return redirect(round)
    if round.closed_at is not None:
        return redirect(round)
    return render(request, "barriers/rounds/close.html", pages.detail(round, request.user))
