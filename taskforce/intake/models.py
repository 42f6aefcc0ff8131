"""Documents of minutes that were written elsewhere: uploaded, read, reviewed and imported."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from taskforce.core.models import Versioned
from taskforce.members.models import User, Viewer
from taskforce.members.roles import is_secretariat


class IntakeState(models.TextChoices):
    WAITING = "waiting", _("Waits to be read")
    READING = "reading", _("Being read")
    REFUSED = "refused", _("Could not be read")
    REVIEW = "review", _("To be reviewed")
    IMPORTED = "taken", _("Taken in")


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Only the secretariat sees what is not minutes yet."""
        return self if is_secretariat(viewer) else self.none()

    def unread(self) -> Self:
        return self.filter(state__in=[IntakeState.WAITING, IntakeState.READING])

    def not_imported(self) -> Self:
        return self.exclude(state=IntakeState.IMPORTED)

    def in_review(self) -> Self:
        return self.filter(state=IntakeState.REVIEW)

    def imported(self) -> Self:
        return self.filter(state=IntakeState.IMPORTED)


class Intake(Versioned):
    """One document: the file, what was read in it, and what the secretariat decided.

    `draft` is the reader's JSON, `decisions` the review's fields as they were typed, and `made`
    the log of its import (`importing.log`), by which the import can be taken back.
    """

    digest = models.CharField(_("checksum"), max_length=64, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=255, blank=True)
    file = models.FileField(_("file"), upload_to="intake/%Y/", max_length=300)
    state = models.CharField(
        _("state"), max_length=7, choices=IntakeState, default=IntakeState.WAITING
    )
    refusal = models.CharField(_("why it could not be read"), max_length=200, blank=True)
    draft = models.JSONField(_("what was read"), default=dict, blank=True)
    decisions = models.JSONField(_("what was decided"), default=dict, blank=True)
    made = models.JSONField(_("what was made"), default=dict, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="intakes"
    )
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("brought in"), default=timezone.now, editable=False)
    asked_at = models.DateTimeField(_("asked to be read"), default=timezone.now, editable=False)
    taken_at = models.DateTimeField(_("taken in"), null=True, blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("document taken in")
        verbose_name_plural = _("documents taken in")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="intake_refusal_matches_state",
                condition=(Q(state=IntakeState.REFUSED) & ~Q(refusal=""))
                | (~Q(state=IntakeState.REFUSED) & Q(refusal="")),
            ),
            models.CheckConstraint(
                name="intake_taken_at_matches_state",
                condition=Q(state=IntakeState.IMPORTED, taken_at__isnull=False)
                | (~Q(state=IntakeState.IMPORTED) & Q(taken_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Pasted text"))

    def get_absolute_url(self) -> str:
        return reverse("intake:review", args=[self.pk])

    @property
    def found(self) -> list[dict[str, Any]]:
        """What the reader found, as its JSON has it."""
        found: list[dict[str, Any]] = self.draft.get("found", [])
        return found
