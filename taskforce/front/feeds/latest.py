"""The news feed: what became public, the newest first."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taskforce.activity.reading import Entry, latest
from taskforce.core.text import clean


class LatestFeed(Feed[Entry, None]):
    """What a stranger may see, whoever asks: feed readers keep what they fetch.

    Its addresses are those of `SITE_URL`, whatever host is asked: one answer serves all.
    """

    title = "Buy Social Taskforce Danmark"
    description = _("What is new in the taskforce.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("front:front")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("front:feed")

    def items(self) -> list[Entry]:
        return latest(AnonymousUser(), limit=30)

    def item_title(self, item: Entry) -> str:
        return clean(item.title)  # which may be older than the rules for titles

    def item_description(self, item: Entry) -> str:
        return f"{item.kind} · {item.verb}"

    def item_link(self, item: Entry) -> str:
        return settings.SITE_URL + item.url

    def item_guid(self, item: Entry) -> str:
        return f"{item.url} {item.at.isoformat()}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at
