"""Minutes: what was said and agreed, from draft to the frozen, published version."""

from datetime import date
from typing import Any, Self

import nh3
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import AgendaItem, Attendance, Meeting
from taskforce.danish import SearchQuerySet, search_field
from taskforce.members.models import Organisation, User, Viewer, shown_name
from taskforce.members.roles import is_secretariat
from taskforce.models import Versioned

# What minutes are made of; everything else that a document or an editor brings is taken out.
ALLOWED_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "h4", "blockquote"}


class MinutesState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def published(self) -> Self:
        return self.filter(state=MinutesState.PUBLISHED)

    def unpublished(self) -> Self:
        return self.exclude(state=MinutesState.PUBLISHED)

    def visible_to(self, viewer: Viewer) -> Self:
        return self if is_secretariat(viewer) else self.published()


class Minutes(Versioned):
    """The minutes of a meeting."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    state = models.CharField(
        _("state"), max_length=9, choices=MinutesState, default=MinutesState.DRAFT
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

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
            )
        ]

    def __str__(self) -> str:
        return str(_("Minutes of the %(meeting)s")) % {"meeting": self.meeting}

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#referat"

    @property
    def is_published(self) -> bool:
        return self.state == MinutesState.PUBLISHED


class MinutesEntryQuerySet(SearchQuerySet["MinutesEntry"]):
    def visible_to(self, viewer: Viewer) -> Self:
        if is_secretariat(viewer):
            return self
        return self.filter(minutes__state=MinutesState.PUBLISHED)

    def with_speaker(self, viewer: Viewer) -> Self:
        """Add who spoke: the organisation, and the name where it may be read."""
        return self.annotate(
            speaker_organisation=F("speaker__organisation_name"),
            speaker_name=shown_name(
                viewer, name="speaker__name", visibility="speaker__name_visibility"
            ),
        )


class MinutesEntry(models.Model):
    """A passage of the minutes. A round-table passage has a speaker. The text is clean HTML."""

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
    def anchor(self) -> str:
        """The passage's lasting place on the page of its meeting."""
        return f"afsnit-{self.pk}"


def clean_html(text: str) -> str:
    """Return the text with the few tags that minutes are made of, and nothing active."""
    return nh3.clean(
        text, tags=ALLOWED_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )


class MinutesVersion(models.Model):
    """The minutes as they stood when they went to review or were published. Never changed."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("frozen"), db_default=Now(), editable=False)
    frozen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=9, choices=MinutesState)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "number"], name="minutes_version_number_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} ({self.number})"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, viewer: Viewer) -> Self:
        if is_secretariat(viewer):
            return self
        return self.filter(minutes__state=MinutesState.PUBLISHED)


class Correction(models.Model):
    """A dated, visible correction of published minutes; the old text stays."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="corrections")
    entry = models.ForeignKey(
        MinutesEntry, models.SET_NULL, null=True, blank=True, related_name="corrections"
    )
    corrected_on = models.DateField(_("date"))
    text = models.TextField(_("correction"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["corrected_on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def visible_to(self, viewer: Viewer) -> Self:
        if is_secretariat(viewer):
            return self
        return self.filter(meeting__minutes__state=MinutesState.PUBLISHED)

    def open(self) -> Self:
        return self.filter(done_on=None)

    def waiting_for(self, organisation: Organisation) -> Self:
        """Return open points of an organisation, and those that everybody took on."""
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
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#aftalt"

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today
