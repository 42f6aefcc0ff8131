"""Download minutes: as PDF to read, as Word to edit."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from meetings.models import Minutes
from meetings.papers.content import gather
from meetings.papers.downloads import download


@require_safe
def as_pdf(request: HttpRequest, number: int) -> HttpResponseBase:
    return _download(request, number, "pdf")


@require_safe
def as_word(request: HttpRequest, number: int) -> HttpResponseBase:
    return _download(request, number, "docx")


def _download(request: HttpRequest, number: int, ending: str) -> HttpResponseBase:
    """Answer with the document as this viewer may read it."""
    found = Minutes.objects.on_paper_for(request.user).select_related("meeting")
    minutes = get_object_or_404(found, meeting__number=number)
    response = download(request, gather(minutes, request.user), ending)
    if not minutes.is_published:
        patch_cache_control(response, private=True, no_store=True)
    return response
