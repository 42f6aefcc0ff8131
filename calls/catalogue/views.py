"""The list of calls, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calls.catalogue import exports, pages
from calls.catalogue.filters import CallFilter
from calls.deadlines import timeline
from calls.models import Call, CallDeadline
from taskforce.core import opening, sheets
from taskforce.core.paging import page_of
from taskforce.following import novelty


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    filters = CallFilter(request.GET, Call.objects.visible_to(request.user))
    # Few calls are open at a time: all of them are above the closed ones, on every page.
    open_rows = [*pages.rows(filters.qs.open_at(now), request.user)]
    page = page_of(pages.rows(filters.qs.closed_at(now), request.user), request)
    deadlines = CallDeadline.objects.filter(call__in=Call.objects.visible_to(request.user))
    keys = [row["pk"] for row in (*open_rows, *page.rows)]
    context = {
        "filters": filters,
        "new": novelty.among(request.user, Call, keys),
        "timeline": timeline(deadlines, now),
        "seeking": pages.seeking(request.user),
        "page": page,
        "open_rows": [pages.ready(row, now) for row in open_rows],
        "rows": [pages.ready(row, now) for row in page.rows],
    }
    return render(request, "calls/list.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    filters = CallFilter(request.GET, Call.objects.visible_to(request.user))
    rows = exports.rows(filters.qs, request.user)
    return sheets.as_file(kind, "opslag", exports.columns(), rows)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Call.objects.visible_to(request.user).select_related("shared_at")
    call = get_object_or_404(shown, slug=slug)
    opening.note(request, call)
    return render(request, "calls/detail.html", pages.detail(call, request.user, timezone.now()))
