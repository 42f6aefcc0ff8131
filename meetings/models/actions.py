"""Action points: what somebody agreed to do, by when, and whether it is done."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting
from meetings.models.minutes import MinutesEntry, MinutesState, ReviewScope, was_there
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.members.models import Member, Organisation, Viewer, shown_name
from taskforce.members.roles import is_secretariat, membership


def _name_of(field: str, viewer: Viewer) -> Case:
    return shown_name(viewer, name=f"{field}__user__name", visibility=f"{field}__name_visibility")


def taken_on_by(member: Member) -> Q:
    """Return the condition for points of the member or of the member's organisation."""
    return Q(organisation=member.organisation_id) | Q(owner=member)


class ActionPointQuerySet(SearchQuerySet["ActionPoint"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads those of published minutes; in review, those who read the draft."""
        if is_secretariat(viewer):
            return self
        if (member := membership(viewer)) is None:
            return self.published()
        published = Q(meeting__minutes__state=MinutesState.PUBLISHED)
        in_review = Q(
            meeting__minutes__state=MinutesState.IN_REVIEW,
            meeting__minutes__review_scope=ReviewScope.DRAFT,
        )
        return self.filter(published | (in_review & Q(was_there(member, "meeting"))))

    def published(self) -> Self:
        return self.filter(meeting__minutes__state=MinutesState.PUBLISHED)

    def finishable_by(self, viewer: Viewer) -> Self:
        """The secretariat marks any published point as done, members their own."""
        if is_secretariat(viewer):
            return self.published()
        if (member := membership(viewer)) is None:
            return self.none()
        return self.published().filter(taken_on_by(member))

    def with_shown_names(self, viewer: Viewer) -> Self:
        """Add the names of who does it and who marked it as done, if the viewer may read them."""
        return self.annotate(
            owner_name=_name_of("owner", viewer), done_by_name=_name_of("done_by", viewer)
        )

    def open(self) -> Self:
        return self.filter(done_on=None)

    def waiting_for(self, organisation: Organisation) -> Self:
        """Return open points of an organisation, and those of everybody."""
        return self.open().filter(Q(organisation=organisation) | Q(organisation=None))


class ActionPoint(models.Model):
    """What somebody agreed to do. Without an organisation it is for everybody."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="action_points")
    entry = models.ForeignKey(
        MinutesEntry, models.SET_NULL, null=True, blank=True, related_name="action_points"
    )
    what = models.CharField(_("what"), max_length=300)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_points",
        verbose_name=_("who"),
    )
    # One person of the organisation; the name shows as its owner agreed.
    owner = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="action_points",
        verbose_name=_("person"),
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    done_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    search = search_field("what")  # only members read the note

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [GinIndex(fields=["search"], name="action_point_search")]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#aftalt"

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today
