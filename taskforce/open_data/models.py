"""When each row of a dataset first showed to everybody, last changed, and was withdrawn."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

WITHDRAWN_FOR = timedelta(days=365)  # that a withdrawn row is still told, as its id alone


class PublishedQuerySet(models.QuerySet["Published"]):
    def told_at(self, moment: datetime) -> Self:
        """Leave out rows that were withdrawn more than a year ago."""
        return self.filter(Q(withdrawn=False) | Q(changed_at__gt=moment - WITHDRAWN_FOR))


class Published(models.Model):
    """One row of a dataset. It keeps a fingerprint of what was told, and none of the words."""

    dataset = models.CharField(_("dataset"), max_length=30)
    row = models.PositiveBigIntegerField(_("id"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    created_at = models.DateTimeField(_("first published"))
    changed_at = models.DateTimeField(_("last changed"))
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    merged_into = models.PositiveBigIntegerField(_("merged into"), null=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("published row")
        verbose_name_plural = _("published rows")
        ordering = ["changed_at", "row"]
        indexes = [
            models.Index(fields=["dataset", "changed_at", "row"], name="published_by_change")
        ]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "row"], name="published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.row}"


class Checked(models.Model):
    """When a dataset was last compared with what strangers may see."""

    dataset = models.CharField(_("dataset"), max_length=30, primary_key=True)
    at = models.DateTimeField(_("checked"))

    class Meta:
        verbose_name = _("check of a dataset")
        verbose_name_plural = _("checks of datasets")

    def __str__(self) -> str:
        return self.dataset
