"""Minutes to take along: as PDF to read, as Word to work on."""

import io
from collections.abc import Callable

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from meetings.models import Minutes
from meetings.papers import pdf, word
from meetings.papers.content import Paper, gathered

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def as_pdf(request: HttpRequest, number: int) -> HttpResponseBase:
    return _handed_out(request, number, pdf.made, "application/pdf", "pdf")


@require_safe
def as_word(request: HttpRequest, number: int) -> HttpResponseBase:
    return _handed_out(request, number, word.made, WORD, "docx")


def _handed_out(
    request: HttpRequest, number: int, make: Callable[[Paper], bytes], kind: str, ending: str
) -> HttpResponseBase:
    """Answer with the paper as this viewer may read it; who has it already need not fetch it."""
    found = Minutes.objects.on_paper_for(request.user).select_related("meeting")
    minutes = get_object_or_404(found, meeting__number=number)
    paper = gathered(minutes, request.user)
    answer: HttpResponseBase | None = get_conditional_response(request, etag=paper.fingerprint)
    if answer is None:
        file, name = io.BytesIO(make(paper)), f"{paper.name}.{ending}"
        answer = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    answer["ETag"] = paper.fingerprint
    if not minutes.is_published:
        patch_cache_control(answer, private=True, no_store=True)
    return answer
