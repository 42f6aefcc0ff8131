"""Statements: what organisations say of a barrier, and where they said it."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models.barrier import Barrier, is_untold
from meetings.models import Meeting, MinutesEntry, MinutesState
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership


class StatementQuerySet(SearchQuerySet["Statement"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A statement shows with its barrier, one of a passage once its minutes are published."""
        if is_secretariat(viewer):
            return self
        return self.told().filter(~is_untold("barrier__raised_at"), barrier__hidden_at=None)

    def told(self) -> Self:
        """Return those that everybody reads where their barrier shows."""
        return self.filter(Q(entry=None) | Q(entry__minutes__state=MinutesState.PUBLISHED))

    def editable_by(self, viewer: Viewer) -> Self:
        """Members edit what their organisation added by hand, the secretariat everything."""
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
    # Where an organisation added it by hand; a passage has its meeting already.
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("said at"),
    )
    made_on = models.DateField(_("made on"), default=timezone.localdate)
    search = search_field("text")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["made_on", "pk"]
        indexes = [GinIndex(fields=["search"], name="statement_search")]
        constraints = [
            models.CheckConstraint(
                name="statement_passage_or_meeting", condition=Q(entry=None) | Q(meeting=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.barrier}"

    def get_absolute_url(self) -> str:
        return f"{self.barrier.get_absolute_url()}#udsagn-{self.pk}"

    def get_edit_url(self) -> str:
        return reverse("barriers:edit_statement", args=[self.barrier.slug, self.pk])
