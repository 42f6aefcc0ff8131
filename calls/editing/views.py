"""Pages on which the secretariat adds a call, edits it and refreshes it from the EU portal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from barriers import thread
from calls.editing import acts, portal, refreshing
from calls.editing.forms import CallForm, PasteForm, TopicForm, deadline_formset
from calls.models import Call
from calls.reader import Topic, TopicReference
from taskforce.core import amounts
from taskforce.core.acts import Refused
from taskforce.core.refusals import refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def add(request: MemberRequest) -> HttpResponse:
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        topic = form.topic
        known = Call.objects.filter(topic_id__iexact=topic.identifier).first()
        if known:
            messages.info(request, _("The call is in the portal already. Here it is."))
            return redirect(known)
        return redirect(_to_fill(request, emne=topic.identifier))
    return render(request, "calls/editing/add.html", {"form": form, "by_hand": _to_fill(request)})


def _to_fill(request: HttpRequest, **keys: str) -> str:
    """Return the address where a call is filled in; it names the barrier that one came from."""
    if barrier := thread.came_from(request.GET):
        keys["barriere"] = barrier.slug
    return f"{reverse('calls:fill')}?{urlencode(keys)}"


def _fill_by_hand(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Show the form with nothing but the topic in it, and say why."""
    return _form_of_new(request, _reference(request), None, fault=refused.sentence)


@secretariat_required
@refusals(_fill_by_hand)
def fill(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _save_new(request)
    reference = _reference(request)
    return _form_of_new(request, reference, portal.ask(reference) if reference else None)


def _reference(request: HttpRequest) -> TopicReference | None:
    """Return the topic that the address names."""
    form = TopicForm(request.GET)
    return form.cleaned_data["emne"] if form.is_valid() else None


def _form_of_new(
    request: HttpRequest, reference: TopicReference | None, topic: Topic | None, *, fault: str = ""
) -> HttpResponse:
    initial, rows = portal.initial_values(reference, topic) if reference else ({}, [])
    if barrier := thread.came_from(request.GET):
        initial["barriers"] = [barrier]
    context = {"form": CallForm(initial=initial), "deadlines": deadline_formset(initial=rows)}
    return render(request, "calls/editing/fill.html", {**context, "topic": topic, "fault": fault})


def _save_new(request: MemberRequest) -> HttpResponse:
    form, deadlines = CallForm(request.POST), deadline_formset(request.POST)
    if form.is_valid() & deadlines.is_valid():
        with shown_in(form):
            call = acts.add(form=form, deadlines=deadlines, by=request.member)
            _say(request, _("The call is in the portal. Everybody can read it."), form)
            return redirect(call)
    context: dict[str, Any] = {"form": form, "deadlines": deadlines}
    return render(request, "calls/editing/fill.html", context)


@secretariat_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call, slug=slug)
    typed = request.POST if request.method == "POST" else None
    form, deadlines = CallForm(typed, instance=call), deadline_formset(typed, instance=call)
    if request.method == "POST" and form.is_valid() & deadlines.is_valid():
        with shown_in(form):
            saved = acts.change(form=form, deadlines=deadlines, by=request.member)
            _say(request, _("Your changes are saved."), form)
            return redirect(saved)
    context = {"form": form, "deadlines": deadlines, "call": call}
    return render(request, "calls/editing/edit.html", context)


def _say(request: HttpRequest, sentence: str, form: CallForm) -> None:
    """Say that the form is saved, and how its amounts were read."""
    messages.success(request, f"{sentence} {amounts.told(form)}".strip())


def _nothing_to_compare(request: HttpRequest, refused: Refused, slug: str) -> HttpResponse:
    """Show the page of the comparison without one, and say why."""
    return _compare(request, get_object_or_404(Call, slug=slug), {}, fault=refused.sentence)


@secretariat_required
@refusals(_nothing_to_compare)
def refresh(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.exclude(topic_id=None), slug=slug)
    if request.method == "POST":
        return _accept(request, call)
    return _compare(request, call, refreshing.ask_about(call))


def _accept(request: MemberRequest, call: Call) -> HttpResponse:
    form = refreshing.AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, refreshing.TOO_OLD)
        return redirect("calls:reread", call.slug)
    with shown_in(form):
        saved = refreshing.accept(call=call, by=request.member, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect(saved)
    call.refresh_from_db()
    problem = " ".join(map(str, form.non_field_errors()))
    return _compare(request, call, form.cleaned_data["stated"], problem=problem)


def _compare(
    request: HttpRequest, call: Call, stated: dict[str, Any], *, fault: str = "", problem: str = ""
) -> HttpResponse:
    context = {"call": call, "changes": refreshing.changes(call, stated), "fault": fault}
    context |= {"stated": refreshing.pack(stated), "problem": problem}
    return render(request, "calls/editing/refresh.html", context)
