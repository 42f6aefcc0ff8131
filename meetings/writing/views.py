"""Pages for writing minutes. A script that saves while somebody types is answered with JSON."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from meetings.models import ActionPoint, Attendance, Meeting, Minutes, Outcome
from meetings.writing import acts, pages
from meetings.writing.decorators import closed, draft_required
from meetings.writing.forms import (
    ActionForm,
    AttendanceForm,
    GuestForm,
    NewPassageForm,
    OutcomeForm,
    PassageForm,
)
from taskforce.core.acts import Conflict, Refused
from taskforce.core.refusals import add_message, by_script, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


def _saved(
    request: HttpRequest,
    minutes: Minutes,
    anchor: str,
    shown: dict[str, str] | None = None,
    **fields: Any,
) -> HttpResponse:
    """Say that it is saved: to a script with the fields that it sends along the next time.

    `shown` is what the script writes anew on the page, by id.
    """
    if by_script(request):
        clock = timezone.localtime()
        said = _("Saved %(time)s") % {"time": f"{clock:%H.%M}"}
        return JsonResponse({"said": said, "fields": fields, "shown": shown or {}})
    messages.success(request, _("Saved."))
    return _to(minutes, anchor)


def _to(minutes: Minutes, anchor: str) -> HttpResponse:
    return redirect(pages.place(minutes, anchor))


def _invalid(
    request: HttpRequest, minutes: Minutes, form: BaseForm, kind: str, of: int | None = None
) -> HttpResponse:
    """Show the form again with its errors and everything that was typed."""
    if by_script(request):
        errors = {name: [*said] for name, said in form.errors.items()}
        seen = form["seen"].value() if "seen" in form.fields else None
        return JsonResponse(
            {"errors": errors, "fields": {"seen": seen} if seen else {}}, status=422
        )
    context = pages.writing(minutes, request.user, {(kind, of): form})
    return render(request, "meetings/writing/write.html", context)


# Begin and write


def _not_begun(request: HttpRequest, refused: Refused, number: int) -> HttpResponse:
    if refused.already:
        return redirect("meetings:write_minutes", number)
    return closed(request, refused, number)


@require_POST
@secretariat_required
@refusals(_not_begun)
def begin(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    acts.begin(meeting=meeting, by=request.member)
    messages.success(request, _("The minutes are begun. Only the secretariat sees them."))
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
    context = pages.writing(minutes, request.user, opened=request.GET.get(pages.OPEN, ""))
    return render(request, "meetings/writing/write.html", context)


@require_POST
@draft_required
def save_passage(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    entry = get_object_or_404(minutes.entries, pk=pk)
    form = PassageForm(request.POST, instance=entry, speakers=pages.speakers(minutes))
    if not form.is_valid():
        return _invalid(request, minutes, form, "passage", pk)
    with shown_in(form, Conflict):
        saved = acts.save_passage(form=form)
        return _saved(request, minutes, saved.anchor, version=saved.version)
    return _both_texts(request, minutes, form)


def _both_texts(request: HttpRequest, minutes: Minutes, form: PassageForm) -> HttpResponse:
    """Show what was sent beside what somebody else saved first."""
    current = form.current
    assert current is not None  # noqa: S101  # shown_in sets it
    context = {"form": form, "mine": form.cleaned_data, "theirs": current, "minutes": minutes}
    context |= {"by_script": by_script(request), "back": pages.place(minutes, current.anchor)}
    if by_script(request):
        notice = render_to_string("meetings/writing/both.html", context, request)
        fields = {"version": current.version}
        return JsonResponse({"notice": notice, "fields": fields}, status=409)
    return render(request, "meetings/writing/passage.html", context, status=409)


@require_POST
@draft_required
def add_passage(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = NewPassageForm(request.POST, minutes=minutes)
    if not form.is_valid():
        raise Http404
    return _to(minutes, acts.add_passage(minutes=minutes, **form.cleaned_data).anchor)


def _on_page(request: HttpRequest, refused: Refused, minutes: Minutes, pk: int) -> HttpResponse:
    """Say on the page that is written on why something stays."""
    add_message(request, refused)
    return redirect("meetings:write_minutes", minutes.meeting.number)


@require_POST
@draft_required
@refusals(_on_page)
def remove_passage(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    entry = get_object_or_404(minutes.entries, pk=pk)
    acts.remove_passage(entry=entry)
    messages.success(request, _("The empty passage is removed."))
    return _to(minutes, pages.anchor_of(entry.agenda_item_id))


# Outcomes and action points


@require_POST
@draft_required
def set_outcome(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    item = get_object_or_404(minutes.meeting.agenda, pk=pk)
    outcome = Outcome.objects.filter(agenda_item=item).first()
    form = OutcomeForm(request.POST, instance=outcome, item=item)
    if form.is_valid():
        with shown_in(form, Conflict):
            made = acts.set_outcome(minutes=minutes, item=item, form=form)
            seen = form.fingerprint(made if made.pk else None)
            return _saved(request, minutes, pages.anchor_of(pk), seen=seen)
    return _invalid(request, minutes, form, "outcome", pk)


@require_POST
@draft_required
def add_action_point(
    request: MemberRequest, minutes: Minutes, pk: int | None = None
) -> HttpResponse:
    if pk is not None:
        get_object_or_404(minutes.meeting.agenda, pk=pk)
    form = _action_form(request, minutes, auto_id=f"aftale-{pk or 'andet'}-%s")
    if not form.is_valid():
        return _invalid(request, minutes, form, "action", pk)
    acts.add_action_point(minutes=minutes, form=form)
    return _saved(request, minutes, pages.anchor_of(pk))


@draft_required
def change_action_point(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    point = get_object_or_404(minutes.meeting.action_points, pk=pk)
    form = _action_form(request, minutes, instance=point)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, Conflict):
            point = acts.change_action_point(minutes=minutes, form=form)
            return _saved(request, minutes, _anchor_of(point))
    back = pages.place(minutes, _anchor_of(point))
    context = {"form": form, "point": point, "meeting": minutes.meeting, "back": back}
    return render(request, "meetings/writing/action.html", context)


def _anchor_of(point: ActionPoint) -> str:
    return pages.anchor_of(point.entry.agenda_item_id if point.entry else None)


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
def remove_action_point(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    point = get_object_or_404(minutes.meeting.action_points, pk=pk)
    anchor = _anchor_of(point)
    acts.remove_action_point(minutes=minutes, point=point)
    messages.success(request, _("The action point is removed."))
    return _to(minutes, anchor)


# Attendance


@require_POST
@draft_required
def mark_attendance(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = AttendanceForm(request.POST, rows=minutes.meeting.attendances.order_by("pk"))
    if not form.is_valid():
        return _invalid(request, minutes, form, "attendance")
    rows = acts.mark_attendance(minutes=minutes, marks=form.marks)
    initial = {f"initial-{name}": form.cleaned_data[name] for name in form.changed_data}
    spoke = [row for row in rows if form.mark_of(row) != form.marks[row.pk]]
    if not spoke:
        return _saved(request, minutes, "fremmoede", _presence(minutes), **initial)
    return _not_absent(request, minutes, spoke, form, initial)


def _presence(minutes: Minutes) -> dict[str, str]:
    return {"antal-til-stede": str(minutes.meeting.attendances.present().count())}


def _not_absent(
    request: HttpRequest,
    minutes: Minutes,
    spoke: list[Attendance],
    form: AttendanceForm,
    initial: dict[str, str],
) -> HttpResponse:
    """Say who stays present because they spoke; a script is told to mark them again."""
    names = ", ".join(row.organisation_name for row in spoke)
    why = _("%(names)s spoke at the meeting, and so stays ticked.") % {"names": names}
    if by_script(request):
        kept = {f"a{row.pk}": form.mark_of(row) for row in spoke}
        fields = {**initial, **kept, **{f"initial-{name}": kept[name] for name in kept}}
        told = {"errors": {"__all__": [why]}, "fields": fields, "shown": _presence(minutes)}
        return JsonResponse(told, status=422)
    messages.error(request, why)
    return _to(minutes, "fremmoede")


@require_POST
@draft_required
def mark_expected(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    count = acts.mark_expected(minutes=minutes)
    said = ngettext("%(n)s is ticked.", "%(n)s are ticked.", count) % {"n": count}
    messages.success(request, said)
    return _to(minutes, "fremmoede")


@require_POST
@draft_required
def add_guest(request: MemberRequest, minutes: Minutes) -> HttpResponse:
    form = GuestForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            acts.add_guest(minutes=minutes, form=form)
            return _saved(request, minutes, "fremmoede")
    return _invalid(request, minutes, form, "guest")


@require_POST
@draft_required
@refusals(_on_page)
def remove_guest(request: MemberRequest, minutes: Minutes, pk: int) -> HttpResponse:
    attendance = get_object_or_404(minutes.meeting.attendances, pk=pk)
    acts.remove_guest(minutes=minutes, attendance=attendance)
    messages.success(request, _("The name is off the list."))
    return _to(minutes, "fremmoede")
