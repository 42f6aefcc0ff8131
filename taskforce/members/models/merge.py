"""What the secretariat made one: two organisations, or two accounts of one person."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.members.models.people import User


class Merge(models.Model):
    """Two rows that became one: the one that is given up, and the one that is kept, by their keys.

    `was` holds what both were before, what moved and what pointed at the kept one afterwards.
    """

    class Of(models.TextChoices):
        ORGANISATIONS = "organisations"
        PEOPLE = "people"

    of = models.CharField(max_length=13, choices=Of)
    gone = models.PositiveBigIntegerField()
    kept = models.PositiveBigIntegerField()
    was = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["of", "kept"], name="merge_kept")]

    def __str__(self) -> str:
        return f"{self.of} {self.gone} → {self.kept}"
