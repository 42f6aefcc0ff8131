"""The feed of all meetings, and the file of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from meetings.calendar import ical
from meetings.models import Meeting
from taskforce.members.roles import is_member

CONTENT_TYPE = "text/calendar; charset=utf-8"


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    meetings = [*Meeting.objects.visible_to(request.user).with_a_day()]
    return HttpResponse(ical.feed(meetings), content_type=CONTENT_TYPE)


@require_safe
def download(request: HttpRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user).with_a_day(), number=number
    )
    content = ical.file(meeting, with_link=is_member(request.user))
    headers = {"Content-Disposition": f'attachment; filename="moede-{number}.ics"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
