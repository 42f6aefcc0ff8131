"""How the secretariat keeps the register in order: themes, answers, doubles, parts, hiding."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from barriers.curation import merging, resolving, retheming, splitting
from barriers.curation.forms import (
    AnswerForm,
    MergeForm,
    MergeSearchForm,
    ReopenForm,
    RethemeForm,
    SplitForm,
)
from barriers.locking import RefusedError
from barriers.merged import merged_meanwhile
from barriers.models import Barrier
from barriers.register import acts as registering
from barriers.register import similar
from taskforce.members.roles import MemberRequest, secretariat_required


@require_POST
@secretariat_required
def retheme(request: MemberRequest) -> HttpResponse:
    form = RethemeForm(request.POST)
    if form.is_valid():
        chosen, theme = form.cleaned_data["barriers"], form.cleaned_data["theme"]
        moved = retheming.retheme(barriers=chosen, theme=theme, by=request.member)
        told = ngettext(
            "%(n)s barrier has the theme %(theme)s now.",
            "%(n)s barriers have the theme %(theme)s now.",
            moved,
        )
        messages.success(request, told % {"n": moved, "theme": theme})
    else:
        for said in form.errors.values():
            messages.error(request, " ".join(map(str, said)))
    # Parsed and written anew: whatever was sent, it stays a query of this list.
    back = QueryDict(form.data.get("back", "")).urlencode()
    return redirect(f"{reverse('barriers:list')}?{back}")


@secretariat_required
def resolve(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    form = AnswerForm(request.POST or None, instance=barrier)
    sent = request.method == "POST" and form.is_valid()
    if sent and resolving.resolve(form=form, by=request.member):
        messages.success(request, _("The barrier is resolved, and everybody reads why."))
        return redirect(barrier)
    return render(request, "barriers/resolve.html", {"form": form, "barrier": barrier})


@secretariat_required
def reopen(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            resolving.reopen(barrier=barrier, by=request.member, **form.cleaned_data)
            messages.success(request, _("The barrier is open again."))
            return redirect(barrier)
        except RefusedError as error:
            form.add_error(None, str(error))
    return render(request, "barriers/reopen.html", {"form": form, "barrier": barrier})


@secretariat_required
def split(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug)
    if barrier.merged_into_id:
        return merged_meanwhile(request, barrier)
    form = SplitForm(request.POST or None, barrier=barrier)
    if request.method == "POST" and form.is_valid():
        try:
            made = splitting.split(barrier=barrier, form=form, by=request.member)
            messages.success(request, _("The new barrier is in the register."))
            return redirect(made)
        except RefusedError as error:
            form.add_error(None, str(error))
    return render(request, "barriers/split.html", {"form": form, "barrier": barrier})


@secretariat_required
def merge(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose into which barrier, look at what moves, and merge."""
    double = get_object_or_404(Barrier, slug=slug)
    if double.merged_into_id:
        return merged_meanwhile(request, double)
    refused = ""
    if request.method == "POST":
        form = MergeForm(request.POST)
        if form.is_valid():
            try:
                kept = _merge(double, form.cleaned_data, request)
                messages.success(request, _("They are one now. The old address leads here."))
                return redirect(kept)
            except RefusedError as error:
                refused = str(error)
    context = _preview(request, double) | {"refused": refused}
    return render(request, "barriers/merge.html", context, status=409 if refused else 200)


def _merge(double: Barrier, sent: dict[str, Any], request: MemberRequest) -> Barrier:
    into = sent["into"]
    double.version, into.version = sent["version"], sent["into_version"]
    return merging.merge(double=double, into=into, by=request.member)


def _preview(request: MemberRequest, double: Barrier) -> dict[str, Any]:
    """Return what the page shows: a search for the other one, or both side by side."""
    query = request.GET.copy()
    query.update({"into": request.POST.get("into", query.get("ind-i", ""))})
    into = Barrier.objects.unmerged().exclude(pk=double.pk).filter(slug=query["into"]).first()
    if into is None:
        search = MergeSearchForm(query)
        words = search.cleaned_data["q"] if search.is_valid() else ""
        rows = similar.candidates(words or double.title, request.user, besides=double)
        return {"barrier": double, "search": search, "rows": rows}
    return {
        "barrier": double,
        "into": into,
        "moving": merging.preview(double, into),
        "why_not": merging.why_not(double, into),
    }


@require_POST
@secretariat_required
def hide(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug, hidden_at=None)
    registering.hide(barrier=barrier, by=request.member)
    messages.success(request, _("The barrier is hidden. Only the secretariat sees it."))
    return redirect(barrier)


@require_POST
@secretariat_required
def show(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier, slug=slug, hidden_at__isnull=False)
    registering.show(barrier=barrier, by=request.member)
    messages.success(request, _("Everybody sees the barrier again."))
    return redirect(barrier)
