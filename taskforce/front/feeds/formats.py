"""A feed as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from taskforce.core.text import clean
from taskforce.following.happenings import Happening
from taskforce.front.feeds.happenings import Feed

PORTAL = "Buy Social Taskforce Danmark"


def _title(feed: Feed) -> str:
    return f"{feed.title} · {PORTAL}"


def _entry(happening: Happening) -> dict[str, Any]:
    """Return an entry. Its id names the event, so that a new title makes no new entry."""
    host = urlsplit(settings.SITE_URL).hostname
    at = happening.activity.at
    return {
        "id": f"tag:{host},{at:%Y-%m-%d}:{happening.activity.pk}",
        "url": settings.SITE_URL + happening.place.get_absolute_url(),
        "title": clean(happening.sentence),
        "words": clean(happening.words),
        "at": at,
        "kind": str(happening.place._meta.verbose_name),
    }


def as_atom(feed: Feed, address: str) -> str:
    made = Atom1Feed(
        title=_title(feed),
        link=settings.SITE_URL + feed.link,
        description=None,
        language=get_language(),
        author_name=PORTAL,
        feed_url=address,
    )
    for happening in feed.entries:
        entry = _entry(happening)
        made.add_item(
            title=entry["title"],
            link=entry["url"],
            description=entry["words"],
            unique_id=entry["id"],
            pubdate=entry["at"],
            updateddate=entry["at"],
            categories=[entry["kind"]],
        )
    written: str = made.writeString("utf-8")
    return written


def as_json(feed: Feed, address: str) -> str:
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed),
        "home_page_url": settings.SITE_URL + feed.link,
        "feed_url": address,
        "language": get_language(),
        "authors": [{"name": PORTAL, "url": settings.SITE_URL}],
        "items": [_item(_entry(happening)) for happening in feed.entries],
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _item(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": entry["id"],
        "url": entry["url"],
        "title": entry["title"],
        "content_text": entry["words"] or entry["title"],
        "date_published": entry["at"].isoformat(timespec="seconds"),
        "tags": [entry["kind"]],
    }


FORMATS = {
    "atom": ("application/atom+xml; charset=utf-8", as_atom),
    "json": ("application/feed+json", as_json),
}
