"""Pages of news."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from taskforce.core.paging import page_of
from taskforce.news.models import NewsItem, NewsKind

KINDS = dict(NewsKind.choices)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    news = NewsItem.objects.visible_to(request.user)
    page = page_of(news.values("title", "slug", "kind", "summary", "source_date"), request)
    rows = [
        {**row, "url": reverse("news:detail", args=[row["slug"]]), "kind_words": KINDS[row["kind"]]}
        for row in page.rows
    ]
    return render(request, "news/list.html", {"page": page, "rows": rows})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = NewsItem.objects.visible_to(request.user).select_related("shared_at")
    return render(request, "news/detail.html", {"item": get_object_or_404(shown, slug=slug)})
