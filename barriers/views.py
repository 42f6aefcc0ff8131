"""Pages of the register."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from barriers import passages, register, registering
from barriers.filters import BarrierFilter
from barriers.forms import BarrierForm, PassageStatementForm, StatementForm
from barriers.models import Barrier, PrioritisationRound, Statement, Theme
from barriers.models.barrier import BY_PRIORITY
from meetings import taking
from meetings.models import MinutesEntry
from taskforce.members.roles import MemberRequest, member_required, secretariat_required
from taskforce.paging import page_of


@require_safe
def list(request: HttpRequest) -> HttpResponse:
    barriers = Barrier.objects.visible_to(request.user).unmerged().order_by(*BY_PRIORITY)
    filters = BarrierFilter(request.GET, barriers)
    page = page_of(register.rows(filters.qs, request.user), request)
    return render(
        request,
        "barriers/list.html",
        {
            "filters": filters,
            "page": page,
            "rows": [register.ready(row) for row in page.rows],
            "latest_round": PrioritisationRound.objects.closed().first(),
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = Barrier.objects.visible_to(request.user).select_related(
        "theme", "raised_by", "raised_at", "merged_into"
    )
    barrier = get_object_or_404(found, slug=slug)
    if barrier.merged_into:
        # Where it leads must be somewhere that the visitor may go; it may not stay so for ever.
        kept = get_object_or_404(found, pk=barrier.merged_into.pk)
        return redirect(kept)
    context = register.detail(barrier, request.user)
    return render(request, "barriers/detail.html", context)


@member_required
def add(request: MemberRequest) -> HttpResponse:
    form = BarrierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        barrier = registering.add(form=form, by=request.member)
        messages.success(request, _("The barrier is in the register."))
        return redirect(barrier)
    return render(request, "barriers/add.html", {"form": form, "themes": Theme.objects.all()})


@member_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = get_object_or_404(Barrier.objects.editable_by(request.user), slug=slug)
    form = BarrierForm(request.POST or None, instance=barrier)
    sent = request.method == "POST" and form.is_valid()
    if sent and registering.change(form=form, by=request.member):
        messages.success(request, _("Your changes are saved."))
        return redirect(barrier)
    return render(request, "barriers/edit.html", {"form": form, "barrier": barrier})


@member_required
def add_statement(request: MemberRequest, slug: str) -> HttpResponse:
    open_ones = Barrier.objects.visible_to(request.user).unmerged()
    barrier = get_object_or_404(open_ones, slug=slug)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        statement = registering.state(barrier=barrier, form=form, by=request.member)
        messages.success(request, _("Your statement is added."))
        return redirect(statement)
    return render(request, "barriers/add_statement.html", {"form": form, "barrier": barrier})


@member_required
def edit_statement(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    editable = Statement.objects.editable_by(request.user).select_related("barrier")
    statement = get_object_or_404(editable, barrier__slug=slug, pk=pk)
    form = StatementForm(request.POST or None, instance=statement)
    if request.method == "POST" and form.is_valid():
        registering.restate(form=form, by=request.member)
        messages.success(request, _("Your changes are saved."))
        return redirect(statement)
    context = {"form": form, "barrier": statement.barrier}
    return render(request, "barriers/edit_statement.html", context)


@secretariat_required
def from_passage(request: MemberRequest, pk: int) -> HttpResponse:
    found = MinutesEntry.objects.select_related("minutes__meeting", "speaker")
    entry = get_object_or_404(found, pk=pk)
    form = PassageStatementForm(request.POST or None, initial=passages.initial(entry))
    try:
        taking.must_be_draft(entry.minutes)
        if request.method == "POST" and form.is_valid():
            passages.state(entry=entry, form=form, by=request.member)
            messages.success(request, _("The statement is kept. It shows with the minutes."))
            return redirect(passages.place(entry))
    except taking.NotTakenError as error:
        context = {"entry": entry, "why": str(error)}
        return render(request, "barriers/passage_closed.html", context, status=409)
    return render(request, "barriers/from_passage.html", passages.page(entry, form))


@require_POST
@secretariat_required
def take_back(request: MemberRequest, pk: int, statement: int) -> HttpResponse:
    found = Statement.objects.filter(entry=pk).select_related("entry__minutes__meeting")
    statement_made = get_object_or_404(found, pk=statement)
    try:
        passages.take_back(statement=statement_made)
        messages.success(request, _("The statement is removed."))
    except taking.NotTakenError as error:
        messages.error(request, str(error))
    return redirect("barriers:from_passage", pk)


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
