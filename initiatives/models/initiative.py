"""Initiatives: what members do together against barriers, and how it goes."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from taskforce.danish import DanishOrder, SearchQuerySet, search_field
from taskforce.members.models import Organisation, Viewer
from taskforce.models import Slugged


class InitiativeState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


UNDER_WAY = (InitiativeState.PROPOSED, InitiativeState.RUNNING)


class InitiativeQuerySet(SearchQuerySet["Initiative"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Initiatives are public."""
        return self

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)


class Initiative(Slugged):
    """Work against one or more barriers, with somebody in the lead."""

    title = models.CharField(_("title"), max_length=160)
    goal = models.TextField(_("goal"))
    barriers = models.ManyToManyField(
        Barrier, related_name="initiatives", blank=True, verbose_name=_("barriers")
    )
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_initiatives", verbose_name=_("lead")
    )
    participants = models.ManyToManyField(
        Organisation, through="Participation", related_name="initiatives"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=InitiativeState, default=InitiativeState.PROPOSED
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "goal")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = [DanishOrder("title")]
        indexes = [models.Index(DanishOrder("title"), name="initiative_by_title")]
        constraints = [
            models.CheckConstraint(
                name="initiative_dates_in_order",
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message=_("The initiative is due before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:detail", args=[self.slug])

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class InitiativeUpdate(models.Model):
    """How far an initiative has come, told on a day. Percent is the lead's own judgement."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="updates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    told_on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("text"))
    percent = models.PositiveSmallIntegerField(_("progress in percent"), null=True, blank=True)

    class Meta:
        verbose_name = _("update of an initiative")
        verbose_name_plural = _("updates of an initiative")
        ordering = ["-told_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="initiative_update_percent",
                condition=Q(percent=None) | Q(percent__lte=100),
            )
        ]

    def __str__(self) -> str:
        return f"{self.told_on}: {self.initiative}"


class Participation(models.Model):
    """An organisation that takes part in an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="participations")
    joined_on = models.DateField(_("joined"), default=timezone.localdate)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation"], name="participation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.initiative}"
