"""Pages of news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taskforce.activity.models import TakenBack
from taskforce.activity.taking_back import kept_address, notes_on
from taskforce.core import opening, pictured, sheets
from taskforce.core.paging import page_of
from taskforce.core.relations import related
from taskforce.following import novelty
from taskforce.news import exports, linked_data
from taskforce.news.models import NewsItem
from taskforce.news.pages import COLUMNS, image_of, ready


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = page_of(NewsItem.objects.published().values(*COLUMNS), request)
    rows = [ready(row) for row in page.rows]
    new = novelty.among(request.user, NewsItem, [row["pk"] for row in page.rows])
    return render(request, "news/list.html", {"page": page, "rows": rows, "new": new})


@require_safe
def sheet(request: HttpRequest, kind: str) -> HttpResponse:
    return sheets.as_file(kind, "nyt", exports.columns(), exports.rows())


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = NewsItem.objects.visible_to(request.user).select_related("shared_at")
    item = shown.filter(slug=slug).first()
    if item is None:
        return _taken_back(request, slug)
    opening.note(request, item)
    context = {
        "item": item,
        "linked_data": linked_data.article(item),
        "new": novelty.on(item, request.user),
        "image": image_of(item),
        "barriers": related(item, "barriers", request.user),
        "calls": related(item, "calls", request.user),
        "taken_back": [] if item.is_published else notes_on(item),
    }
    return render(request, "news/detail.html", context)


def _taken_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer at the address of an item that was published, and is no longer."""
    notes = TakenBack.objects.filter(url=kept_address(reverse("news:detail", args=[slug])))
    context = {"taken_back": get_list_or_404(notes)}
    return render(request, "news/taken_back.html", context, status=410)


@require_safe
def picture(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    item = get_object_or_404(NewsItem.objects.visible_to(request.user), slug=slug)
    return pictured.served(item, name, is_public=item.is_published)
