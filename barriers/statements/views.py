"""Statements, by hand or from a passage of minutes, and support."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from barriers.models import Barrier, Statement
from barriers.statements import acts, pages, passages, supporting
from barriers.statements.forms import InsteadForm, PassageStatementForm, StatementForm
from meetings.models import MinutesEntry
from meetings.writing import acts as writing
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals
from taskforce.dialogue.asking import pages as asking
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


def _current(request: HttpRequest, slug: str) -> Barrier:
    """Return the barrier of an address, or the one that it was merged into."""
    found = Barrier.objects.visible_to(request.user).select_related("merged_into")
    barrier = get_object_or_404(found, slug=slug)
    if barrier.merged_into_id is None:
        return barrier
    return get_object_or_404(found, pk=barrier.merged_into_id)


def _on_current(request: HttpRequest, refused: Refused, *, slug: str) -> HttpResponse:
    add_message(request, refused)
    if Barrier.objects.visible_to(request.user).filter(slug=slug).exists():
        return redirect(_current(request, slug))
    return redirect("barriers:detail", slug)  # which says that it is gone


@member_required
@refusals(_on_current)
def add_statement(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = _current(request, slug)
    answer = asking.named(request.GET, request.user)
    chosen = {"organisation": answer.organisation_id} if answer else {}
    form = StatementForm(request.POST or None, by=request.member, initial=chosen)
    if request.method == "POST" and form.is_valid():
        statement = acts.add_statement(barrier=barrier, form=form, by=request.member)
        messages.success(request, _("Your statement is added."))
        return redirect(statement)
    context = {"form": form, "barrier": barrier, "answer": answer}
    return render(request, "barriers/add_statement.html", context)


@require_POST
@member_required
def add_statement_instead(request: MemberRequest, slug: str) -> HttpResponse:
    """Make a statement of what was typed of a new barrier that is in the register already."""
    barrier = _current(request, slug)
    typed = InsteadForm(request.POST).as_statement
    form = StatementForm(by=request.member, initial={"text": typed})
    context = {"form": form, "barrier": barrier, "is_instead": True}
    return render(request, "barriers/add_statement.html", context)


@member_required
def edit_statement(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    # A merge may have moved it to another barrier meanwhile; its number stays.
    editable = Statement.objects.editable_by(request.user).select_related("barrier")
    statement = get_object_or_404(editable, pk=pk)
    form = StatementForm(request.POST or None, instance=statement, by=request.member)
    if request.method == "POST" and form.is_valid():
        acts.change_statement(form=form, by=request.member)
        messages.success(request, _("Your changes are saved."))
        return redirect(statement)
    context = {"form": form, "barrier": statement.barrier}
    return render(request, "barriers/edit_statement.html", context)


def _on_current_of(request: HttpRequest, refused: Refused, *, slug: str, pk: int) -> HttpResponse:
    return _on_current(request, refused, slug=slug)


@member_required
@refusals(_on_current_of)
def withdraw_statement(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, and remove a statement that the member may edit and that was added by hand."""
    editable = Statement.objects.editable_by(request.user).filter(entry=None)
    statement = get_object_or_404(editable.select_related("barrier", "organisation"), pk=pk)
    if request.method == "POST":
        barrier = acts.withdraw_statement(statement=statement, by=request.member)
        messages.success(request, _("The statement is withdrawn."))
        return redirect(barrier)
    return render(request, "barriers/withdraw_statement.html", {"statement": statement})


@require_POST
@member_required
@refusals(_on_current)
def support(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = _current(request, slug)
    supporting.support(barrier=barrier, by=request.member)
    messages.success(request, _("Your organisation supports the barrier."))
    return redirect(barrier)


@require_POST
@member_required
@refusals(_on_current)
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    barrier = _current(request, slug)
    supporting.withdraw(barrier=barrier, by=request.member)
    messages.success(request, _("Your organisation no longer supports the barrier."))
    return redirect(barrier)


def _passage(pk: int) -> MinutesEntry:
    found = MinutesEntry.objects.select_related("minutes__meeting", "speaker")
    return get_object_or_404(found, pk=pk)


def _passage_closed(request: HttpRequest, refused: Refused, *, pk: int) -> HttpResponse:
    context = {"entry": _passage(pk), "why": refused.sentence}
    return render(request, "barriers/passage_closed.html", context, status=409)


@secretariat_required
@refusals(_passage_closed)
def from_passage(request: MemberRequest, pk: int) -> HttpResponse:
    entry = _passage(pk)
    form = PassageStatementForm(request.POST or None, initial=pages.initial(entry))
    writing.must_be_draft(entry.minutes)
    if request.method == "POST" and form.is_valid():
        passages.add_statement(entry=entry, form=form, by=request.member)
        messages.success(request, _("The statement is kept. It shows with the minutes."))
        return redirect(pages.passage_url(entry))
    return render(request, "barriers/from_passage.html", pages.from_passage(entry, form))


def _on_passage(request: HttpRequest, refused: Refused, *, pk: int, statement: int) -> HttpResponse:
    add_message(request, refused)
    return redirect("barriers:from_passage", pk)


@require_POST
@secretariat_required
@refusals(_on_passage)
def remove_statement(request: MemberRequest, pk: int, statement: int) -> HttpResponse:
    found = Statement.objects.filter(entry=pk).select_related("entry__minutes__meeting")
    passages.remove_statement(statement=get_object_or_404(found, pk=statement))
    messages.success(request, _("The statement is removed."))
    return redirect("barriers:from_passage", pk)
