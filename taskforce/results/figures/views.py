"""Pages on which the secretariat enters figures from outside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from taskforce.activity.taking_back import ReasonForm, notes_on
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required
from taskforce.results.figures import acts
from taskforce.results.figures.forms import FigureForm
from taskforce.results.models import Figure


def _back(request: HttpRequest, refused: Refused, pk: int) -> HttpResponse:
    add_message(request, refused)
    return redirect("results:desk")


def _said(request: HttpRequest, figure: Figure) -> HttpResponse:
    words = _("The figure is public.") if figure.is_published else _("The draft is saved.")
    messages.success(request, words)
    return redirect("results:desk")


@secretariat_required
def enter(request: MemberRequest) -> HttpResponse:
    form = FigureForm(request.POST or None, instance=Figure())
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            return _said(request, acts.enter(form=form, by=request.member))
    return render(request, "results/write_figure.html", {"form": form})


@secretariat_required
@refusals(_back)
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    figure = get_object_or_404(Figure, pk=pk)
    form = FigureForm(request.POST or None, instance=figure)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            return _said(request, acts.edit(form=form, by=request.member))
    figure = get_object_or_404(Figure, pk=pk)
    context = {"form": form, "figure": figure, "taken_back": notes_on(figure)}
    return render(request, "results/write_figure.html", context)


@secretariat_required
@refusals(_back)
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    figure = get_object_or_404(Figure, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.take_back(figure=figure, reason=form.cleaned_data["reason"], by=request.member)
        messages.success(request, _("The figure is a draft again."))
        return redirect("results:edit_figure", pk=pk)
    return render(request, "results/take_back.html", {"form": form, "row": figure})


@require_POST
@secretariat_required
@refusals(_back)
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    acts.discard(figure=get_object_or_404(Figure, pk=pk))
    messages.success(request, _("The draft is deleted."))
    return redirect("results:desk")
