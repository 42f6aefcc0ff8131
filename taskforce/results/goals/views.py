"""Pages on which the secretariat sets goals and tells what becomes of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.activity.taking_back import ReasonForm, notes_on
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.results.goals import acts
from taskforce.results.goals.forms import GoalForm, StepForm
from taskforce.results.models import Goal


@secretariat_required
def set_goal(request: MemberRequest) -> HttpResponse:
    form = GoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.set_goal(form=form, by=request.member)
        return redirect("results:goal", pk=made.pk)
    return render(request, "results/set_goal.html", {"form": form})


@secretariat_required
@refusals(on_page("results:goal"))
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a goal with its steps, and the form that adds one."""
    found = get_object_or_404(Goal.objects.prefetch_related("steps"), pk=pk)
    latest = [*found.steps.all()][-1]
    begin = {"number": latest.number, "due_on": latest.due_on, "measure": found.measure}
    form = StepForm(request.POST or None, initial=begin | {"version": found.version})
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.change(goal=found, **form.cleaned_data, by=request.member)
            messages.success(request, _("The change is kept with the goal."))
            return redirect("results:goal", pk=pk)
    context = {"goal": found, "form": form, "taken_back": notes_on(found)}
    return render(request, "results/goal.html", context)


@require_POST
@secretariat_required
@refusals(on_page("results:goal"))
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    acts.publish(goal=get_object_or_404(Goal, pk=pk), by=request.member)
    messages.success(request, _("The goal is public."))
    return redirect("results:goal", pk=pk)


@secretariat_required
@refusals(on_page("results:goal"))
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Goal, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.take_back(goal=found, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The goal is a draft again."))
        return redirect("results:goal", pk=pk)
    return render(request, "results/take_back.html", {"form": form, "row": found})
