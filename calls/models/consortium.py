"""Consortia: who applies together, what they show of it, and what others suggest to them."""

from datetime import date, datetime
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from calls.models.call import KINDS, TOLD_OUTCOMES, Call, Outcome
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Versioned
from taskforce.members.models import Member, Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership


class Openness(models.TextChoices):
    OPEN = "open", _("Looks for partners")
    CLOSED = "closed", _("Has the partners it needs")
    HIDDEN = "hidden", _("Not shown")


class PartnerState(models.TextChoices):
    INVITED = "invited", pgettext_lazy("of a partner", "Invited")
    INTERESTED = "interested", _("Interested")
    CONFIRMED = "confirmed", _("Confirmed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# No outcome is known: the application may still be in preparation.
UNTOLD = (Outcome.PREPARING, Outcome.UNKNOWN)


class ConsortiumQuerySet(SearchQuerySet["Consortium"]):
    def inside(self, viewer: Viewer) -> Self:
        """Return the consortia of which the viewer reads everything: their own organisation's.

        The secretariat also reads those that invite it; its host may be applying itself.
        """
        member = membership(viewer)
        if member is None:
            return self.none()
        own = Q(lead=member.organisation_id) | self._with(member, PartnerState.CONFIRMED)
        return self.filter(own | Q(secretariat_invited=True) if is_secretariat(viewer) else own)

    def invited(self, viewer: Viewer) -> Self:
        """Return the consortia whose invitation the viewer's organisation has not answered."""
        member = membership(viewer)
        if member is None:
            return self.none()
        return self.filter(self._with(member, PartnerState.INVITED))

    def visible_to(self, viewer: Viewer) -> Self:
        """Return the consortia whose name, lead and outcome the viewer may read."""
        return self if is_secretariat(viewer) else self.shown_to(viewer)

    def shown_to(self, viewer: Viewer) -> Self:
        """Return the consortia whose description and dates the viewer may read, too."""
        return self.exclude(openness=Openness.HIDDEN) | self.inside(viewer) | self.invited(viewer)

    def run_by(self, viewer: Viewer) -> Self:
        """Return the consortia for which the viewer decides, as a member of the lead.

        Where the lead has no members in the portal, those of confirmed partners decide.
        """
        member = membership(viewer)
        if member is None:
            return self.none()
        leads_people = Member.objects.current().filter(organisation=OuterRef("lead"))
        joined = self._with(member, PartnerState.CONFIRMED) & ~Exists(leads_people)
        return self.filter(Q(lead=member.organisation_id) | joined)

    def forming(self, now: datetime | None = None) -> Self:
        """Return the consortia that can still apply: neither they nor their call are done."""
        is_open = Q(call__closes_at=None) | Q(call__closes_at__gt=now or timezone.now())
        return self.filter(is_open, outcome__in=UNTOLD)

    def seeking(self) -> Self:
        """Return the consortia that look for partners, and can still apply."""
        return self.forming().filter(openness=Openness.OPEN)

    def outcome_editable_by(self, viewer: Viewer) -> Self:
        """Return the consortia whose outcome the viewer may enter."""
        return self if is_secretariat(viewer) else self.inside(viewer)

    def _with(self, member: Member, state: PartnerState) -> Q:
        own = Partner.objects.filter(organisation=member.organisation_id, state=state)
        return Q(pk__in=own.values("consortium"))


class Consortium(Versioned):
    """Organisations that apply to a call together. Only its partners read all of its page."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="consortia")
    name = models.CharField(_("name"), max_length=160)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_consortia", verbose_name=_("lead")
    )
    lead_kind = models.CharField(_("the lead counts as"), max_length=20, choices=KINDS, blank=True)
    description = models.TextField(_("what it shows of itself"), blank=True, max_length=4000)
    seeking = models.TextField(_("we seek a partner who …"), blank=True, max_length=1000)
    openness = models.CharField(
        _("openness"), max_length=6, choices=Openness, default=Openness.HIDDEN
    )
    secretariat_invited = models.BooleanField(
        _("the secretariat may read this room"), default=False
    )
    suggestions_by = models.DateField(_("suggestions are asked for by"), null=True, blank=True)
    suggestions_about = models.TextField(_("what you ask for"), blank=True, max_length=2000)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, default=Outcome.PREPARING
    )
    outcome_amount = models.PositiveBigIntegerField(_("amount in euro"), null=True, blank=True)
    outcome_link = models.URLField(_("link to more"), max_length=500, blank=True)
    search = search_field("name", "description")

    objects = ConsortiumQuerySet.as_manager()

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering = ["pk"]
        indexes = [GinIndex(fields=["search"], name="consortium_search")]
        constraints = [
            # Only for one lead: otherwise a name that is taken would reveal a hidden consortium.
            models.UniqueConstraint(
                fields=["call", "lead", "name"], name="consortium_name_once_a_lead"
            ),
            models.CheckConstraint(
                name="consortium_amount_goes_with_an_application",
                condition=Q(outcome_amount=None)
                | Q(outcome__in=[Outcome.APPLIED, Outcome.GRANTED]),
                violation_error_message=_("An amount goes with an application or a grant."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("calls:consortium", args=[self.call.slug, self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self._update_call()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        self._update_call()
        return deleted

    @property
    def is_told(self) -> bool:
        return self.outcome not in UNTOLD

    @property
    def outcome_words(self) -> str:
        """Return the outcome in words; nothing is prepared any more once the call has closed."""
        is_over = self.outcome == Outcome.PREPARING and self.call.has_closed
        return str(Outcome.UNKNOWN.label if is_over else Outcome(self.outcome).label)

    @property
    def is_forming(self) -> bool:
        """Whether it can still apply, as `forming` selects many."""
        return not (self.is_told or self.call.has_closed)

    @property
    def seeks_partners(self) -> bool:
        return self.openness == Openness.OPEN and self.is_forming

    def _update_call(self) -> None:
        shown = Consortium.objects.filter(call=self.call_id).exclude(openness=Openness.HIDDEN)
        found = {*shown.values_list("outcome", flat=True)}
        best = next((outcome for outcome in TOLD_OUTCOMES if outcome in found), "")
        Call.objects.filter(pk=self.call_id).update(outcome=best)

    def takes_suggestions(self, today: date) -> bool:
        """Tell whether the consortium takes suggestions; the last day is included."""
        asks = self.suggestions_by is not None and self.suggestions_by >= today
        return asks and self.is_forming


class PartnerQuerySet(models.QuerySet["Partner"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads the confirmed partners of a consortium that does not hide."""
        inside = Q(consortium__in=Consortium.objects.inside(viewer))
        shown = Q(state=PartnerState.CONFIRMED) & ~Q(consortium__openness=Openness.HIDDEN)
        return self.filter(inside | shown)


class Partner(models.Model):
    """A partner in a consortium: an organisation of the portal, or another one by its name."""

    consortium = models.ForeignKey(Consortium, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partnerships",
        verbose_name=_("organisation in the portal"),
    )
    # A row of an organisation would be public, and reveal a hidden consortium.
    name = models.CharField(_("or another organisation"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    kind = models.CharField(_("counts as"), max_length=20, choices=KINDS, blank=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    note = models.TextField(_("what it can bring"), blank=True, max_length=1000)
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
            ),
            models.UniqueConstraint(
                "consortium",
                Lower("name"),
                condition=Q(organisation=None),
                name="partner_name_once_a_consortium",
            ),
            models.CheckConstraint(
                name="partner_organisation_xor_name",
                condition=Q(organisation=None) & ~Q(name="")
                | Q(organisation__isnull=False, name="", country=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.consortium}"

    @property
    def title(self) -> str:
        return self.organisation.name if self.organisation else self.name

    @property
    def from_country(self) -> str:
        return self.organisation.country if self.organisation else self.country

    @property
    def counts_as(self) -> str:
        return self.kind or (self.organisation.kind if self.organisation else "")


class Answer(models.TextChoices):
    WAITING = "waiting", _("Waits for an answer")
    TAKEN = "taken", _("Used in the application")
    LEFT = "left", _("Not used this time")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A suggestion is between the organisation that made it and the consortium."""
        member = membership(viewer)
        if member is None:
            return self.none()
        inside = Q(consortium__in=Consortium.objects.inside(viewer))
        return self.filter(inside | Q(organisation=member.organisation_id))


class Suggestion(models.Model):
    """An organisation's suggestion for the application of a consortium, and the answer."""

    consortium = models.ForeignKey(Consortium, models.CASCADE, related_name="suggestions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="suggestions")
    written_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("suggestion"), max_length=4000)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, default=Answer.WAITING)
    reply = models.TextField(_("reply"), blank=True, max_length=4000)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestion_answered_with_a_reply",
                condition=Q(answer=Answer.WAITING, reply="", answered_at=None)
                | (~Q(answer=Answer.WAITING) & ~Q(reply="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.consortium}"
