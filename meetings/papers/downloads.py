"""Answer with a document, as PDF to read or as Word to edit."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from meetings.papers import pdf, word
from meetings.papers.content import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {"pdf": (pdf.render, "application/pdf"), "docx": (word.render, WORD)}


def download(request: HttpRequest, paper: Paper, ending: str) -> HttpResponseBase:
    """Answer with the document, or 304 to a browser that has it.

    It is no stream, so that a stranger's is kept as pages are (`front.page_cache`).
    """
    render, kind = FORMATS[ending]
    response: HttpResponseBase | None = get_conditional_response(request, etag=paper.fingerprint)
    if response is None:
        response = HttpResponse(render(paper), content_type=kind)
        name = content_disposition_header(as_attachment=True, filename=f"{paper.name}.{ending}")
        response["Content-Disposition"] = name or ""
    response["ETag"] = paper.fingerprint
    return response
