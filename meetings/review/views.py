"""Pages of a review, and of the publication that ends it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.checking import consent
from meetings.checking import pages as checking
from meetings.models import Minutes, MinutesEntry, ProposedChange
from meetings.review import changes, pages, publishing, reviewing, unpublishing
from meetings.review.forms import (
    AcceptForm,
    DaysForm,
    DeclineForm,
    ProposeForm,
    PublishForm,
    StartForm,
)
from taskforce.activity.taking_back import ReasonForm, closes_at
from taskforce.core.acts import Conflict, Refused
from taskforce.core.mailing import noted, only_shows, rehearse
from taskforce.core.refusals import add_message, on_page, refusals, shown_in
from taskforce.core.relations import related
from taskforce.members.roles import Guarded, MemberRequest, member_required, secretariat_required


def minutes_required(view: Callable[..., HttpResponseBase]) -> Guarded:
    """Find the minutes that the member may read; where an act refuses, lead back and say why."""
    answered = refusals(_back_and_say_why)(view)

    @wraps(view)
    def guarded(request: MemberRequest, /, number: int, **keys: Any) -> HttpResponseBase:
        seen = Minutes.objects.visible_to(request.user).select_related("meeting")
        minutes = get_object_or_404(seen, meeting__number=number)
        return answered(request, minutes, **keys)

    return guarded


def _back_and_say_why(
    request: HttpRequest, refused: Refused, minutes: Minutes, **_keys: Any
) -> HttpResponse:
    add_message(request, refused)
    return _back(minutes)


def _back(minutes: Minutes) -> HttpResponse:
    if minutes.is_published:
        return redirect(minutes)
    return redirect("meetings:review", minutes.meeting.number)


def _show(
    request: HttpRequest,
    minutes: Minutes,
    form: BaseForm | None = None,
    kind: str = "",
    of: int | None = None,
) -> HttpResponse:
    """Show the page; a form that is not valid still holds what was typed."""
    context = pages.review(minutes, request.user, {(kind, of): form} if form else None)
    return render(request, "meetings/review/review.html", context)


@require_safe
@member_required
@minutes_required
def review(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    return redirect(minutes) if minutes.is_published else _show(request, minutes)


@require_POST
@secretariat_required
@minutes_required
def start(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid() or only_shows(request):
        context = checking.check(minutes, request.member, start=form)
        return render(request, "meetings/checking/check.html", context)
    reviewing.start(minutes=minutes, by=request.member, **form.cleaned_data)
    messages.success(request, _("The review is open, and those who were there are told by mail."))
    return _back(minutes)


@require_POST
@secretariat_required
@minutes_required
def extend(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = DaysForm(request.POST, auto_id="forlaeng-%s")
    if not form.is_valid():
        return _show(request, minutes, form, "extend")
    reviewing.extend(minutes=minutes, by=request.member, **form.cleaned_data)
    messages.success(request, _("The review lasts longer, and those who were there are told."))
    return _back(minutes)


@require_POST
@secretariat_required
@minutes_required
def take_back(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    reviewing.take_back(minutes=minutes, by=request.member)
    messages.success(request, _("The minutes are a draft again. Only the secretariat sees them."))
    return redirect("meetings:write_minutes", minutes.meeting.number)


@require_POST
@member_required
@minutes_required
def propose(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    seen = MinutesEntry.objects.visible_to(request.user).select_related("minutes")
    entry = get_object_or_404(seen, minutes=minutes, pk=pk)
    form = ProposeForm(request.POST, entry=entry)
    if not form.is_valid():
        return _show(request, minutes, form, "propose", pk)
    with shown_in(form):
        changes.propose(form=form, by=request.member)
        said = _("Your proposal is with the secretariat. You can change it below.")
        messages.success(request, said)
        return _back(minutes)
    context = {"form": form, "entry": entry, "meeting": minutes.meeting}
    return render(request, "meetings/review/late.html", context, status=409)


@require_POST
@secretariat_required
@minutes_required
def accept(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    change = _change(minutes, pk)
    form = AcceptForm(request.POST, change=change)
    if form.is_valid():
        with shown_in(form, Conflict):
            changes.accept(change=change, form=form, by=request.member)
            messages.success(request, _("The change is in the minutes."))
            return _back(minutes)
    return _show(request, minutes, form, "accept", pk)


@require_POST
@secretariat_required
@minutes_required
def decline(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    change = _change(minutes, pk)
    form = DeclineForm(request.POST, change=change)
    if not form.is_valid():
        return _show(request, minutes, form, "decline", pk)
    changes.decline(change=change, reason=form.cleaned_data["reason"], by=request.member)
    messages.success(request, _("The passage stays as it is, and the author is told why."))
    return _back(minutes)


def _change(minutes: Minutes, pk: int) -> ProposedChange:
    rows = ProposedChange.objects.select_related("entry__minutes")
    return get_object_or_404(rows, entry__minutes=minutes, pk=pk)


@secretariat_required
@refusals(on_page("meetings:detail"))
def publish(request: MemberRequest, number: int) -> HttpResponse:
    drafts = Minutes.objects.unpublished().select_related("meeting")
    minutes = get_object_or_404(drafts, meeting__number=number)
    names = consent.names_in_text(minutes, request.user)
    form = PublishForm(request.POST if request.method == "POST" else None, names=bool(names))
    act = partial(publishing.publish, minutes=minutes, by=request.member, note=noted(form))
    if request.method == "POST" and form.is_valid() and not only_shows(request):
        with shown_in(form):
            act()
            messages.success(request, _("The minutes are published. Everybody can read them."))
            return redirect(minutes.meeting)
    documents = related(minutes.meeting, "intakes", request.user).only("name", "meeting")
    context = {"form": form, "minutes": minutes, "names": names, "documents": documents}
    context["why_not"] = publishing.why_not(minutes, request.member)
    context |= {"open": minutes.is_open_to_changes, "post": rehearse(act)}
    return render(request, "meetings/publish.html", context)


@secretariat_required
@refusals(on_page("meetings:detail"))
def unpublish(request: MemberRequest, number: int) -> HttpResponse:
    found = Minutes.objects.select_related("meeting")
    minutes = get_object_or_404(found, meeting__number=number)
    if not minutes.is_published:
        raise Refused(_("The minutes are not published."))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            reason = form.cleaned_data["reason"]
            unpublishing.take_back(minutes=minutes, reason=reason, by=request.member)
            messages.success(request, _("The minutes are taken back, and the members are told."))
            return redirect(minutes.meeting)
    context = {"form": form, "minutes": minutes, "why_not": unpublishing.why_not(minutes)}
    context["until"] = minutes.published_at and closes_at(minutes.published_at)
    return render(request, "meetings/review/take_back.html", context)
