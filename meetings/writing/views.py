"""Pages for taking minutes. What a script sends by itself is answered with what to write."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.checking import doubts as checking
from meetings.checking import fixing as mending
from meetings.models import Meeting, Minutes, MinutesEntry, Outcome
from meetings.review.forms import StartForm
from meetings.writing import acts as taking
from meetings.writing import pages
from meetings.writing.forms import (
    ActionForm,
    GuestForm,
    OutcomeForm,
    PassageForm,
    PlaceForm,
    RestForm,
    TickForm,
    WaiverForm,
)
from taskforce.members.roles import Guarded, MemberRequest, secretariat_required


def draft_required(view: Callable[..., HttpResponse]) -> Guarded:
    """Let the secretariat in to minutes that are a draft; say why not where they are none."""

    @wraps(view)
    def guarded(request: MemberRequest, /, number: int, **keys: Any) -> HttpResponse:
        found = Minutes.objects.select_related("meeting")
        minutes = get_object_or_404(found, meeting__number=number)
        try:
            taking.must_be_draft(minutes)
            return view(request, minutes, **keys)
        except taking.NotTakenError as error:
            return _closed(request, minutes.meeting, str(error))

    return secretariat_required(guarded)


def _closed(request: HttpRequest, meeting: Meeting, why: str) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"said": why}, status=409)
    context = {"meeting": meeting, "why": why}
    return render(request, "meetings/writing/closed.html", context, status=409)


def _by_script(request: HttpRequest) -> bool:
    """Tell whether a script saves while somebody writes, rather than a button being pressed."""
    return request.headers.get("Accept") == "application/json"


def _saved(request: HttpRequest, minutes: Minutes, place: str, **fields: Any) -> HttpResponse:
    """Say that it is saved: to a script with the fields that it sends along the next time."""
    if _by_script(request):
        clock = timezone.localtime()
        said = _("Saved %(time)s") % {"time": f"{clock:%H.%M}"}
        return JsonResponse({"said": said, "fields": fields})
    messages.success(request, _("Saved."))
    return _to(minutes, place)


def _to(minutes: Minutes, place: str) -> HttpResponse:
    return redirect(f"{reverse('meetings:write_minutes', args=[minutes.meeting.number])}#{place}")


def _mend(
    request: HttpRequest, minutes: Minutes, form: BaseForm, kind: str, of: int | None = None
) -> HttpResponse:
    """Show the form again with what must be mended, everything typed still in it."""
    if _by_script(request):
        errors = {name: [*said] for name, said in form.errors.items()}
        seen = form["seen"].value() if "seen" in form.fields else None
        return JsonResponse(
            {"errors": errors, "fields": {"seen": seen} if seen else {}}, status=422
        )
    context = pages.writing(minutes, request.user, {(kind, of): form})
    return render(request, "meetings/writing/write.html", context)


# Begin and write


@require_POST
@secretariat_required
def begin(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    try:
        if taking.begin(meeting=meeting, by=request.member):
            messages.success(request, _("The minutes are begun. Only the secretariat sees them."))
    except taking.NotTakenError as error:
        return _closed(request, meeting, str(error))
    return redirect("meetings:write_minutes", number)


@require_safe
@secretariat_required
def write(request: MemberRequest, number: int) -> HttpResponseBase:
    meeting = get_object_or_404(Meeting, number=number)
    if not Minutes.objects.filter(meeting=meeting).exists():
        context = {"meeting": meeting, "may_begin": meeting.state != "cancelled"}
        return render(request, "meetings/writing/closed.html", context)
    return _write(request, number=number)


@draft_required
def _write(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    context = pages.writing(minutes, request.user)
    return render(request, "meetings/writing/write.html", context)


@require_POST
@draft_required
def save_passage(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    entry = get_object_or_404(minutes.entries, pk=pk)
    form = PassageForm(request.POST, instance=entry, speakers=pages.speakers(minutes))
    if not form.is_valid():
        return _mend(request, minutes, form, "passage", pk)
    try:
        saved = taking.write(form=form)
    except MinutesEntry.DoesNotExist as error:  # removed meanwhile
        raise Http404 from error
    if saved:
        return _saved(request, minutes, entry.anchor, version=form.instance.version)
    return _disagree(request, minutes, form)


def _disagree(request: HttpRequest, minutes: Minutes, form: PassageForm) -> HttpResponse:
    """Show both texts: somebody else saved the passage first, and neither is lost."""
    current = form.current
    assert current is not None  # noqa: S101  # the form refused because of it
    context = {"form": form, "mine": form.cleaned_data, "theirs": current, "minutes": minutes}
    context["by_script"] = _by_script(request)
    if _by_script(request):
        notice = render_to_string("meetings/writing/both.html", context, request)
        fields = {"version": current.version}
        return JsonResponse({"notice": notice, "fields": fields}, status=409)
    return render(request, "meetings/writing/passage.html", context, status=409)


@require_POST
@draft_required
def add_passage(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = PlaceForm(request.POST, minutes=minutes)
    if not form.is_valid():
        raise Http404
    return _to(minutes, taking.add_passage(minutes=minutes, **form.cleaned_data).anchor)


@require_POST
@draft_required
def remove_passage(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    entry = get_object_or_404(minutes.entries, pk=pk)
    taking.remove_passage(entry=entry)
    messages.success(request, _("The empty passage is removed."))
    return _to(minutes, pages.anchor_of(entry.agenda_item_id))


# Outcomes and action points


@require_POST
@draft_required
def set_outcome(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    item = get_object_or_404(minutes.meeting.agenda, pk=pk)
    outcome = Outcome.objects.filter(agenda_item=item).first()
    form = OutcomeForm(request.POST, instance=outcome, item=item)
    if not form.is_valid() or not taking.settle(minutes=minutes, item=item, form=form):
        return _mend(request, minutes, form, "outcome", pk)
    seen = form.print_of(form.instance if form.instance.pk else None)
    return _saved(request, minutes, pages.anchor_of(pk), seen=seen)


@require_POST
@draft_required
def note_action(request: MemberRequest, minutes: Minutes, pk: int | None = None) -> HttpResponse:
    if pk is not None:
        get_object_or_404(minutes.meeting.agenda, pk=pk)
    form = _action_form(request, minutes, auto_id=f"aftale-{pk or 'andet'}-%s")
    if not form.is_valid():
        return _mend(request, minutes, form, "action", pk)
    taking.agree(minutes=minutes, form=form)
    return _saved(request, minutes, pages.anchor_of(pk))


@draft_required
def edit_action(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    point = get_object_or_404(minutes.meeting.action_points, pk=pk)
    form = _action_form(request, minutes, instance=point)
    sent = request.method == "POST" and form.is_valid()
    if sent and taking.agree_anew(minutes=minutes, form=form):
        item = point.entry.agenda_item_id if point.entry else None
        return _saved(request, minutes, pages.anchor_of(item))
    context = {"form": form, "point": point, "meeting": minutes.meeting}
    return render(request, "meetings/writing/action.html", context)


def _action_form(request: MemberRequest, minutes: Minutes, **options: Any) -> ActionForm:
    return ActionForm(
        request.POST if request.method == "POST" else None,
        minutes=minutes,
        organisations=pages.organisations(),
        owners=pages.owners(),
        **options,
    )


@require_POST
@draft_required
def drop_action(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    point = get_object_or_404(minutes.meeting.action_points, pk=pk)
    item = point.entry.agenda_item_id if point.entry else None
    taking.drop(minutes=minutes, point=point)
    messages.success(request, _("The action point is removed."))
    return _to(minutes, pages.anchor_of(item))


# Attendance


@require_POST
@draft_required
def tick(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = TickForm(request.POST, rows=minutes.meeting.attendances.order_by("pk"))
    if not form.is_valid():
        return _mend(request, minutes, form, "tick")
    refused = taking.tick(minutes=minutes, places=form.places)
    kept = {f"a{row.pk}": form.place_of(row) for row in refused}
    initial = {f"initial-{name}": form.cleaned_data[name] for name in form.changed_data}
    if not refused:
        return _saved(request, minutes, "fremmoede", **initial)
    names = ", ".join(row.organisation_name for row in refused)
    why = _("%(names)s spoke at the meeting, and so stays ticked.") % {"names": names}
    if _by_script(request):
        fields = {**initial, **kept, **{f"initial-{name}": kept[name] for name in kept}}
        return JsonResponse({"errors": {"__all__": [why]}, "fields": fields}, status=422)
    messages.error(request, why)
    return _to(minutes, "fremmoede")


@require_POST
@draft_required
def tick_coming(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    count = taking.tick_coming(minutes=minutes)
    told = ngettext("%(n)s is ticked.", "%(n)s are ticked.", count) % {"n": count}
    messages.success(request, told)
    return _to(minutes, "fremmoede")


@require_POST
@draft_required
def let_in(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = GuestForm(request.POST)
    if form.is_valid():
        if taking.let_in(minutes=minutes, form=form):
            return _saved(request, minutes, "fremmoede")
        form.add_error("name", _("This person is on the list already. Tick them there."))
    return _mend(request, minutes, form, "guest")


@require_POST
@draft_required
def take_off(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    attendance = get_object_or_404(minutes.meeting.attendances, pk=pk)
    taking.take_off(minutes=minutes, attendance=attendance)
    messages.success(request, _("The name is off the list."))
    return _to(minutes, "fremmoede")


# Check before review


@require_safe
@draft_required
def check(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    return _check(request, minutes)


def _check(
    request: HttpRequest,
    minutes: Minutes,
    refused: WaiverForm | None = None,
    rest: RestForm | None = None,
    unmended: tuple[str, mending.Way] | None = None,
) -> HttpResponse:
    context = {
        "meeting": minutes.meeting,
        **mending.rows(minutes, request.user, refused, unmended),
        "rest": rest or RestForm(auto_id="resten-%s"),
        "start": StartForm(),
    }
    return render(request, "meetings/writing/check.html", context)


@require_POST
@draft_required
def mend(request: MemberRequest, minutes: Minutes, doubt: str) -> HttpResponse:
    before = checking.open_doubts(minutes, request.user)
    here = reverse("meetings:check_minutes", args=[minutes.meeting.number])
    try:
        way = mending.mend(minutes=minutes, doubt=doubt, data=request.POST, by=request.member)
    except mending.GoneError:
        messages.error(request, _("This is mended meanwhile, or was let stand already."))
        return redirect(here)
    if way:
        return _check(request, minutes, unmended=(doubt, way))
    messages.success(request, _("Saved."))
    return redirect(f"{here}#{mending.anchor_behind(before, doubt)}")


@require_POST
@draft_required
def waive(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = WaiverForm(request.POST)
    if not form.is_valid():
        return _check(request, minutes, form)
    if not checking.waive(minutes=minutes, by=request.member, **form.cleaned_data):
        messages.error(request, _("This is mended meanwhile, or was let stand already."))
    return redirect("meetings:check_minutes", minutes.meeting.number)


@require_POST
@draft_required
def waive_rest(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = RestForm(request.POST, auto_id="resten-%s")
    if not form.is_valid():
        return _check(request, minutes, rest=form)
    count = checking.waive_rest(minutes=minutes, by=request.member, **form.cleaned_data)
    told = ngettext("%(n)s doubt stands.", "%(n)s doubts stand.", count) % {"n": count}
    messages.success(request, told)
    return redirect("meetings:check_minutes", minutes.meeting.number)


@require_POST
@draft_required
def take_up_again(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    doubt = WaiverForm(request.POST)["doubt"].value() or ""
    checking.take_up_again(minutes=minutes, doubt=doubt)
    return redirect("meetings:check_minutes", minutes.meeting.number)
