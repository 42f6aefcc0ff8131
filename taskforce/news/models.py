"""News that the taskforce shares: news, reports, events and other material."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import Meeting
from taskforce.core.addresses import address_of
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Slugged, Versioned
from taskforce.core.pictured import Pictured
from taskforce.members.models import Viewer
from taskforce.members.roles import is_secretariat


class NewsKind(models.TextChoices):
    NEWS = "news", pgettext_lazy("one item", "News")
    REPORT = "report", _("Report")
    EVENT = "event", _("Event")
    MATERIAL = "material", _("Material")


class NewsItemQuerySet(SearchQuerySet["NewsItem"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """News is public once it is published; until then the secretariat reads it."""
        return self if is_secretariat(viewer) else self.published()

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def unpublished(self) -> Self:
        """Return drafts and what is planned, the next to be published first."""
        waiting = self.filter(published_at=None)
        return waiting.order_by(F("publish_at").asc(nulls_last=True), "-pk")

    def due(self, moment: datetime) -> Self:
        """Return what was to be published by itself at a moment that has come."""
        return self.filter(published_at=None, publish_at__lte=moment)


class NewsItem(Slugged, Versioned, Pictured):
    """A piece of news: a text of our own, or a summary with the link to where it comes from.

    A draft has neither `published_at` nor `publish_at`.
    """

    pictures_in = "news"

    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=NewsKind, default=NewsKind.NEWS)
    summary = models.TextField(_("summary"))
    text = models.TextField(_("text"), blank=True)  # clean HTML
    link = models.URLField(_("link"), max_length=500, blank=True)
    # The date that the source itself states, or else the day on which it was published here. Not
    # every source of minutes has one.
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    shared_at = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="news",
        verbose_name=_("shared at"),
    )
    published_at = models.DateTimeField(
        _("published"), null=True, blank=True, default=timezone.now, editable=False
    )
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    search = search_field("title", "summary", "text")

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = [F("source_date").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(
                F("source_date").desc(nulls_last=True), F("id").desc(), name="news_latest"
            ),
            GinIndex(fields=["search"], name="news_search"),
        ]
        constraints = [
            *Pictured.Meta.constraints,
            models.CheckConstraint(
                name="newsitem_is_not_planned_once_published",
                condition=Q(published_at=None) | Q(publish_at=None),
            ),
            models.CheckConstraint(
                name="newsitem_is_edited_only_once_published",
                condition=Q(edited_at=None) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("news:detail", self.slug)

    def shows_activity(self, verb: str) -> bool:
        """Tell whether a list of the latest shows what was done: nothing of a draft."""
        return self.is_published

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
