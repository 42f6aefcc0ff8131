"""Minutes: what was said and agreed, from draft to the published version."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting
from taskforce.activity.models import Verb
from taskforce.activity.taking_back import closes_at
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Versioned
from taskforce.core.rich_text import clean_html, is_blank
from taskforce.members.models import Member, Viewer, shown_name
from taskforce.members.roles import is_secretariat, membership


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")


class ReviewScope(models.TextChoices):
    DRAFT = "draft", _("Those who were there read the whole draft")
    OWN = "own", _("Those who were there read what they said themselves")


def was_there(member: Member, meeting: str) -> Exists:
    """Return a condition: the member was present at the row's meeting, named by its field."""
    there = Attendance.objects.present().filter(meeting=OuterRef(meeting), member=member)
    return Exists(there)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def published(self) -> Self:
        return self.filter(state=MinutesState.PUBLISHED)

    def unpublished(self) -> Self:
        return self.exclude(state=MinutesState.PUBLISHED)

    def on_paper_for(self, viewer: Viewer) -> Self:
        """Return those that the viewer may download: only the secretariat downloads drafts."""
        return self if is_secretariat(viewer) else self.published()

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads published minutes; those who were there also read them in review."""
        if is_secretariat(viewer):
            return self
        if (member := membership(viewer)) is None:
            return self.published()
        in_review = Q(state=MinutesState.IN_REVIEW) & Q(was_there(member, "meeting"))
        return self.filter(Q(state=MinutesState.PUBLISHED) | in_review)


class Minutes(Versioned):
    """The minutes of a meeting."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=9, choices=MinutesState, default=MinutesState.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    review_ends_on = models.DateField(_("last day of the review"), null=True, blank=True)
    review_scope = models.CharField(
        _("who reads what in the review"),
        max_length=5,
        choices=ReviewScope,
        default=ReviewScope.DRAFT,
    )

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-meeting__number"]
        constraints = [
            models.CheckConstraint(
                name="minutes_published_at_matches_state",
                condition=Q(state=MinutesState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=MinutesState.PUBLISHED) & Q(published_at=None)),
            ),
            models.CheckConstraint(
                name="minutes_review_has_an_end",
                condition=~Q(state=MinutesState.IN_REVIEW) | Q(review_ends_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Minutes of the %(meeting)s")) % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#referat"

    @property
    def is_published(self) -> bool:
        return self.state == MinutesState.PUBLISHED

    @property
    def is_fresh(self) -> bool:
        """Whether they were published so lately that they may be taken back."""
        return self.published_at is not None and timezone.now() < closes_at(self.published_at)

    @property
    def is_open_to_changes(self) -> bool:
        """Whether changes may be proposed: in review, until its last day is over."""
        ends_on = self.review_ends_on if self.state == MinutesState.IN_REVIEW else None
        return ends_on is not None and timezone.localdate() <= ends_on

    def shows_activity(self, verb: str) -> bool:
        """Tell whether activity shows: of published minutes, only publication and corrections."""
        return not self.is_published or verb in (Verb.PUBLISHED, Verb.CORRECTED)


class MinutesEntryQuerySet(SearchQuerySet["MinutesEntry"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads published passages; who was there reads all in review, or their own."""
        if is_secretariat(viewer):
            return self
        published = Q(minutes__state=MinutesState.PUBLISHED)
        if (member := membership(viewer)) is None:
            return self.filter(published)
        whole = Q(minutes__review_scope=ReviewScope.DRAFT)
        own = Q(speaker__member=member)
        in_review = Q(minutes__state=MinutesState.IN_REVIEW) & (whole | own)
        return self.filter(published | (in_review & Q(was_there(member, "minutes__meeting"))))

    def with_speaker(self, viewer: Viewer) -> Self:
        """Add the speaker's organisation, and the name if the viewer may read it."""
        return self.annotate(
            speaker_organisation=F("speaker__organisation_name"),
            speaker_kind=F("speaker__organisation__kind"),
            speaker_name=shown_name(
                viewer, name="speaker__name", visibility="speaker__name_visibility"
            ),
        )


class MinutesEntry(Versioned):
    """A passage of the minutes, in clean HTML. A round-table passage has a speaker."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="entries")
    order = models.PositiveSmallIntegerField(_("order"))
    agenda_item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    speaker = models.ForeignKey(
        Attendance, models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    text = models.TextField(_("text"), blank=True)
    search = search_field("heading", "text")

    objects = MinutesEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage in the minutes")
        verbose_name_plural = _("passages in the minutes")
        ordering = ["order"]
        indexes = [GinIndex(fields=["search"], name="minutes_entry_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "order"],
                name="minutes_entry_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.heading or str(self.minutes)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = clean_html(self.text)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.minutes.meeting.get_absolute_url()}#{self.anchor}"

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing, under no heading."""
        return not self.heading and is_blank(self.text)

    @property
    def anchor(self) -> str:
        """The passage's permanent anchor on the page of its meeting."""
        return f"afsnit-{self.pk}"


class OutcomeKind(models.TextChoices):
    NOTED = "noted", _("Noted")
    DECIDED = "decided", _("Decided")
    DEFERRED = "deferred", _("Put off to the next meeting")
    NOT_DISCUSSED = "not_discussed", _("Not discussed")


class OutcomeQuerySet(SearchQuerySet["Outcome"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads those of published minutes; in review, those who read the draft."""
        if is_secretariat(viewer):
            return self
        published = Q(minutes__state=MinutesState.PUBLISHED)
        if (member := membership(viewer)) is None:
            return self.filter(published)
        in_review = Q(
            minutes__state=MinutesState.IN_REVIEW, minutes__review_scope=ReviewScope.DRAFT
        )
        return self.filter(published | (in_review & Q(was_there(member, "minutes__meeting"))))


class Outcome(models.Model):
    """What came of an agenda item; a decision has a text."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="outcomes")
    agenda_item = models.OneToOneField(AgendaItem, models.CASCADE, related_name="outcome")
    kind = models.CharField(_("outcome"), max_length=13, choices=OutcomeKind)
    decision = models.TextField(_("decision"), blank=True)
    search = search_field("decision")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["agenda_item__order"]
        indexes = [GinIndex(fields=["search"], name="outcome_search")]
        constraints = [
            models.CheckConstraint(
                name="outcome_decided_has_its_text",
                condition=(Q(kind=OutcomeKind.DECIDED) & ~Q(decision=""))
                | (~Q(kind=OutcomeKind.DECIDED) & Q(decision="")),
                violation_error_message=_("Write what was decided."),
            )
        ]

    def __str__(self) -> str:
        return self.decision or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return f"{self.minutes.meeting.get_absolute_url()}#punkt-{self.agenda_item_id}"


class Waiver(models.Model):
    """A doubt of the check that the secretariat leaves as it is, with a reason."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="waivers")
    doubt = models.CharField(_("doubt"), max_length=80, help_text=_("Its kind and what it is of."))
    reason = models.CharField(_("reason"), max_length=300)
    waived_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    waived_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("waived doubt")
        verbose_name_plural = _("waived doubts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "doubt"], name="waiver_once_a_doubt"),
            models.CheckConstraint(name="waiver_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.doubt
