"""What pages of news show."""

from typing import Any

from django.urls import reverse

from taskforce.core import pictured
from taskforce.news.models import NewsItem


def image_of(item: NewsItem) -> dict[str, Any] | None:
    """Return the attributes of the `img` of an item."""
    return pictured.of(item, lambda slug, name: reverse("news:picture", args=[slug, name]))
