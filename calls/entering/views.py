"""Pages to add a call, to edit it and to read it again at the EU portal."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from barriers import thread
from calls.entering import acts as entering
from calls.entering import rereading
from calls.entering.forms import CallForm, PasteForm, TopicForm, deadlines_of
from calls.entering.words import WORDS
from calls.fetching import Fault
from calls.models import Call
from calls.reader import find
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
    return render(request, "calls/entering/add.html", {"form": form, "by_hand": _to_fill(request)})


def _to_fill(request: HttpRequest, **keys: str) -> str:
    """Return where a call is filled in, and take along the barrier that one came from."""
    if barrier := thread.came_from(request.GET):
        keys["barriere"] = barrier.slug
    return f"{reverse('calls:fill')}?{urlencode(keys)}"


@secretariat_required
def fill(request: MemberRequest) -> HttpResponse:
    if request.method == "POST":
        return _save_new(request)
    asked = TopicForm(request.GET)
    found = asked.cleaned_data["emne"] if asked.is_valid() else None
    topic, fault = entering.ask_portal(found) if found else (None, "")
    initial, rows = entering.beginning(found, topic) if found else ({}, [])
    if barrier := thread.came_from(request.GET):
        initial["barriers"] = [barrier]
    context = {"form": CallForm(initial=initial), "deadlines": deadlines_of(initial=rows)}
    return render(request, "calls/entering/fill.html", {**context, "topic": topic, "fault": fault})


def _save_new(request: MemberRequest) -> HttpResponse:
    form, deadlines = CallForm(request.POST), deadlines_of(request.POST)
    if form.is_valid() & deadlines.is_valid():
        if call := entering.add(form=form, deadlines=deadlines, by=request.member):
            messages.success(request, _("The call is in the portal. Everybody can read it."))
            return redirect(call)
        form.add_error("topic_id", _("A call with this topic is in the portal already."))
    context: dict[str, Any] = {"form": form, "deadlines": deadlines}
    return render(request, "calls/entering/fill.html", context)


@secretariat_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call, slug=slug)
    typed = request.POST if request.method == "POST" else None
    form, deadlines = CallForm(typed, instance=call), deadlines_of(typed, instance=call)
    sent = request.method == "POST" and form.is_valid() & deadlines.is_valid()
    if sent and entering.change(form=form, deadlines=deadlines, by=request.member):
        messages.success(request, _("Your changes are saved."))
        return redirect(Call.objects.get(pk=call.pk))
    context = {"form": form, "deadlines": deadlines, "call": call}
    return render(request, "calls/entering/edit.html", context)


@secretariat_required
def reread(request: MemberRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call.objects.exclude(topic_id=None), slug=slug)
    if request.method == "POST":
        return _take_over(request, call)
    found = find(call.topic_id or "")
    topic, fault = entering.ask_portal(found) if found else (None, WORDS[Fault.UNKNOWN])
    stated = rereading.told_by(topic) if topic else {}
    return _compared(request, call, stated, fault=fault)


def _take_over(request: MemberRequest, call: Call) -> HttpResponse:
    form = rereading.RereadForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The comparison is too old. Read the call again."))
        return redirect("calls:reread", call.slug)
    try:
        if rereading.take_over(call=call, by=request.member, **form.cleaned_data):
            messages.success(request, _("Your changes are saved."))
            return redirect(call)
        fault = _("Somebody else saved this meanwhile. Below is what differs now.")
    except ValidationError as error:
        fault = " ".join(error.messages)
    call.refresh_from_db()
    return _compared(request, call, form.cleaned_data["stated"], problem=fault)


def _compared(
    request: HttpRequest, call: Call, stated: dict[str, Any], *, fault: Any = "", problem: str = ""
) -> HttpResponse:
    context = {"call": call, "changes": rereading.changes(call, stated), "fault": fault}
    context |= {"stated": rereading.pack(stated), "problem": problem}
    return render(request, "calls/entering/reread.html", context)
