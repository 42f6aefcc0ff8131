"""Add material to a meeting, and download its files."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings.materials import acts as materials
from meetings.materials.forms import MaterialForm
from meetings.models import Material, Meeting
from taskforce.activity.taking_back import ReasonForm
from taskforce.core.acts import Refused
from taskforce.core.files import NoRoom, opened
from taskforce.core.refusals import add_message, refusals, shown_in
from taskforce.members.roles import MemberRequest, secretariat_required


def _on_meeting(
    request: HttpRequest, refused: Refused, /, number: int, **_keys: int
) -> HttpResponseBase:
    add_message(request, refused)
    return redirect("meetings:detail", number)


@require_safe
def download(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    visible = Material.objects.visible_to(request.user).exclude(file="")
    material = get_object_or_404(visible, meeting__number=number, pk=pk)
    return FileResponse(opened(material.file), as_attachment=True)


@secretariat_required
@refusals(_on_meeting)
def edit(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    material = _material(number, pk)
    form = _form(request, material)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, NoRoom):
            materials.change(form=form, by=request.member)
            form.forget_files()
            messages.success(request, _("Your changes are saved."))
            return redirect(materials.materials_url(material.meeting))
    context = {"form": form, "meeting": material.meeting, "material": _material(number, pk)}
    return render(request, "meetings/materials/edit.html", context)


@secretariat_required
@refusals(_on_meeting)
def remove(request: MemberRequest, number: int, pk: int) -> HttpResponse:
    material = _material(number, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        materials.remove(material=material, reason=reason, by=request.member)
        messages.success(request, _("The material is removed."))
        return redirect(materials.materials_url(material.meeting))
    context = {"form": form, "meeting": material.meeting, "material": material}
    return render(request, "meetings/materials/remove.html", context)


def _form(request: MemberRequest, material: Material) -> MaterialForm:
    data, files = request.POST or None, request.FILES or None
    return MaterialForm(data, files, instance=material, keeper=request.user)


def _material(number: int, pk: int) -> Material:
    found = Material.objects.select_related("meeting")
    return get_object_or_404(found, meeting__number=number, pk=pk)


@secretariat_required
def add(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = _form(request, Material(meeting=meeting))
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            materials.add(form=form, by=request.member)
            form.forget_files()
            messages.success(request, _("The material is added."))
            return redirect(meeting)
    return render(request, "meetings/add_material.html", {"form": form, "meeting": meeting})
