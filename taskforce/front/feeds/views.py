"""Feeds as Atom and JSON Feed: of everything, of a thing (?ting=), of a list (?liste=)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

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
