"""The register itself: the list, its files, a barrier's page, adding and editing."""

from typing import Any

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from barriers.curation.forms import RethemeForm
from barriers.models import Barrier, BarrierState, PrioritisationRound
from barriers.models.barrier import BY_PRIORITY
from barriers.register import acts, exports, similar, withdrawing
from barriers.register import pages as register
from barriers.register.filters import BarrierFilter
from barriers.register.forms import BarrierForm, NewBarrierForm, SimilarForm
from barriers.register.merged import merged_meanwhile
from taskforce.activity.models import Verb
from taskforce.activity.taking_back import ReasonForm, notes_on
from taskforce.core import opening, sheets
from taskforce.core.paging import page_of
from taskforce.core.refusals import on_page, refusals, shown_in
from taskforce.following import novelty
from taskforce.members.roles import MemberRequest, member_required


def _filtered(request: HttpRequest) -> Any:
    barriers = Barrier.objects.visible_to(request.user).unmerged().order_by(*BY_PRIORITY)
    return BarrierFilter(request.GET, barriers, request=request)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    filters = _filtered(request)
    page = page_of(register.rows(filters.qs, request.user), request)
    ranked = PrioritisationRound.objects.ranked()
    latest_round: Any = ranked.annotate(most=Max("results__points")).first()
    most = latest_round.most if latest_round else 0
    context = {
        "filters": filters,
        "theme": filters.form.cleaned_data.get("tema"),
        "page": page,
        "rows": [register.ready(row, most) for row in page.rows],
        "latest_round": latest_round,
        "states": [state for state in BarrierState if state != BarrierState.MERGED],
        "new": novelty.among(request.user, Barrier, [row["pk"] for row in page.rows]),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "retheme": RethemeForm(initial={"back": request.GET.urlencode()}),
    }
    return render(request, "barriers/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    rows = exports.rows(_filtered(request).qs, request.user)
    return sheets.as_file(kind, exports.NAME, exports.columns(request), rows)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = Barrier.objects.visible_to(request.user).select_related(
        "theme", "raised_by", "raised_at", "merged_into"
    )
    barrier = found.filter(slug=slug).first()
    if barrier is None:
        return _withdrawn(request, slug)
    if barrier.merged_into:
        # A temporary redirect, and only where the visitor may see the kept one.
        kept = get_object_or_404(found, pk=barrier.merged_into.pk)
        return redirect(kept)
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
