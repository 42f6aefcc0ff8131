"""Good-practice cases: where buying socially worked, with whom, and what came of it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models.initiative import Initiative
from meetings.models import MinutesEntry
from taskforce.danish import SearchQuerySet, search_field
from taskforce.members.models import Member, Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership
from taskforce.models import Slugged, Versioned


class CaseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    PUBLISHED = "published", _("Published")


class CaseQuerySet(SearchQuerySet["Case"]):
    def published(self) -> Self:
        return self.filter(state=CaseState.PUBLISHED)

    def submitted(self) -> Self:
        return self.filter(state=CaseState.SUBMITTED)

    def of_organisation(self, viewer: Viewer) -> Self:
        """Return the cases that the viewer's organisation wrote."""
        member = membership(viewer)
        return self.filter(written_by=member.organisation_id) if member else self.none()

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads published cases, their authors also their own, the secretariat all.

        A draft is its author's until it is submitted.
        """
        if is_secretariat(viewer):
            return self.exclude(state=CaseState.DRAFT) | self.of_organisation(viewer)
        return self.published() | self.of_organisation(viewer)

    def editable_by(self, viewer: Viewer) -> Self:
        """The author edits until publication, the secretariat from submission on."""
        if is_secretariat(viewer):
            return self.visible_to(viewer)
        return self.of_organisation(viewer).exclude(state=CaseState.PUBLISHED)


class Case(Slugged, Versioned):
    """A case, written by one organisation and published by the secretariat."""

    title = models.CharField(_("title"), max_length=160)
    story = models.TextField(_("story"), max_length=20_000)
    achieved = models.CharField(_("what was achieved"), max_length=300, blank=True)
    number = models.PositiveIntegerField(
        _("headline number"), null=True, blank=True, help_text=_("Such as 80.")
    )
    unit = models.CharField(
        _("what the number counts"), max_length=80, blank=True, help_text=_("Such as: jobs.")
    )
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
    # Whom the secretariat writes to about it; never shown.
    contact = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=CaseState, default=CaseState.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "achieved", "story")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = [F("published_at").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(
                F("published_at").desc(nulls_last=True), F("id").desc(), name="case_latest"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="case_published_at_matches_state",
                condition=Q(state=CaseState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=CaseState.PUBLISHED) & Q(published_at=None)),
            ),
            models.CheckConstraint(
                name="case_number_with_unit",
                condition=Q(number=None, unit="") | (Q(number__isnull=False) & ~Q(unit="")),
                violation_error_message=_(
                    "Say what the number counts, or leave both the number and the unit empty."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:case", args=[self.slug])


class CasePartner(models.Model):
    """An organisation's part in a case, such as buyer or supplier."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="case_partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="case_partners")
    role = models.CharField(_("role"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("partner of a case")
        verbose_name_plural = _("partners of a case")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation"], name="case_partner_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.case}"
