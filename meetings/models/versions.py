"""Minutes over time: versions, changes proposed in review, corrections after publishing."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.actions import ActionPoint
from meetings.models.minutes import Minutes, MinutesEntry, MinutesState, Outcome
from taskforce.members.models import Member, User, Viewer
from taskforce.members.roles import is_secretariat, membership


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads the versions that were published, the secretariat all."""
        if is_secretariat(viewer):
            return self
        published = MinutesState.PUBLISHED
        return self.filter(state=published, minutes__state=published)


class MinutesVersion(models.Model):
    """The minutes as they were at a review or publication. A version never changes."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("frozen"), db_default=Now(), editable=False)
    frozen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=MinutesState)
    content = models.JSONField(_("content"))

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "number"], name="minutes_version_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} ({self.number})"

    @property
    def in_words(self) -> str:
        """Its number, the day, and what the minutes were: "2: 5. maj 2026, offentliggjort"."""
        day = formats.date_format(timezone.localdate(self.frozen_at))
        return f"{self.number}: {day}, {self.get_state_display().lower()}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, viewer: Viewer) -> Self:
        if is_secretariat(viewer):
            return self
        return self.filter(minutes__state=MinutesState.PUBLISHED)


class Correction(models.Model):
    """A dated, visible correction of published minutes; the old text stays readable."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    entry = models.ForeignKey(
        MinutesEntry, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    # What is corrected: a passage, an outcome or an action point. A correction of who was there
    # names none of them.
    outcome = models.ForeignKey(
        Outcome, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    action_point = models.ForeignKey(
        ActionPoint, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    # The version that it made; none for corrections that are older than versions.
    version = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    corrected_on = models.DateField(_("date"))
    text = models.TextField(_("correction"), help_text=_("What was wrong, in a sentence."))
    # The passage or the decision before and after.
    old_text = models.TextField(_("text before"), blank=True)
    new_text = models.TextField(_("text after"), blank=True)
    # The portal cannot know every name in a text, so a person says that this text is hidden.
    old_is_hidden = models.BooleanField(_("the text before is not shown"), default=False)
    corrected_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["corrected_on", "pk"]
        constraints = [
            # It hides the text in older versions too, so the version must be known.
            models.CheckConstraint(
                name="correction_hides_before_a_version",
                condition=Q(old_is_hidden=False) | Q(version__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Taken over")
    DECLINED = "declined", _("Declined")


class ProposedChangeQuerySet(models.QuerySet["ProposedChange"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The secretariat reads all proposals, members their own."""
        if is_secretariat(viewer):
            return self
        member = membership(viewer)
        return self.none() if member is None else self.filter(proposed_by=member)

    def waiting(self) -> Self:
        return self.filter(state=ChangeState.WAITING)


class ProposedChange(models.Model):
    """Another text for a passage, proposed by somebody who was there; accepted or declined."""

    entry = models.ForeignKey(MinutesEntry, models.CASCADE, related_name="proposed_changes")
    proposed_by = models.ForeignKey(Member, models.CASCADE, related_name="proposed_changes")
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    old_text = models.TextField(_("text when it was proposed"))
    new_text = models.TextField(_("proposed text"))
    why = models.CharField(_("why"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ChangeState, default=ChangeState.WAITING
    )
    answer = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ProposedChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="proposed_change_declined_with_reason",
                condition=~Q(state=ChangeState.DECLINED) | ~Q(answer=""),
                violation_error_message=_("Give the reason."),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)

    def get_absolute_url(self) -> str:
        return self.entry.get_absolute_url()
