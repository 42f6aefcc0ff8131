"""The history of a barrier: what was changed, and what it was before."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models.barrier import Barrier
from taskforce.members.models import Organisation, User, Viewer


class Act(models.TextChoices):
    """What was done, in the words of the history."""

    RENAMED = "renamed", _("Title changed")
    DESCRIBED = "described", _("Description changed")
    RETHEMED = "rethemed", _("Theme changed")
    MERGED = "merged", _("Another barrier was merged into this one")
    APART = "apart", _("Taken apart again after a merge by mistake")
    SPLIT = "split", _("Part of it became a barrier of its own")
    SPLIT_OFF = "split_off", _("Split from another barrier")
    RESOLVED = "resolved", _("Resolved")
    DROPPED = "dropped", _("No longer relevant")
    ANSWERED = "answered", _("Answer changed")
    REOPENED = "reopened", _("Reopened")
    UNSAID = "unsaid", _("An organisation withdrew its statement")


WITH_ANOTHER = (Act.MERGED, Act.APART, Act.SPLIT, Act.SPLIT_OFF)


class ChangeQuerySet(models.QuerySet["Change"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A change shows to those who see its barrier, and the other barrier where there is one."""
        seen = Barrier.objects.visible_to(viewer).values("pk")
        return self.filter(Q(other=None) | Q(other__in=seen), barrier__in=seen)


class Change(models.Model):
    """One change. Activity records who did it, this the text before and after."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="changes")
    act = models.CharField(_("what"), max_length=9, choices=Act)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    other = models.ForeignKey(Barrier, models.PROTECT, null=True, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a barrier")
        verbose_name_plural = _("changes of a barrier")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="change_names_the_other_barrier",
                condition=Q(act__in=WITH_ANOTHER, other__isnull=False)
                | (~Q(act__in=WITH_ANOTHER) & Q(other=None)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act}: {self.barrier}"


class MergeRecord(models.Model):
    """What a merge moved, dropped and changed, so that it can be taken apart again."""

    change = models.OneToOneField(Change, models.CASCADE, related_name="merge")
    was = models.JSONField()  # written and read by barriers.curation alone
    undone_at = models.DateTimeField(_("taken apart"), null=True, blank=True)

    class Meta:
        verbose_name = _("record of a merge")
        verbose_name_plural = _("records of merges")

    def __str__(self) -> str:
        return str(self.change)
