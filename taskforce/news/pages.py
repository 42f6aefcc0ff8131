"""What pages of news show."""

from typing import Any

from django.urls import reverse

from taskforce.core import pictured
from taskforce.core.addresses import address_of
from taskforce.news.models import NewsItem, NewsKind

KINDS = dict(NewsKind.choices)
COLUMNS = ("pk", "title", "slug", "kind", "summary", "link", "source_date")


def ready(row: dict[str, Any]) -> dict[str, Any]:
    """Add the address and the kind in words."""
    url = address_of("news:detail", row["slug"])
    return {**row, "url": url, "kind_words": KINDS[row["kind"]]}


def image_of(item: NewsItem) -> dict[str, Any] | None:
    """Return the attributes of the `img` of an item."""
    return pictured.of(item, lambda slug, name: reverse("news:picture", args=[slug, name]))
