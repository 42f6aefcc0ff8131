"""Consortia: who applies together, what they show of it, and what others suggest to them."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership


class Openness(models.TextChoices):
    OPEN = "open", _("Looks for partners")
    CLOSED = "closed", _("Has the partners it needs")
    HIDDEN = "hidden", _("Not shown")


class Outcome(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    APPLIED = "applied", _("Applied")
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Rejected")
    UNKNOWN = "unknown", _("Outcome not told")


class PartnerState(models.TextChoices):
    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ConsortiumQuerySet(models.QuerySet["Consortium"]):
    def inside(self, viewer: Viewer) -> Self:
        """Return the consortia whose room the viewer enters: those of the own organisation.

        The secretariat is no exception: its host may be applying itself.
        """
        member = membership(viewer)
        if member is None:
            return self.none()
        own = member.organisation_id
        joined = Partner.objects.filter(organisation=own, state=PartnerState.CONFIRMED)
        return self.filter(models.Q(lead=own) | models.Q(pk__in=joined.values("consortium")))

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the consortia whose name, lead and outcome the viewer may read."""
        if is_secretariat(viewer):
            return self
        return self.exclude(openness=Openness.HIDDEN) | self.inside(viewer)


class Consortium(models.Model):
    """Organisations that apply to a call together. Its room is its partners' alone."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="consortia")
    name = models.CharField(_("name"), max_length=160)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_consortia", verbose_name=_("lead")
    )
    description = models.TextField(_("what it shows of itself"), blank=True)
    openness = models.CharField(
        _("openness"), max_length=6, choices=Openness, default=Openness.HIDDEN
    )
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, default=Outcome.PREPARING
    )

    objects = ConsortiumQuerySet.as_manager()

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="consortium_name_once_a_call")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.call.get_absolute_url()}#konsortium-{self.pk}"


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads who takes part for certain where a consortium shows itself."""
        inside = models.Q(consortium__in=Consortium.objects.inside(viewer))
        shown = models.Q(state=PartnerState.CONFIRMED) & ~models.Q(
            consortium__openness=Openness.HIDDEN
        )
        return self.filter(inside | shown)


class Partner(models.Model):
    """An organisation's place in a consortium."""

    consortium = models.ForeignKey(Consortium, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    role = models.CharField(_("role"), max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=PartnerState, default=PartnerState.INTERESTED
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "organisation"], name="partner_once_a_consortium"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.consortium}"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A suggestion is between the organisation that made it and the consortium."""
        member = membership(viewer)
        if member is None:
            return self.none()
        inside = models.Q(consortium__in=Consortium.objects.inside(viewer))
        return self.filter(inside | models.Q(organisation=member.organisation_id))


class Suggestion(models.Model):
    """What an organisation suggests for a consortium's application, and the answer."""

    consortium = models.ForeignKey(Consortium, models.CASCADE, related_name="suggestions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="suggestions")
    text = models.TextField(_("suggestion"), max_length=4000)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    reply = models.TextField(_("reply"), blank=True, max_length=4000)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.consortium}"
