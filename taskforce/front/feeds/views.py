"""Feeds as Atom, JSON Feed and iCalendar: of everything, a thing (?ting=), a list (?liste=)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from taskforce.front.feeds import calendar as calendars
from taskforce.front.feeds import happenings
from taskforce.front.feeds.formats import FORMATS


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """Return a feed of what everybody may read, whoever asks: programs keep what they fetch."""
    address = settings.SITE_URL + request.get_full_path()
    found = happenings.asked_for(request)
    if found is None:
        raise Http404
    media_type, written = FORMATS[kind]
    answer = HttpResponse(written(found, address), content_type=media_type)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Return the days and hours that everybody may read, whoever asks."""
    found = calendars.asked_for(request)
    if found is None:
        raise Http404
    answer = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
