"""The list of meetings, and the page of one meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.browsing import exports, pages
from meetings.models import Meeting
from taskforce.activity.models import TakenBack
from taskforce.activity.taking_back import kept_address
from taskforce.core import opening, sheets
from taskforce.core.paging import page_of
from taskforce.following import novelty


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user)
    page = page_of(pages.rows(meetings), request)
    context = {
        "page": page,
        "rows": [pages.ready(row) for row in page.rows],
        "new": novelty.among(request.user, Meeting, [row["pk"] for row in page.rows]),
        "next_meeting": meetings.coming(timezone.localdate()).first(),
    }
    return render(request, "meetings/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    rows = exports.rows(Meeting.objects.visible_to(request.user))
    return sheets.as_file(kind, "moeder", exports.columns(), rows)


@require_safe
def attendance(request: HttpRequest, kind: str) -> HttpResponse:
    rows = exports.attendance(request.user)
    return sheets.as_file(kind, "fremmoede", exports.attendance_columns(), rows)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    meeting = Meeting.objects.visible_to(request.user).filter(number=number).first()
    if meeting is None:
        address = kept_address(reverse("meetings:detail", args=[number]))
        notes = TakenBack.objects.filter(url=address)
        context = {"taken_back": get_list_or_404(notes)}
        return render(request, "meetings/taken_back.html", context, status=410)
    opening.note(request, meeting)
    return render(request, "meetings/detail.html", pages.detail(meeting, request.user))
