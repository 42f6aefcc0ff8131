"""Activity: what happened, by whom, to what. It feeds the news feed, "since last" and the audit."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Verb(models.TextChoices):
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    SUBMITTED = "submitted", _("submitted")
    PUBLISHED = "published", _("published")
    RETURNED = "returned", _("sent back")
    CORRECTED = "corrected", _("corrected")
    OPENED = "opened", _("opened")
    CLOSED = "closed", _("closed")
    HIDDEN = "hidden", _("hidden")
    SHOWN = "shown", _("shown again")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    JOINED = "joined", _("joined")
    MERGED = "merged", _("merged with another")
    SPLIT = "split", _("split")
    RESOLVED = "resolved", _("resolved")
    REOPENED = "reopened", _("reopened")
    SUPPORTED = "supported", _("supported")
    WITHDRAWN = "withdrawn", _("no longer supported")


# Small acts, often many at a time: recorded, but left out of lists of the latest.
QUIET = (Verb.SUPPORTED, Verb.WITHDRAWN)


class Activity(models.Model):
    """One thing that happened.

    It names its target by id only: title and visibility are read through the target when the
    record is shown, so what is hidden later is hidden here too.
    """

    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    verb = models.CharField(_("what"), max_length=10, choices=Verb)
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="activity_latest"),
            models.Index(fields=["target_type", "target_id"], name="activity_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.target_type_id}/{self.target_id}"
