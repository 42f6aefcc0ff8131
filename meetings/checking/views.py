"""Pages of the check before a review."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.checking import acts, pages
from meetings.checking.doubts import Doubt, Draft, open_doubts
from meetings.checking.fixing import Fixes
from meetings.checking.forms import RestForm, WaiverForm
from meetings.models import Minutes
from meetings.writing.acts import locked_draft
from meetings.writing.decorators import draft_required
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest


def _show(request: MemberRequest, minutes: Minutes, **sent: Any) -> HttpResponse:
    context = pages.check(minutes, request.member, **sent)
    return render(request, "meetings/checking/check.html", context)


def _back(minutes: Minutes) -> HttpResponse:
    return redirect("meetings:check_minutes", minutes.meeting.number)


def _on_from(minutes: Minutes, before: list[Doubt], doubt: str) -> HttpResponse:
    """Lead to the doubt that follows one which is done with."""
    here = reverse("meetings:check_minutes", args=[minutes.meeting.number])
    return redirect(f"{here}{pages.behind(before, doubt)}")


def _on_this_page(request: HttpRequest, refused: Refused, minutes: Minutes) -> HttpResponse:
    add_message(request, refused)
    return _back(minutes)


@require_safe
@draft_required
def check(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    return _show(request, minutes, opened=request.GET.get(pages.OPEN, ""))


@require_POST
@draft_required
@transaction.atomic
def fix(request: MemberRequest, minutes: Minutes, doubt: str) -> HttpResponse:
    # The lock is held from here on, so that the forms hold what is fixed.
    draft = Draft(locked_draft(minutes), request.user)
    before = open_doubts(minutes, request.user)
    found = Fixes(draft).of(doubt, request.POST)
    if found is None:
        messages.error(request, str(acts.GONE))
        return _back(minutes)
    if found.form.is_valid():
        with shown_in(found.form):
            found.act(request.member)
            messages.success(request, _("Saved."))
            return _on_from(minutes, before, doubt)
    return _show(request, minutes, unfixed=(doubt, found))


@require_POST
@draft_required
@refusals(_on_this_page)
def waive(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = WaiverForm(request.POST)
    acts.must_be_open(minutes=minutes, doubt=form["doubt"].value(), by=request.member)
    if not form.is_valid():
        return _show(request, minutes, waiver=form)
    before = open_doubts(minutes, request.user)
    acts.waive(minutes=minutes, by=request.member, **form.cleaned_data)
    return _on_from(minutes, before, form.cleaned_data["doubt"])


@require_POST
@draft_required
def waive_rest(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = RestForm(request.POST, auto_id="resten-%s")
    if not form.is_valid():
        return _show(request, minutes, rest=form)
    count = len(acts.waive_rest(minutes=minutes, by=request.member, **form.cleaned_data))
    said = ngettext("%(n)s doubt stands.", "%(n)s doubts stand.", count) % {"n": count}
    messages.success(request, said)
    return _back(minutes)


@require_POST
@draft_required
def reopen_doubt(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    doubt = WaiverForm(request.POST)["doubt"].value() or ""
    acts.reopen_doubt(minutes=minutes, doubt=doubt)
    return _back(minutes)
