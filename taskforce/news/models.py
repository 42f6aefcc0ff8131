"""News that the taskforce shares: news, reports, events and other material."""

from typing import Self

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Slugged
from taskforce.members.models import Viewer


class NewsKind(models.TextChoices):
    NEWS = "news", _("News")
    REPORT = "report", _("Report")
    EVENT = "event", _("Event")
    MATERIAL = "material", _("Material")


class NewsItemQuerySet(SearchQuerySet["NewsItem"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """News is public."""
        return self


class NewsItem(Slugged):
    """A piece of news, with the link to where it comes from."""

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=NewsKind, default=NewsKind.NEWS)
    summary = models.TextField(_("summary"))
    link = models.URLField(_("link"), max_length=500, blank=True)
    # The date that the source itself states; not every source has one.
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    shared_at = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("shared at"),
    )
    search = search_field("title", "summary")

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = [F("source_date").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(F("source_date").desc(nulls_last=True), F("id").desc(), name="news_latest")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("news:detail", args=[self.slug])
