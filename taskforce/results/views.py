"""Pages of results, and the lists behind their numbers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taskforce.core import sheets
from taskforce.core.paging import page_of
from taskforce.results import exports, pages
from taskforce.results.counting import IN_ALL, rows_behind, told_rows
from taskforce.results.forms import ListForm
from taskforce.results.measures import BY_KEY


@require_safe
def index(request: HttpRequest, year: int | None = None) -> HttpResponse:
    if year == IN_ALL:
        raise Http404
    context = {"year": year, "shown": pages.shown(year or IN_ALL)}
    return render(request, "results/index.html", context)


@require_safe
def rows(request: HttpRequest, key: str) -> HttpResponse:
    form = ListForm(request.GET)
    if not form.is_valid() or key not in (*BY_KEY, "oplyst"):
        raise Http404
    year, unit = form.cleaned_data["aar"] or IN_ALL, form.cleaned_data["enhed"]
    measure = BY_KEY.get(key)
    page = page_of(rows_behind(measure, year) if measure else told_rows(unit, year), request)
    ready = [pages.ready(row, measure) for row in page.rows]
    context = {"page": page, "rows": ready, **pages.rows_page(key, year, unit)}
    return render(request, "results/rows.html", context)


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    return sheets.as_file(kind, "resultater", exports.columns(), exports.rows())
