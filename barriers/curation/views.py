"""How the secretariat keeps the register in order: themes, answers, doubles, parts, hiding."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from barriers.curation import (
    hiding,
    merging,
    pages,
    resolving,
    retheming,
    splitting,
    taking_apart,
)
from barriers.curation.forms import (
    AnswerForm,
    DropForm,
    EndForm,
    MergeForm,
    ReopenForm,
    RethemeForm,
    SplitForm,
)
from barriers.models import Barrier
from barriers.register.merged import merged_meanwhile
from taskforce.activity.taking_back import ReasonForm
from taskforce.core.acts import Refused
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


@require_POST
@secretariat_required
def retheme(request: MemberRequest) -> HttpResponse:
    form = RethemeForm(request.POST)
    if form.is_valid():
        chosen, theme = form.cleaned_data["barriers"], form.cleaned_data["theme"]
        number = len(retheming.retheme(barriers=chosen, theme=theme, by=request.member))
        words = ngettext(
            "%(n)s barrier has the theme %(theme)s now.",
            "%(n)s barriers have the theme %(theme)s now.",
            number,
        )
        messages.success(request, words % {"n": number, "theme": theme})
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    # Parsed and written anew: whatever was sent, it stays a query of this list.
    back = QueryDict(form.data.get("back", "")).urlencode()
    return redirect(f"{reverse('barriers:list')}?{back}")


@secretariat_required
def resolve(request: MemberRequest, slug: str) -> HttpResponse:
    said = _("The barrier is resolved, and everybody reads why.")
    return _end(request, slug, AnswerForm, "resolve", said)


@secretariat_required
def drop(request: MemberRequest, slug: str) -> HttpResponse:
    said = _("The barrier is no longer relevant, and everybody reads why.")
    return _end(request, slug, DropForm, "drop", said)


def _end(
    request: MemberRequest, slug: str, kind: type[EndForm], page: str, said: str
) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    changes = barrier.state == kind.state
    form = kind(request.POST or None, instance=barrier)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            resolving.end(form=form, by=request.member)
            messages.success(request, said)
            return redirect(barrier)
    context = {"form": form, "barrier": barrier, "changes": changes}
    return render(request, f"barriers/{page}.html", context)


@secretariat_required
def reopen(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            resolving.reopen(barrier=barrier, by=request.member, **form.cleaned_data)
            messages.success(request, _("The barrier is open again."))
            return redirect(barrier)
    return render(request, "barriers/reopen.html", {"form": form, "barrier": barrier})


@secretariat_required
def split(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    form = SplitForm(request.POST or None, barrier=barrier)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = splitting.split(barrier=barrier, form=form, by=request.member)
            messages.success(request, _("The new barrier is in the register."))
            return redirect(made)
    return render(request, "barriers/split.html", {"form": form, "barrier": barrier})


def _merge_refused(request: MemberRequest, refused: Refused, *, slug: str) -> HttpResponse:
    """Show both barriers again as they are now, and why they were not merged."""
    double = get_object_or_404(Barrier, slug=slug)
    context = pages.merge(double, _merge_query(request), request.user)
    context["refused"] = refused.sentence
    return render(request, "barriers/merge.html", context, status=409)


@secretariat_required
@refusals(_merge_refused)
def merge(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose into which barrier, look at what moves, and merge."""
    double = get_object_or_404(Barrier, slug=slug)
    if double.merged_into_id:
        return merged_meanwhile(request, double)
    if request.method == "POST":
        form = MergeForm(request.POST)
        if form.is_valid():
            kept = _merge(double, form.cleaned_data, request)
            messages.success(request, _("They are one now. The old address leads here."))
            return redirect(kept)
    context = pages.merge(double, _merge_query(request), request.user)
    return render(request, "barriers/merge.html", context)


def _merge(double: Barrier, sent: dict[str, Any], request: MemberRequest) -> Barrier:
    into = sent["into"]
    double.version, into.version = sent["version"], sent["into_version"]
    return merging.merge(double=double, into=into, by=request.member)


def _merge_query(request: MemberRequest) -> QueryDict:
    """Return the search of the page, and the barrier that was chosen, in a form or an address."""
    query = request.GET.copy()
    query["into"] = request.POST.get("into", query.get("ind-i", ""))
    return query


@secretariat_required
@refusals(on_page("barriers:detail"))
def take_apart(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask for the reason, and take a merge apart; its address is that of the double."""
    double = get_object_or_404(Barrier.objects.select_related("merged_into"), slug=slug)
    if double.merged_into is None:
        return redirect(double)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        apart = taking_apart.take_apart(double=double, reason=reason, by=request.member)
        messages.success(request, _("They are two barriers again, each at its own address."))
        return redirect(apart)
    context = {"form": form, "barrier": double, "why_not": taking_apart.why_not(double)}
    return render(request, "barriers/take_apart.html", context)


@require_POST
@secretariat_required
def hide(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug, hidden_at=None)
    hiding.hide(barrier=barrier, by=request.member)
    messages.success(request, _("The barrier is hidden. Only the secretariat sees it."))
    return redirect(barrier)


@require_POST
@secretariat_required
def show(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug, hidden_at__isnull=False)
    hiding.show(barrier=barrier, by=request.member)
    messages.success(request, _("Everybody sees the barrier again."))
    return redirect(barrier)
