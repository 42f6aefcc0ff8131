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
from taskforce.core.files import opened
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
def download(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    visible = Material.objects.visible_to(request.user).exclude(file="")
    material = get_object_or_404(visible, meeting__number=number, pk=pk)
    return FileResponse(opened(material.file), as_attachment=True)


@secretariat_required
def add(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = MaterialForm(
        request.POST or None, request.FILES or None, instance=Material(meeting=meeting)
    )
    if request.method == "POST" and form.is_valid():
        materials.add(form=form, by=request.member)
        messages.success(request, _("The material is added."))
        return redirect(meeting)
    return render(request, "meetings/add_material.html", {"form": form, "meeting": meeting})
