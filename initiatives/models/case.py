"""Cases, good examples of social procurement: what was done, with whom, and the outcome."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from barriers.models import Barrier
from initiatives.models.initiative import Initiative
from meetings.models import MinutesEntry
from taskforce.activity.models import Verb
from taskforce.core.addresses import address_of
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Slugged, ToldInEnglish, Versioned
from taskforce.core.pictured import Pictured
from taskforce.members.models import Member, Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ASKED = "asked", _("Asked back")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")


# The states in which the author writes the case and the secretariat has nothing to do.
WITH_AUTHOR = (CaseState.DRAFT, CaseState.ASKED, CaseState.DECLINED)


class Procurement(models.TextChoices):
    TENDER = "tender", _("Clause in a tender")
    DIRECT = "direct", _("Direct purchase")
    PARTNERSHIP = "partnership", _("Partnership")
    EMPLOYMENT = "employment", _("Employment")


class PartnerRole(models.TextChoices):
    BUYER = "buyer", _("Buyer")
    ENTERPRISE = "enterprise", _("Social enterprise")
    BETWEEN = "between", _("Go-between")
    OTHER = "other", _("Other partner")


class StepKind(models.TextChoices):
    """What happened to a case, as its author and the secretariat read it."""

    SUBMITTED = "submitted", _("Submitted")
    ASKED = "asked", _("Asked back")
    PUBLISHED = "published", _("Published")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("of an example", "Withdrawn")
    CHANGE_ASKED = "change_asked", _("The author asks for a change")
    CHANGE_ANSWERED = "change_answered", _("The change is answered")


# Steps that need a message.
WITH_WORDS = (
    StepKind.ASKED,
    StepKind.DECLINED,
    StepKind.CHANGE_ASKED,
    StepKind.CHANGE_ANSWERED,
)


class CaseQuerySet(SearchQuerySet["Case"]):
    def published(self) -> Self:
        return self.filter(state=CaseState.PUBLISHED)

    def of_organisation(self, viewer: Viewer) -> Self:
        """Return the cases that the viewer's organisation wrote."""
        member = membership(viewer)
        return self.filter(written_by=member.organisation_id) if member else self.none()

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads published cases; organisations read all their own.

        The secretariat reads all but the drafts of others.
        """
        if is_secretariat(viewer):
            return self.exclude(state=CaseState.DRAFT) | self.of_organisation(viewer)
        return self.published() | self.of_organisation(viewer)

    def editable_by(self, viewer: Viewer) -> Self:
        """The author edits until publication, the secretariat from submission on."""
        if is_secretariat(viewer):
            return self.visible_to(viewer)
        return self.of_organisation(viewer).exclude(state=CaseState.PUBLISHED)

    def answering(self, barriers: Any, initiatives: Any) -> Self:
        """Return the cases that answer one of the barriers, or belong to one of the initiatives."""
        return self.filter(Q(barriers__in=barriers) | Q(initiatives__in=initiatives)).distinct()

    def with_last_step(self) -> Self:
        """Add `last_step` and `last_words`: what happened last, and its message."""
        steps = CaseStep.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            last_step=Subquery(steps.values("kind")[:1]),
            last_words=Subquery(steps.values("words")[:1]),
        )

    def to_be_changed(self) -> Self:
        """Return published cases whose author waits for an answer to the change asked for."""
        return self.published().with_last_step().filter(last_step=StepKind.CHANGE_ASKED)


class Case(Slugged, Versioned, ToldInEnglish, Pictured):
    """A case, written by one organisation and published by the secretariat."""

    pictures_in = "cases"

    title = models.CharField(_("title"), max_length=160)
    achieved = models.CharField(_("in one sentence"), max_length=300, blank=True)
    problem = models.TextField(_("the problem"), max_length=3000, blank=True)
    done = models.TextField(_("what was done"), max_length=20_000, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=3000, blank=True)
    kind = models.CharField(
        _("kind of procurement"), max_length=11, choices=Procurement, blank=True
    )
    number = models.PositiveBigIntegerField(_("headline number"), null=True, blank=True)
    unit = models.CharField(_("what the number counts"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    partners = models.ManyToManyField(Organisation, through="CasePartner", related_name="cases")
    barriers = models.ManyToManyField(
        Barrier, related_name="cases", blank=True, verbose_name=_("barriers it answers")
    )
    initiatives = models.ManyToManyField(
        Initiative, related_name="cases", blank=True, verbose_name=_("initiatives")
    )
    entry = models.ForeignKey(
        MinutesEntry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("told in"),
    )
    written_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="written_cases", verbose_name=_("written by")
    )
    # Questions and the secretariat's mail go to this member, who is never shown.
    contact = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    # Who allowed publication, and when. The name goes where the member is deleted.
    permission_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="+", editable=False
    )
    permission_at = models.DateTimeField(_("permission given"), null=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=CaseState, default=CaseState.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "achieved", "problem", "done", "outcome", "place", "summary_en")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(
                F("published_at").desc(nulls_last=True), F("id").desc(), name="case_latest"
            ),
            GinIndex(fields=["search"], name="case_search"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_published_at_matches_state",
                condition=Q(state=CaseState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=CaseState.PUBLISHED) & Q(published_at=None)),
            ),
            models.CheckConstraint(
                name="case_published_with_permission",
                condition=~Q(state=CaseState.PUBLISHED) | Q(permission_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_permission_has_its_time",
                condition=Q(permission_by=None) | Q(permission_at__isnull=False),
            ),
            # A draft may have one without the other.
            models.CheckConstraint(
                name="case_number_with_unit",
                condition=Q(state__in=WITH_AUTHOR)
                | Q(number=None, unit="")
                | (Q(number__isnull=False) & ~Q(unit="")),
                violation_error_message=_(
                    "Say what the number counts, or leave both the number and the unit empty."
                ),
            ),
            *Pictured.Meta.constraints,
        ]

    def __str__(self) -> str:
        return self.title

    def shows_activity(self, verb: str) -> bool:
        """Tell whether activity shows: what is saved as one writes is no news to anybody."""
        if self.state == CaseState.PUBLISHED:
            return True
        return self.state != CaseState.DRAFT and verb != Verb.CHANGED

    def get_absolute_url(self) -> str:
        return address_of("initiatives:case", self.slug)

    @property
    def is_with_author(self) -> bool:
        return self.state in WITH_AUTHOR

    def allow_publication(self, by: Member | None) -> None:
        """Set who allowed publication and when, or remove both where `by` is None.

        The first permission stays until it is withdrawn.
        """
        if by is None:
            self.permission_by = self.permission_at = None
        elif self.permission_at is None:
            self.permission_by, self.permission_at = by, timezone.now()


class CasePartner(models.Model):
    """A partner in a case: an organisation of the portal, or another one by its name."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="case_partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="case_partners"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=PartnerRole, blank=True)
    part = models.CharField(_("what they did"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("partner of a case")
        verbose_name_plural = _("partners of a case")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="case_partner_once"),
            models.UniqueConstraint(
                "case",
                Lower("name"),
                condition=Q(organisation=None),
                name="case_partner_once_by_name",
            ),
            models.CheckConstraint(
                name="case_partner_organisation_or_name",
                condition=Q(organisation__isnull=False, name="")
                | (Q(organisation=None) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation or self.name}: {self.case}"


class CaseStepQuerySet(models.QuerySet["CaseStep"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Messages about a case are between its author and the secretariat."""
        if is_secretariat(viewer):
            return self.filter(case__in=Case.objects.visible_to(viewer))
        return self.filter(case__in=Case.objects.of_organisation(viewer))


class CaseStep(models.Model):
    """A step of a case, with the message of the author or the secretariat."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what"), max_length=15, choices=StepKind)
    words = models.TextField(_("words"), max_length=2000, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = CaseStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of a case")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["case", "-at"], name="case_step_latest")]
        constraints = [
            models.CheckConstraint(
                name="case_step_has_its_words",
                condition=~Q(kind__in=WITH_WORDS) | ~Q(words=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.case}"

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()
