"""Support: an organisation says that a barrier is in its way, too."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models.barrier import Barrier
from taskforce.core.danish import DanishOrder
from taskforce.members.models import Organisation, User, Viewer


class SupportQuerySet(models.QuerySet["Support"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Who supports a barrier shows with it."""
        return self.filter(barrier__in=Barrier.objects.visible_to(viewer))


class Support(models.Model):
    """An organisation's support of a barrier that another one raised."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="supports")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="supports")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supporters")
        ordering = [DanishOrder("organisation__name")]
        constraints = [
            models.UniqueConstraint(
                fields=["barrier", "organisation"], name="support_once_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.barrier}"
