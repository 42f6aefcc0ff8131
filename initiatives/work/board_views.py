"""Pages of initiatives: the board, the timeline, and one initiative."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import board, exports, pages
from initiatives.work.filters import InitiativeFilter
from taskforce.core import opening, sheets
from taskforce.core.files import opened
from taskforce.core.paging import page_of
from taskforce.following import novelty


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    visible = Initiative.objects.visible_to(request.user)
    filters = InitiativeFilter(request.GET, visible, request=request)
    page = page_of(board.rows(filters.qs), request)
    overview = pages.overview(filters, page, request.GET.get("vis", ""), timezone.localdate())
    new = novelty.among(request.user, Initiative, [row["pk"] for row in page.rows])
    context = {"filters": filters, "page": page, "new": new, **overview}
    return render(request, "initiatives/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    visible = Initiative.objects.visible_to(request.user)
    filters = InitiativeFilter(request.GET, visible, request=request)
    rows = exports.rows(filters.qs)
    return sheets.as_file(kind, "indsatser", exports.columns(), rows)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(pages.shown(request.user), slug=slug)
    opening.note(request, found)
    context = pages.detail(found, request.user, timezone.localdate())
    return render(request, "initiatives/detail.html", context)


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    seen = InitiativeUpdate.objects.visible_to(request.user).exclude(file="")
    found = get_object_or_404(seen, initiative__slug=slug, pk=pk)
    return FileResponse(opened(found.file), as_attachment=True)
