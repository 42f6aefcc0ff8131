"""Pages of meetings, their minutes and their materials."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meetings import pages
from meetings.calendar import calendar as ics
from meetings.checking import consent
from meetings.forms import MaterialForm, PublishForm
from meetings.models import Material, Meeting, Minutes
from meetings.review import publishing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.paging import page_of
from taskforce.core.relations import related
from taskforce.members.roles import MemberRequest, secretariat_required


@require_safe
def list(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user)
    page = page_of(pages.rows(meetings), request)
    context = {
        "page": page,
        "rows": [pages.ready(row) for row in page.rows],
        "next_meeting": meetings.coming(timezone.localdate()).first(),
    }
    return render(request, "meetings/list.html", context)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), number=number)
    return render(request, "meetings/detail.html", pages.detail(meeting, request.user))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    meetings = [*Meeting.objects.visible_to(request.user)]
    return HttpResponse(ics(meetings), content_type="text/calendar; charset=utf-8")


@require_safe
def material(request: HttpRequest, number: int, pk: int) -> HttpResponseBase:
    seen = Material.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(seen, meeting__number=number, pk=pk)
    try:
        return FileResponse(found.file.open(), as_attachment=True)
    except FileNotFoundError as error:
        raise Http404 from error


@secretariat_required
def add_material(request: MemberRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    form = MaterialForm(
        request.POST or None, request.FILES or None, instance=Material(meeting=meeting)
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        record(Verb.CHANGED, meeting, by=request.user)
        messages.success(request, _("The material is added."))
        return redirect(meeting)
    return render(request, "meetings/add_material.html", {"form": form, "meeting": meeting})


@secretariat_required
def publish(request: MemberRequest, number: int) -> HttpResponse:
    drafts = Minutes.objects.unpublished().select_related("meeting")
    minutes = get_object_or_404(drafts, meeting__number=number)
    names = consent.names_in_text(minutes, request.user)
    form = PublishForm(request.POST if request.method == "POST" else None, names=bool(names))
    if request.method == "POST" and form.is_valid():
        try:
            publishing.publish(minutes=minutes, by=request.member)
            messages.success(request, _("The minutes are published. Everybody can read them."))
            return redirect(minutes.meeting)
        except publishing.NotPublishedError as error:
            form.add_error(None, str(error))
    documents = related(minutes.meeting, "intakes", request.user).only("name", "meeting")
    context = {"form": form, "minutes": minutes, "names": names, "documents": documents}
    context["why_not"] = publishing.why_not(minutes, request.member)
    context["open"] = minutes.is_open_to_changes
    return render(request, "meetings/publish.html", context)
