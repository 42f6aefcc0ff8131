"""The list of calls, and the page of each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from calls.catalogue import exports, listing, pages
from calls.catalogue.filters import CallFilter
from calls.models import Call
from taskforce.core import opening, sheets
from taskforce.following import novelty


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = listing.listed(request.GET, request.user)
    keys = [row["pk"] for row in (*found.open_rows, *found.page.rows)]
    context = {
        **vars(found),
        "rows": found.page.rows,
        "new": novelty.among(request.user, Call, keys),
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
