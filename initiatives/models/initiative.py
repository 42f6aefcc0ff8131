"""Initiatives: what members do against barriers, who takes part, and the outcome."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barriers.models import Barrier
from taskforce.core.addresses import address_of
from taskforce.core.danish import DanishOrder, SearchQuerySet, search_field
from taskforce.core.models import Slugged, ToldInEnglish, Versioned
from taskforce.members.models import Member, Organisation, Viewer, shown_name
from taskforce.members.roles import is_secretariat, membership


class InitiativeState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    RUNNING = "running", _("Running")
    DONE = "done", pgettext_lazy("of an initiative", "Done")
    STOPPED = "stopped", _("Stopped")


UNDER_WAY = (InitiativeState.PROPOSED, InitiativeState.RUNNING)
ENDED = (InitiativeState.DONE, InitiativeState.STOPPED)


class Reach(models.TextChoices):
    GROUP = "group", _("A group that others can join")
    TASKFORCE = "taskforce", _("The whole taskforce")


def contact_name(viewer: Viewer) -> models.Case:
    """Return an expression for a contact's name; empty for former members and hidden names."""
    name = shown_name(viewer, name="contact__user__name", visibility="contact__name_visibility")
    return models.Case(
        When(contact__to_date=None, contact__user__is_active=True, then=name), default=Value("")
    )


class InitiativeQuerySet(SearchQuerySet["Initiative"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Initiatives are public."""
        return self

    def editable_by(self, viewer: Viewer) -> Self:
        """The lead and the secretariat edit an initiative, post updates and end it."""
        if is_secretariat(viewer):
            return self
        member = membership(viewer)
        return self.filter(lead=member.organisation_id) if member else self.none()

    def told_by(self, viewer: Viewer) -> Self:
        """Return the initiatives whose progress the viewer may tell: also as a participant."""
        if is_secretariat(viewer):
            return self
        member = membership(viewer)
        return self.of_organisation(member.organisation) if member else self.none()

    def of_organisation(self, organisation: Organisation) -> Self:
        """Return the initiatives that an organisation leads or takes part in."""
        joined = Participation.objects.filter(initiative=OuterRef("pk"), organisation=organisation)
        return self.filter(Q(lead=organisation) | Exists(joined))

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def running(self) -> Self:
        return self.filter(state=InitiativeState.RUNNING)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED)

    def past_review(self, today: date) -> Self:
        """Return the initiatives whose review date is before today."""
        return self.under_way().filter(review_on__lt=today)


class Initiative(Slugged, Versioned, ToldInEnglish):
    """Work against one or more barriers, led by an organisation."""

    title = models.CharField(_("title"), max_length=160)
    goal = models.TextField(_("goal"), max_length=4000)
    measure = models.TextField(_("how we know that it worked"), max_length=2000)
    barriers = models.ManyToManyField(
        Barrier, related_name="initiatives", blank=True, verbose_name=_("barriers")
    )
    lead = models.ForeignKey(
        Organisation, models.PROTECT, related_name="led_initiatives", verbose_name=_("lead")
    )
    # A member of the lead, whose name shows as they agreed.
    contact = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    reach = models.CharField(_("who takes part"), max_length=9, choices=Reach, default=Reach.GROUP)
    participants = models.ManyToManyField(
        Organisation, through="Participation", related_name="initiatives"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=InitiativeState, default=InitiativeState.PROPOSED
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    review_on = models.DateField(_("to be looked at again"), null=True, blank=True)
    # The review date that the lead was asked about by mail; each is asked about once.
    ended_on = models.DateField(_("ended"), null=True, editable=False)
    outcome = models.TextField(_("what came of it"), blank=True, max_length=4000, editable=False)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "goal", "measure", "outcome", "summary_en")

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = [DanishOrder("title")]
        indexes = [
            models.Index(DanishOrder("title"), name="initiative_by_title"),
            GinIndex(fields=["search"], name="initiative_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="initiative_dates_in_order",
                condition=Q(starts_on=None) | Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message=_("The initiative is due before it starts."),
            ),
            # An ended initiative has a day and an outcome; no other has.
            models.CheckConstraint(
                name="initiative_ends_with_its_outcome",
                condition=Q(state__in=ENDED, ended_on__isnull=False, outcome__gt="")
                | Q(state__in=UNDER_WAY, ended_on=None, outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("initiatives:detail", self.slug)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_for_all(self) -> bool:
        return self.reach == Reach.TASKFORCE

    @property
    def is_past_review(self) -> bool:
        return is_past_review(self.state, self.review_on, timezone.localdate())


def is_past_review(state: str, review_on: date | None, today: date) -> bool:
    """Tell whether one row is past its review date, as `past_review` selects many."""
    return state in UNDER_WAY and review_on is not None and review_on < today


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def with_contact_names(self, viewer: Viewer) -> Self:
        return self.annotate(contact_name=contact_name(viewer))


class Participation(models.Model):
    """An organisation that takes part in an initiative, and its contact."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="participations")
    contact = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    joined_on = models.DateField(_("joined"), default=timezone.localdate)

    objects = ParticipationQuerySet.as_manager()

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
