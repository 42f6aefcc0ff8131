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
    DROPPED = "dropped", _("declared no longer relevant")
    REOPENED = "reopened", _("reopened")
    SUPPORTED = "supported", _("supported")
    WITHDRAWN = "withdrawn", _("no longer supported")
    TAKEN_BACK = "taken_back", _("taken back")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")
    TRANSLATED = "translated", _("summed up in English")


# Small acts, often many at a time: recorded, but left out of lists of the latest.
QUIET = (Verb.SUPPORTED, Verb.WITHDRAWN, Verb.TRANSLATED)


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


# What was done and is taken back, in the words of its note.
TAKEN_BACK = {
    Verb.ADDED: _("“%(title)s” was made by mistake, and is taken back."),
    Verb.CHANGED: _("“%(title)s” was changed by mistake, and that is taken back."),
    Verb.PUBLISHED: _("“%(title)s” was published by mistake, and is taken back."),
    Verb.MERGED: _("“%(title)s” was merged by mistake, and that is taken back."),
    Verb.CLOSED: _("“%(title)s” was closed by mistake, and is declared void."),
    Verb.WITHDRAWN: _("%(title)s was withdrawn by the organisation that had added it."),
}


class TakenBack(models.Model):
    """Something that was done by mistake and taken back, for a reason: the trace and the note.

    It names its target by id, and keeps title and address, since the target may be removed.
    """

    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    target_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    verb = models.CharField(_("what"), max_length=10, choices=Verb)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=500)
    reason = models.CharField(_("reason"), max_length=300)
    told = models.PositiveIntegerField(_("mails sent"), default=0)

    class Meta:
        verbose_name = _("thing taken back")
        verbose_name_plural = _("things taken back")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="taken_back_target"),
            models.Index(fields=["url"], name="taken_back_url"),
        ]
        constraints = [
            models.CheckConstraint(name="taken_back_has_a_reason", condition=~models.Q(reason=""))
        ]

    def __str__(self) -> str:
        words = TAKEN_BACK.get(Verb(self.verb), _("“%(title)s” is taken back."))
        return str(words) % {"title": self.title}
