"""Barriers: what stands in the way of social procurement, and what members say of it."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Minutes, MinutesEntry, MinutesState
from taskforce.danish import DanishOrder, SearchQuerySet, search_field
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership
from taskforce.models import Slugged, Versioned


class BarrierState(models.TextChoices):
    OPEN = "open", _("Open")
    ADDRESSED = "addressed", _("Being addressed")
    RESOLVED = "resolved", _("Resolved")
    MERGED = "merged", _("Merged")


class Theme(Slugged):
    """What a barrier is about, such as capital or legislation."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = [DanishOrder("name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('barriers:list')}?tema={self.slug}"


# Ranked first, the rest in Danish order; one index gives the register in this order.
BY_PRIORITY = (F("rank").asc(nulls_last=True), DanishOrder("title"), F("id").asc())
BY_DATE = (F("raised_on").desc(), F("id").desc())


def is_untold(raised_at: str = "raised_at") -> Exists:
    """Return whether a barrier was raised in minutes that nobody but the secretariat reads yet."""
    return Exists(Minutes.objects.unpublished().filter(meeting=OuterRef(raised_at)))


class BarrierQuerySet(SearchQuerySet["Barrier"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A barrier that minutes bring shows with them, unless it is hidden."""
        return self if is_secretariat(viewer) else self.shown()

    def shown(self) -> Self:
        return self.filter(~is_untold(), hidden_at=None)

    def editable_by(self, viewer: Viewer) -> Self:
        """Members edit what their organisation raised, the secretariat everything."""
        if is_secretariat(viewer):
            return self.unmerged()
        member = membership(viewer)
        if member is None:
            return self.none()
        return self.unmerged().shown().filter(raised_by=member.organisation_id)

    def with_own_page(self) -> Self:
        return self.unmerged()

    def unmerged(self) -> Self:
        return self.exclude(state=BarrierState.MERGED)

    def unresolved(self) -> Self:
        return self.filter(state__in=[BarrierState.OPEN, BarrierState.ADDRESSED])


class Barrier(Slugged, Versioned):
    """Something that stands in the way of social procurement.

    `rank` and `points` repeat the result of the latest closed round, so that the register can be
    sorted by an index; `prioritisation.close` writes them.
    """

    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="barriers", verbose_name=_("theme")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=BarrierState, default=BarrierState.OPEN
    )
    raised_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="barriers", verbose_name=_("raised by")
    )
    raised_at = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="barriers",
        verbose_name=_("raised at"),
    )
    raised_on = models.DateField(_("raised on"), default=timezone.localdate)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, editable=False)
    points = models.PositiveIntegerField(_("points"), null=True, editable=False)
    search = search_field("title", "description")

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        ordering = [DanishOrder("title")]
        indexes = [
            models.Index(*BY_PRIORITY, name="barrier_by_priority"),
            models.Index(*BY_DATE, name="barrier_by_date"),
        ]
        constraints = [
            # A date of resolution goes with the state, and with no other.
            models.CheckConstraint(
                name="barrier_resolved_on_matches_state",
                condition=Q(state=BarrierState.RESOLVED, resolved_on__isnull=False)
                | (~Q(state=BarrierState.RESOLVED) & Q(resolved_on=None)),
            ),
            models.CheckConstraint(
                name="barrier_merged_into_matches_state",
                condition=Q(state=BarrierState.MERGED, merged_into__isnull=False)
                | (~Q(state=BarrierState.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="barrier_not_merged_into_itself", condition=~Q(merged_into=F("id"))
            ),
            models.CheckConstraint(
                name="barrier_points_go_with_rank",
                condition=Q(rank=None, points=None) | Q(rank__gte=1, points__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("barriers:detail", args=[self.slug])


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A statement shows with its barrier, and not before the minutes that it was made in."""
        if is_secretariat(viewer):
            return self
        told = Q(entry=None) | Q(entry__minutes__state=MinutesState.PUBLISHED)
        return self.filter(told, ~is_untold("barrier__raised_at"), barrier__hidden_at=None)

    def editable_by(self, viewer: Viewer) -> Self:
        """Members edit what they added; what minutes tell is the secretariat's to change."""
        if is_secretariat(viewer):
            return self
        member = membership(viewer)
        if member is None:
            return self.none()
        own = self.filter(organisation=member.organisation_id, entry=None)
        return own.filter(~is_untold("barrier__raised_at"), barrier__hidden_at=None)


class Statement(models.Model):
    """What an organisation says of a barrier, in words of the portal's own: never a quotation."""

    barrier = models.ForeignKey(Barrier, models.CASCADE, related_name="statements")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="statements", verbose_name=_("organisation")
    )
    text = models.TextField(_("statement"), max_length=2000)
    entry = models.ForeignKey(
        MinutesEntry,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("made in"),
    )
    made_on = models.DateField(_("made on"), default=timezone.localdate)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["made_on", "pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.barrier}"

    def get_absolute_url(self) -> str:
        return f"{self.barrier.get_absolute_url()}#udsagn-{self.pk}"

    def get_edit_url(self) -> str:
        return reverse("barriers:edit_statement", args=[self.barrier.slug, self.pk])
