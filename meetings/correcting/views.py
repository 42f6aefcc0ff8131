"""Pages to correct published minutes, to ask for a correction, and to compare versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meetings.correcting import acts, restoring, versions
from meetings.correcting.forms import (
    AskForm,
    CompareForm,
    CorrectActionForm,
    CorrectOutcomeForm,
    CorrectPassageForm,
    CorrectPresenceForm,
)
from meetings.models import Correction, Minutes, MinutesEntry, MinutesVersion
from taskforce.core.acts import Refused
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest, member_required, secretariat_required


def _published(number: int) -> Minutes:
    rows = Minutes.objects.published().select_related("meeting")
    return get_object_or_404(rows, meeting__number=number)


@secretariat_required
def correct_passage(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    published = MinutesEntry.objects.filter(minutes__in=Minutes.objects.published())
    rows = published.select_related("minutes__meeting", "agenda_item", "speaker")
    entry = get_object_or_404(rows, minutes__meeting__number=number, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = CorrectPassageForm(posted, instance=entry)
    if posted is not None and form.is_valid():
        with shown_in(form):
            return _corrected(request, acts.correct_passage(form=form, by=request.member))
    return _correct(request, form, entry.minutes, entry=entry)


@secretariat_required
def correct_outcome(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    minutes = _published(number)
    rows = minutes.outcomes.select_related("minutes__meeting", "agenda_item")
    outcome = get_object_or_404(rows, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = CorrectOutcomeForm(posted, instance=outcome)
    if posted is not None and form.is_valid():
        with shown_in(form):
            return _corrected(request, acts.correct_outcome(form=form, by=request.member))
    return _correct(request, form, minutes, item=outcome.agenda_item)


@secretariat_required
def correct_action(request: MemberRequest, number: int, pk: int | None = None) -> HttpResponse:
    minutes = _published(number)
    point = pk and get_object_or_404(minutes.meeting.action_points, pk=pk)
    posted = request.POST if request.method == "POST" else None
    form = CorrectActionForm(posted, minutes=minutes, instance=point or None)
    if posted is not None and form.is_valid():
        with shown_in(form):
            made = acts.correct_action(minutes=minutes, form=form, by=request.member)
            return _corrected(request, made)
    return _correct(request, form, minutes)


@secretariat_required
def correct_presence(request: MemberRequest, number: int) -> HttpResponse:
    minutes = _published(number)
    posted = request.POST if request.method == "POST" else None
    form = CorrectPresenceForm(posted, minutes=minutes)
    if posted is not None and form.is_valid():
        with shown_in(form):
            made = acts.correct_presence(minutes=minutes, form=form, by=request.member)
            return _corrected(request, made)
    context = {"form": form, "minutes": minutes, "meeting": minutes.meeting}
    return render(request, "meetings/correcting/presence.html", context)


def _corrected(request: HttpRequest, correction: Correction) -> HttpResponse:
    messages.success(request, _("The correction stands on the page, with the text before."))
    page = correction.minutes.meeting.get_absolute_url()
    return redirect(f"{page}#rettelse-{correction.pk}")


def _correct(request: HttpRequest, form: Any, minutes: Minutes, **of: Any) -> HttpResponse:
    context = {"form": form, "minutes": minutes, "meeting": minutes.meeting, **of}
    return render(request, "meetings/correcting/correct.html", context)


@member_required
def ask(request: MemberRequest, number: int) -> HttpResponse:
    minutes = _published(number)
    entries = minutes.entries.visible_to(request.user)
    posted = request.POST if request.method == "POST" else None
    form = AskForm(posted, entries=entries, initial={"entry": request.GET.get("afsnit")})
    if posted is not None and form.is_valid():
        entry = form.cleaned_data["entry"]
        place = entry.get_absolute_url() if entry else minutes.get_absolute_url()
        text = form.cleaned_data["text"]
        acts.ask(minutes=minutes, place=place, text=text, by=request.member)
        messages.success(request, _("The secretariat has your message, and answers by mail."))
        return redirect(place)
    context = {"form": form, "meeting": minutes.meeting}
    return render(request, "meetings/correcting/ask.html", context)


# Versions


def _seen(request: HttpRequest, number: int) -> tuple[Minutes, Any]:
    """Return minutes that the viewer may read, and the versions of them that they may read."""
    rows = Minutes.objects.visible_to(request.user).select_related("meeting")
    minutes = get_object_or_404(rows, meeting__number=number)
    versions = minutes.versions.visible_to(request.user).select_related("minutes__meeting")
    return minutes, versions.order_by("number")


@require_safe
def index(request: HttpRequest, number: int) -> HttpResponse:
    minutes, seen = _seen(request, number)
    rows = [*seen.defer("content")]
    newest = [row.number for row in rows[-2:]] or [None]
    initial = {"fra": newest[0], "til": newest[-1]}
    form = CompareForm(initial=initial, versions=seen)
    context = {"rows": rows[::-1], "minutes": minutes, "meeting": minutes.meeting, "form": form}
    return render(request, "meetings/correcting/versions.html", context)


@require_safe
def compare(request: HttpRequest, number: int) -> HttpResponse:
    minutes, seen = _seen(request, number)
    form = CompareForm(request.GET, versions=seen)
    context: dict[str, Any] = {"form": form, "meeting": minutes.meeting}
    if form.is_valid():
        old, new = form.cleaned_data["fra"], form.cleaned_data["til"]
        context |= {"old": old, "new": new}
        context["rows"] = rows = versions.compared(old, new, request.user)
        context["same"] = sum(row.is_same for row in rows)
        context["changed"] = len(rows) - context["same"]
    return render(request, "meetings/correcting/compare.html", context)


def _on_versions(request: HttpRequest, refused: Refused, number: int, **_keys: Any) -> HttpResponse:
    add_message(request, refused)
    return redirect("meetings:versions", number)


@require_POST
@secretariat_required
@refusals(_on_versions)
def keep(request: MemberRequest, number: int) -> HttpResponse:
    minutes = get_object_or_404(Minutes, meeting__number=number)
    kept = restoring.keep(minutes=minutes, by=request.member)
    messages.success(request, _("Kept as version %(n)s.") % {"n": kept.number})
    return redirect("meetings:versions", number)


@require_POST
@secretariat_required
@refusals(_on_versions)
def restore(request: MemberRequest, number: int, version: int) -> HttpResponse:
    rows = MinutesVersion.objects.select_related("minutes__meeting")
    kept = get_object_or_404(rows, minutes__meeting__number=number, number=version)
    made = restoring.restore(version=kept, by=request.member)
    said = _("Version %(old)s is back, as version %(new)s.")
    messages.success(request, said % {"old": kept.number, "new": made.number})
    return redirect("meetings:versions", number)
