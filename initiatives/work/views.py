"""What members do with initiatives: start one, change its plan, post updates, end it, join it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives.models import Initiative, InitiativeState, Milestone
from initiatives.models.initiative import InitiativeQuerySet
from initiatives.work import ending, participating, starting, updates
from initiatives.work import milestones as marking
from initiatives.work.forms import (
    EndForm,
    InitiativeForm,
    MilestoneFormSet,
    ProgressForm,
    StartForm,
)
from initiatives.work.locking import under_way
from taskforce.core.acts import Refused
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.roles import MemberRequest, member_required


@member_required
def start(request: MemberRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = StartForm(sent, by=request.member, asked=request.GET.getlist("barriere"))
    milestones = MilestoneFormSet(sent, instance=form.instance)
    if sent is not None and form.is_valid() & milestones.is_valid():
        initiative = starting.start(form=form, milestones=milestones, by=request.member)
        messages.success(request, _("The initiative is started. Everybody can see it."))
        return redirect(initiative)
    context = {"form": form, "milestones": milestones}
    return render(request, "initiatives/work/start.html", context)


@member_required
@refusals(on_page("initiatives:detail"))
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = under_way(get_object_or_404(_editable(request), slug=slug))
    sent = request.POST if request.method == "POST" else None
    milestones = MilestoneFormSet(sent, instance=initiative)
    form = InitiativeForm(sent, instance=initiative, by=request.member, milestones=milestones)
    if sent is not None and form.is_valid() & milestones.is_valid():
        with shown_in(form):
            starting.change(form=form, milestones=milestones, by=request.member)
            messages.success(request, _("Your changes are saved."))
            return redirect(initiative)
    context = {"form": form, "milestones": milestones, "initiative": initiative}
    return render(request, "initiatives/work/edit.html", context)


@member_required
@refusals(on_page("initiatives:detail"))
def post_update(request: MemberRequest, slug: str) -> HttpResponse:
    told = Initiative.objects.told_by(request.user).select_related("lead")
    initiative = under_way(get_object_or_404(told, slug=slug))
    leads = _editable(request).filter(pk=initiative.pk).exists()
    sent = request.POST if request.method == "POST" else None
    options: dict[str, Any] = {"initiative": initiative, "leads": leads, "keeper": request.user}
    form = ProgressForm(sent, request.FILES or None, **options)
    if sent is not None and form.is_valid():
        with shown_in(form):
            updates.post(initiative=initiative, form=form, by=request.member)
            form.forget_files()
            messages.success(request, _("It is told. It also stands under “Since last”."))
            return redirect(initiative)
    context = {"form": form, "initiative": initiative, "organisation": request.member.organisation}
    return render(request, "initiatives/work/post_update.html", context)


@member_required
@refusals(on_page("initiatives:detail"))
def end(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = under_way(get_object_or_404(_editable(request), slug=slug))
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        state, outcome = InitiativeState(form.cleaned_data["state"]), form.cleaned_data["outcome"]
        with shown_in(form):
            ending.end(initiative=initiative, state=state, outcome=outcome, by=request.member)
            messages.success(request, _("The initiative has ended."))
            return redirect(initiative)
    return render(request, "initiatives/work/end.html", {"form": form, "initiative": initiative})


@require_POST
@member_required
@refusals(on_page("initiatives:detail"))
def open_again(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(_editable(request), slug=slug)
    ending.open_again(initiative=initiative, by=request.member)
    messages.success(request, _("The initiative runs again. Set a day to look at it."))
    return redirect(initiative)


def _show_milestones(request: HttpRequest, refused: Refused, slug: str, pk: int) -> HttpResponse:
    """Lead to the milestones without a message: the page shows that the initiative has ended."""
    return _at_milestones(slug)


@require_POST
@member_required
@refusals(_show_milestones)
def reach(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    marking.reach(milestone=_milestone(request, slug, pk), by=request.member)
    return _at_milestones(slug)


@require_POST
@member_required
@refusals(_show_milestones)
def take_back(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    marking.take_back(milestone=_milestone(request, slug, pk), by=request.member)
    return _at_milestones(slug)


@require_POST
@member_required
@refusals(on_page("initiatives:detail"))
def join(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.visible_to(request.user), slug=slug)
    participating.join(initiative=found, by=request.member)
    messages.success(request, _("Your organisation takes part."))
    return redirect(found)


@require_POST
@member_required
@refusals(on_page("initiatives:detail"))
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.visible_to(request.user), slug=slug)
    participating.leave(initiative=found, by=request.member)
    messages.success(request, _("Your organisation no longer takes part."))
    return redirect(found)


@require_POST
@member_required
@refusals(on_page("initiatives:detail"))
def become_contact(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.visible_to(request.user), slug=slug)
    participating.become_contact(initiative=found, by=request.member)
    messages.success(request, _("You are the one to ask. Your name shows as you agreed."))
    return redirect(found)


def _editable(request: MemberRequest) -> InitiativeQuerySet:
    return Initiative.objects.editable_by(request.user).select_related("lead")


def _milestone(request: MemberRequest, slug: str, pk: int) -> Milestone:
    own = Milestone.objects.filter(initiative__in=_editable(request))
    return get_object_or_404(own.select_related("initiative"), initiative__slug=slug, pk=pk)


def _at_milestones(slug: str) -> HttpResponse:
    return redirect(f"{reverse('initiatives:detail', args=[slug])}#milepaele")
