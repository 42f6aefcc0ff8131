"""The sitemap: every public page, in both languages."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import Model, QuerySet
from django.urls import reverse

from barriers.models import Barrier
from calls.models import Call
from initiatives.models import Case, Initiative
from meetings.models import Meeting
from taskforce.following.models import Newsletter
from taskforce.members.models import Organisation
from taskforce.news.models import NewsItem

LISTS = [
    "front:front",
    "meetings:list",
    "barriers:list",
    "barriers:rounds",
    "initiatives:list",
    "initiatives:cases",
    "calls:list",
    "news:list",
    "following:newsletters",
    "results:index",
    "members:organisations",
    "members:join",
    "open_data:index",
    "front:about",
    "front:partners",
    "front:contact",
    "front:accessibility",
    "front:privacy",
]


class PortalSitemap(Sitemap[Any]):
    """Addresses as the portal's settings say, whatever host is asked: one answer serves all."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class ListsSitemap(PortalSitemap):
    def items(self) -> list[str]:
        return LISTS

    def location(self, item: str) -> str:
        return reverse(item)


class RowsSitemap(PortalSitemap):
    """The pages of a model's rows that a stranger may see."""

    def __init__(self, model: Any) -> None:
        self.model = model

    def items(self) -> QuerySet[Model]:
        rows: QuerySet[Model] = self.model.objects.visible_to(AnonymousUser()).with_own_page()
        return rows.order_by("pk")


MODELS = (Meeting, Barrier, Initiative, Case, Call, NewsItem, Organisation, Newsletter)
SITEMAPS: dict[str, Sitemap[Any]] = {
    "pages": ListsSitemap(),
    **{str(model._meta.model_name): RowsSitemap(model) for model in MODELS},
}
