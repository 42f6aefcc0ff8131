"""The agenda: its items, and proposals of members."""

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models.meeting import Meeting
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.members.models import Member, Organisation, Viewer, shown_name
from taskforce.members.roles import is_member


class Purpose(models.TextChoices):
    """What an item is for; the portal writes the text of some kinds."""

    ITEM = "item", _("An item like others")
    APPROVAL = "approval", _("Approval of the last minutes")
    FOLLOW_UP = "follow_up", _("What was agreed")
    SINCE_LAST = "since_last", _("Since last")
    ROUND_TABLE = "round_table", _("Round table")


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("On the agenda")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrew", pgettext_lazy("of a proposal", "Withdrawn")


class AgendaItemQuerySet(SearchQuerySet["AgendaItem"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Return all: the agenda of every meeting is public."""
        return self

    def with_responsible(self, viewer: Viewer) -> Self:
        """Add the responsible organisation, and the person's name if the viewer may read it.

        A name that the secretariat typed is for members, since nobody asked its owner.
        """
        return self.annotate(
            responsible_organisation=Coalesce(
                F("responsible__organisation_name"),
                F("responsible_member__organisation__name"),
                F("organisation__name"),
            ),
            responsible_name=Case(
                When(
                    responsible__isnull=False,
                    then=shown_name(
                        viewer, name="responsible__name", visibility="responsible__name_visibility"
                    ),
                ),
                When(
                    responsible_member__isnull=False,
                    then=shown_name(
                        viewer,
                        name="responsible_member__user__name",
                        visibility="responsible_member__name_visibility",
                    ),
                ),
                default=F("responsible_guest") if is_member(viewer) else Value(""),
                output_field=models.CharField(),
            ),
        )


class AgendaItem(models.Model):
    """One item of a meeting's agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"))
    starts = models.TimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    # Typed text or clean HTML; taskforce.core.rich_text.as_html reads both.
    details = models.TextField(_("details"), blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible organisation"),
    )
    # One person on the meeting's list; the name shows as its owner agreed.
    responsible = models.ForeignKey(
        "Attendance",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible person"),
    )
    # Who is not on the list: a member, or the name of somebody from outside.
    responsible_member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    responsible_guest = models.CharField(
        _("or somebody from outside"), max_length=120, blank=True, default="", db_default=""
    )
    # What it is about, on a higher floor; meetings.agenda.linking reads it.
    about_type = models.ForeignKey(
        ContentType, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    purpose = models.CharField(_("kind"), max_length=11, choices=Purpose, default=Purpose.ITEM)
    deferred_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_on"
    )
    search = search_field("title", "details")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order"]
        indexes = [GinIndex(fields=["search"], name="agenda_item_search")]
        constraints = [
            # Deferred, so that two items can change places in one transaction.
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_item_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["meeting", "purpose"],
                condition=~Q(purpose=Purpose.ITEM),
                name="agenda_item_purpose_once",
            ),
            # An item that was put off is carried on once, however many press the button.
            models.UniqueConstraint(fields=["deferred_from"], name="agenda_item_carried_on_once"),
            models.CheckConstraint(
                name="agenda_item_about_one_row",
                condition=Q(about_type=None) | Q(about_id__isnull=False),
            ),
            models.CheckConstraint(
                name="agenda_item_one_person",
                condition=Q(responsible=None, responsible_member=None)
                | (Q(responsible_guest="") & (Q(responsible=None) | Q(responsible_member=None))),
                violation_error_message=_("Choose one person, or name one from outside."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> str:
        """The item's permanent anchor on the page of its meeting."""
        return f"punkt-{self.pk}"


class AgendaProposalQuerySet(SearchQuerySet["AgendaProposal"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members read proposals; the agenda itself is public."""
        return self if is_member(viewer) else self.none()

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.WAITING)


class AgendaProposal(models.Model):
    """An item that a member asks for; accepted, declined with a reason, or withdrawn."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proposals")
    title = models.CharField(_("title"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    proposed_by = models.ForeignKey(Member, models.CASCADE, related_name="agenda_proposals")
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ProposalState, default=ProposalState.WAITING
    )
    answer = models.TextField(_("answer"), blank=True)
    # From whose talk it comes, as with an item.
    about_type = models.ForeignKey(
        ContentType, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    about_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    search = search_field("title", "details")

    objects = AgendaProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed agenda item")
        verbose_name_plural = _("proposed agenda items")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="agenda_proposal_declined_with_reason",
                condition=~Q(state=ProposalState.DECLINED) | ~Q(answer=""),
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                name="agenda_proposal_about_one_row",
                condition=Q(about_type=None) | Q(about_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#dagsorden"
