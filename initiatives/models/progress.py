"""The progress of an initiative: its milestones and updates."""

from pathlib import PurePosixPath
from typing import Self
from urllib.parse import urlsplit

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative, InitiativeState
from taskforce.core.danish import FileWords, SearchQuerySet, search_field
from taskforce.members.models import Organisation, Viewer


class Milestone(models.Model):
    """Something that an initiative is to reach by a day."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=160)
    due_on = models.DateField(_("by when"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()


class InitiativeUpdateQuerySet(SearchQuerySet["InitiativeUpdate"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever sees an initiative sees its updates and their files."""
        return self.filter(initiative__in=Initiative.objects.visible_to(viewer))


class InitiativeUpdate(models.Model):
    """What an organisation reports on a day. The percentage is the lead's own judgement."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="updates")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    told_on = models.DateField(_("date"), default=timezone.localdate)
    text = models.TextField(_("text"), max_length=4000)
    # The initiative's new state; empty where the update did not change it.
    state = models.CharField(_("state"), max_length=8, choices=InitiativeState, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("progress in percent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="indsatser/%Y/", blank=True, max_length=200)
    search = search_field("text", FileWords("file"))

    objects = InitiativeUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update of an initiative")
        verbose_name_plural = _("updates of an initiative")
        ordering = ["-told_on", "-pk"]
        indexes = [GinIndex(fields=["search"], name="initiative_update_search")]
        constraints = [
            models.CheckConstraint(
                name="initiative_update_percent",
                condition=Q(percent=None) | Q(percent__lte=100),
            ),
            models.CheckConstraint(
                name="initiative_update_file_or_link",
                condition=Q(link="") | Q(file=""),
                violation_error_message=_("Give either a file or a link."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.told_on}: {self.initiative}"

    def get_absolute_url(self) -> str:
        return self.initiative.get_absolute_url()

    @property
    def anchor(self) -> str:
        return f"nyt-{self.pk}"

    @property
    def attached(self) -> str:
        """Return the name of the file, or the host of the link; empty where there is neither."""
        return PurePosixPath(str(self.file)).name if self.file else urlsplit(self.link).netloc

    @property
    def attached_url(self) -> str:
        """Return the link, or the address of the view that serves the file."""
        return self.link or reverse("initiatives:file", args=[self.initiative.slug, self.pk])
