"""The register itself: the list, its files, a barrier's page, adding and editing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers.curation.forms import RethemeForm
from barriers.models import Barrier, BarrierState, Theme
from barriers.register import acts, exports, listing, similar, withdrawing
from barriers.register import pages as register
from barriers.register.forms import BarrierForm, NewBarrierForm, SimilarForm
from barriers.register.merged import merged_meanwhile
from taskforce.activity.models import Verb
from taskforce.activity.taking_back import ReasonForm, notes_on
from taskforce.core import opening, sheets
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.following import novelty
from taskforce.members.roles import MemberRequest, is_secretariat, member_required


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = listing.listed(request.GET, request.user)
    context = {
        **vars(found),
        "rows": found.page.rows,
        "theme": Theme.objects.filter(slug=found.theme).first() if found.theme else None,
        "states": [state for state in BarrierState if state != BarrierState.MERGED],
        "new": novelty.among(request.user, Barrier, [row["pk"] for row in found.page.rows]),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "retheme": is_secretariat(request.user)
        and RethemeForm(initial={"back": request.GET.urlencode()}),
    }
    return render(request, "barriers/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    rows = exports.rows(listing.filtered(request.GET, request.user).qs, request.user)
    return sheets.as_file(kind, exports.NAME, exports.columns(request), rows)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    barrier = next(iter(register.with_slug(request.user, slug)), None)
    if barrier is None:
        return _withdrawn(request, slug)
    if barrier.merged_into_id:
        # A temporary redirect, and only where the visitor may see the kept one.
        seen = Barrier.objects.visible_to(request.user)
        return redirect(get_object_or_404(seen, pk=barrier.merged_into_id))
    opening.note(request, barrier)
    context = register.detail(barrier, request.user)
    return render(request, "barriers/detail.html", context)


def _withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer at the address of a barrier that its organisation withdrew."""
    hidden = get_object_or_404(Barrier, slug=slug)
    context = {"taken_back": get_list_or_404(notes_on(hidden), verb=Verb.WITHDRAWN)}
    return render(request, "barriers/withdrawn.html", context, status=410)


@member_required
@refusals(on_page("barriers:detail"))
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask for the reason, and withdraw a barrier of the member's own organisation."""
    own = Barrier.objects.visible_to(request.user).filter(raised_by=request.member.organisation_id)
    barrier = get_object_or_404(own.unmerged().filter(hidden_at=None), slug=slug)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        withdrawing.withdraw(barrier=barrier, reason=reason, by=request.member)
        messages.success(request, _("The barrier is withdrawn."))
        return redirect("barriers:list")
    why_not = withdrawing.why_not(barrier, request.member)
    context = {"form": form, "barrier": barrier, "why_not": why_not}
    return render(request, "barriers/withdraw.html", context)


@member_required
def add(request: MemberRequest) -> HttpResponse:
    form = NewBarrierForm(request.POST or None, by=request.member)
    if request.method == "POST" and form.is_valid():
        likely = similar.to(form.cleaned_data["title"], request.user, at_least=similar.LIKELY)
        if not form.stops_at(likely):
            barrier = acts.add(form=form, by=request.member)
            messages.success(request, _("The barrier is in the register."))
            return redirect(barrier)
    return render(request, "barriers/add.html", {"form": form})


@require_safe
@member_required
def alike(request: MemberRequest) -> HttpResponse:
    """Answer with a piece of the page to add a barrier: those with a similar title."""
    form = SimilarForm(request.GET)
    rows = similar.to(form.cleaned_data["titel"], request.user) if form.is_valid() else []
    return render(request, "barriers/alike.html", {"alike": rows})


@member_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Barrier.objects.visible_to(request.user), slug=slug)
    if found.merged_into_id:
        return merged_meanwhile(request, found)
    barrier = get_object_or_404(Barrier.objects.editable_by(request.user), pk=found.pk)
    form = BarrierForm(request.POST or None, instance=barrier)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            acts.change(form=form, by=request.member)
            messages.success(request, _("Your changes are saved."))
            return redirect(barrier)
    return render(request, "barriers/edit.html", {"form": form, "barrier": barrier})
