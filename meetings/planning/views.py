"""Pages to plan a meeting, to move it and to cancel it."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingState, numbered
from meetings.planning import acts as planning
from meetings.planning.forms import CancelForm, MeetingForm, MovedForm
from taskforce.activity.taking_back import ReasonForm
from taskforce.core.mailing import noted, only_shows, rehearse
from taskforce.core.refusals import shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


@secretariat_required
def plan(request: MemberRequest) -> HttpResponse:
    initial = {"number": planning.next_number()}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            meeting = planning.plan(form=form, by=request.member)
            messages.success(request, _("The meeting is planned. Everybody can see it."))
            return redirect(meeting)
    return render(request, "meetings/planning/plan.html", {"form": form})


@secretariat_required
def edit(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    if request.method != "POST" and meeting.state != MeetingState.PLANNED:
        return _not_planned(request, meeting)
    typed = request.POST if request.method == "POST" else None
    form, note, post = MeetingForm(typed, instance=meeting), MovedForm(typed), None
    if form.is_valid() and note.is_valid():
        act = partial(planning.change, form=form, by=request.member, note=noted(note))
        with shown_in(form):
            post = rehearse(act)
            if note.may_go(post):
                saved = act()
                messages.success(request, _("Your changes are saved."))
                return redirect(saved)
    # The form may hold another number than the address.
    was = {"number": number, "was": numbered(number), "invited": meeting.invited_at}
    context = {"form": form, "moved": note, "post": post, **was}
    return render(request, "meetings/planning/edit.html", context)


@secretariat_required
def cancel(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    if request.method != "POST" and meeting.state != MeetingState.PLANNED:
        return _not_planned(request, meeting)
    form = CancelForm(request.POST or None)
    reason = form["reason"].value() or ""
    act = partial(planning.cancel, meeting=meeting, reason=reason, by=request.member)
    if request.method == "POST" and form.is_valid() and not only_shows(request):
        with shown_in(form):
            act()
            messages.success(request, _("The meeting is cancelled."))
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "post": rehearse(act)}
    return render(request, "meetings/planning/cancel.html", context)


@secretariat_required
def take_back(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            reason = form.cleaned_data["reason"]
            planning.take_back(meeting=meeting, reason=reason, by=request.member)
            messages.success(request, _("The meeting is taken back."))
            return redirect("meetings:list")
    context = {"form": form, "meeting": meeting, "why_not": planning.why_not_taken_back(meeting)}
    return render(request, "meetings/planning/take_back.html", context)


def _not_planned(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    messages.error(request, _("The meeting is held or cancelled, so it cannot be changed."))
    return redirect(meeting)
