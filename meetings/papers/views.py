"""Download minutes: as PDF to read, as Word to edit."""

import io
from collections.abc import Callable

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from meetings.models import Minutes
from meetings.papers import pdf, word
from meetings.papers.content import Paper, gather

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def as_pdf(request: HttpRequest, number: int) -> HttpResponseBase:
    return _download(request, number, pdf.render, "application/pdf", "pdf")


@require_safe
def as_word(request: HttpRequest, number: int) -> HttpResponseBase:
    return _download(request, number, word.render, WORD, "docx")


def _download(
    request: HttpRequest, number: int, render: Callable[[Paper], bytes], kind: str, ending: str
) -> HttpResponseBase:
    """Answer with the document as this viewer may read it, or 304 to a browser that has it."""
    found = Minutes.objects.on_paper_for(request.user).select_related("meeting")
    minutes = get_object_or_404(found, meeting__number=number)
    paper = gather(minutes, request.user)
    response: HttpResponseBase | None = get_conditional_response(request, etag=paper.fingerprint)
    if response is None:
        file, name = io.BytesIO(render(paper)), f"{paper.name}.{ending}"
        response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["ETag"] = paper.fingerprint
    if not minutes.is_published:
        patch_cache_control(response, private=True, no_store=True)
    return response
