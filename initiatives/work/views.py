"""What members do with initiatives: start, plan, tell, end, take part."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from initiatives.models import Initiative, InitiativeState, Milestone
from initiatives.models.initiative import InitiativeQuerySet
from initiatives.work import ending, starting, taking_part, telling
from initiatives.work.forms import (
    EndForm,
    InitiativeForm,
    MilestoneFormSet,
    ProgressForm,
    StartForm,
)
from taskforce.members.roles import MemberRequest, member_required

HAS_ENDED = gettext_lazy("The initiative has ended meanwhile. Nothing was changed.")


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
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(_editable(request).under_way(), slug=slug)
    sent = request.POST if request.method == "POST" else None
    form = InitiativeForm(sent, instance=initiative, by=request.member)
    milestones = MilestoneFormSet(sent, instance=initiative)
    valid = sent is not None and form.is_valid() & milestones.is_valid()
    if valid and starting.change(form=form, milestones=milestones, by=request.member):
        messages.success(request, _("Your changes are saved."))
        return redirect(initiative)
    context = {"form": form, "milestones": milestones, "initiative": initiative}
    return render(request, "initiatives/work/edit.html", context)


@member_required
def tell(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(_editable(request).under_way(), slug=slug)
    sent = request.POST if request.method == "POST" else None
    form = ProgressForm(sent, request.FILES or None, initiative=initiative)
    if sent is not None and form.is_valid():
        if telling.tell(initiative=initiative, form=form, by=request.member):
            messages.success(request, _("It is told. It also stands under “Since last”."))
            return redirect(initiative)
        form.add_error(None, HAS_ENDED)
    return render(request, "initiatives/work/tell.html", {"form": form, "initiative": initiative})


@member_required
def end(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(_editable(request).under_way(), slug=slug)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        state, outcome = InitiativeState(form.cleaned_data["state"]), form.cleaned_data["outcome"]
        if ending.end(initiative=initiative, state=state, outcome=outcome, by=request.member):
            messages.success(request, _("The initiative has ended."))
            return redirect(initiative)
        form.add_error(None, HAS_ENDED)
    return render(request, "initiatives/work/end.html", {"form": form, "initiative": initiative})


@require_POST
@member_required
def open_again(request: MemberRequest, slug: str) -> HttpResponse:
    initiative = get_object_or_404(_editable(request), slug=slug)
    if ending.open_again(initiative=initiative, by=request.member):
        messages.success(request, _("The initiative runs again. Set a day to look at it."))
    else:
        messages.error(request, _("The initiative runs already."))
    return redirect(initiative)


@require_POST
@member_required
def reach(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    milestone = _milestone(request, slug, pk)
    telling.reach(milestone=milestone, by=request.member)
    return _at_milestones(milestone.initiative)


@require_POST
@member_required
def take_back(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    milestone = _milestone(request, slug, pk)
    telling.take_back(milestone=milestone, by=request.member)
    return _at_milestones(milestone.initiative)


@require_POST
@member_required
def join(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.under_way(), slug=slug)
    if taking_part.join(initiative=found, by=request.member):
        messages.success(request, _("Your organisation takes part."))
    else:
        messages.error(request, HAS_ENDED)
    return redirect(found)


@require_POST
@member_required
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.under_way(), slug=slug)
    if taking_part.leave(initiative=found, by=request.member):
        messages.success(request, _("Your organisation no longer takes part."))
    else:
        messages.error(request, HAS_ENDED)
    return redirect(found)


@require_POST
@member_required
def be_contact(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Initiative.objects.under_way(), slug=slug)
    if taking_part.be_contact(initiative=found, by=request.member):
        messages.success(request, _("You are the one to ask. Your name shows as you agreed."))
    else:
        messages.error(request, _("Your organisation takes no part in it."))
    return redirect(found)


def _editable(request: MemberRequest) -> InitiativeQuerySet:
    return Initiative.objects.editable_by(request.user).select_related("lead")


def _milestone(request: MemberRequest, slug: str, pk: int) -> Milestone:
    own = Milestone.objects.filter(initiative__in=_editable(request).under_way())
    return get_object_or_404(own.select_related("initiative"), initiative__slug=slug, pk=pk)


def _at_milestones(initiative: Initiative) -> HttpResponse:
    return redirect(f"{initiative.get_absolute_url()}#milepaele")
