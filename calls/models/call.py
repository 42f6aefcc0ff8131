"""EU calls: what they pay for, what they ask, and when they close."""

from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Initiative
from meetings.models import Meeting
from taskforce.danish import SearchQuerySet, search_field
from taskforce.members.models import Kind, Viewer
from taskforce.models import Slugged, Versioned

BRUSSELS = "Europe/Brussels"  # EU portals state deadlines in Brussels time


class CallQuerySet(SearchQuerySet["Call"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Calls are public."""
        return self

    def open_at(self, moment: datetime) -> Self:
        """Return the calls that still can be applied to, the first to close first."""
        return self.filter(Q(closes_at__gt=moment) | Q(closes_at=None)).order_by("closes_at", "pk")

    def closed_at(self, moment: datetime) -> Self:
        """Return the calls whose last deadline has passed, the latest first."""
        return self.filter(closes_at__lte=moment).order_by("-closes_at", "-pk")


class Call(Slugged, Versioned):
    """A call for proposals. `closes_at` repeats its last deadline: lists sort by its index."""

    topic_id = models.CharField(
        _("topic identifier"), max_length=80, unique=True, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"))
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)
    budget = models.PositiveIntegerField(_("budget in euro"), null=True, blank=True)
    grant_max = models.PositiveIntegerField(_("largest grant in euro"), null=True, blank=True)
    participants_min = models.PositiveSmallIntegerField(
        _("fewest applicants"), null=True, blank=True
    )
    participants_max = models.PositiveSmallIntegerField(_("most applicants"), null=True, blank=True)
    countries_min = models.PositiveSmallIntegerField(_("fewest countries"), null=True, blank=True)
    kinds_required = ArrayField(
        models.CharField(max_length=20, choices=Kind),
        verbose_name=_("kinds of organisation it asks for"),
        default=list,
        blank=True,
    )
    checked_on = models.DateField(_("checked against the source"), null=True, blank=True)
    shared_at = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    # A call may come up again at later meetings.
    told_again_at = models.ManyToManyField(
        Meeting, related_name="calls_told_again", blank=True, verbose_name=_("told again at")
    )
    barriers = models.ManyToManyField(
        Barrier, related_name="calls", blank=True, verbose_name=_("barriers it can help with")
    )
    initiatives = models.ManyToManyField(
        Initiative, related_name="calls", blank=True, verbose_name=_("initiatives it can pay for")
    )
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "topic_id", "summary")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = [F("closes_at").desc(nulls_last=True), "-pk"]
        indexes = [models.Index(fields=["closes_at", "id"], name="call_by_deadline")]
        constraints = [
            models.CheckConstraint(
                name="call_participants_in_order",
                condition=Q(participants_min=None)
                | Q(participants_max=None)
                | Q(participants_max__gte=F("participants_min")),
                violation_error_message=_("The most applicants are fewer than the fewest."),
            ),
            models.CheckConstraint(
                name="call_grant_within_budget",
                condition=Q(budget=None) | Q(grant_max=None) | Q(grant_max__lte=F("budget")),
                violation_error_message=_("The largest grant is over the whole budget."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:detail", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topic_id = self.topic_id or None  # "" would be taken once only
        super().save(*args, **kwargs)

    def is_open(self, moment: datetime) -> bool:
        return self.closes_at is None or self.closes_at > moment


def check_zone(name: str) -> None:
    """Raise ValidationError for what is not the name of a time zone."""
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError) as error:
        raise ValidationError(_("This is not a time zone, such as Europe/Brussels.")) from error


class CallDeadline(models.Model):
    """One deadline of a call, with the time and zone that the call states."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="deadlines")
    day = models.DateField(_("date"))
    time = models.TimeField(_("time"), null=True, blank=True)
    zone = models.CharField(
        _("time zone"), max_length=40, default=BRUSSELS, validators=[check_zone]
    )
    label = models.CharField(_("stage"), max_length=80, blank=True)
    passes_at = models.DateTimeField(_("passes"), editable=False)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["passes_at"]
        constraints = [
            models.UniqueConstraint(fields=["call", "day", "label"], name="call_deadline_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.call}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.passes_at = self.moment
        super().save(*args, **kwargs)
        last = self.call.deadlines.aggregate(last=Max("passes_at"))["last"]
        Call.objects.filter(pk=self.call_id).update(closes_at=last)

    @property
    def moment(self) -> datetime:
        """When it passes; a day without a time lasts until its end, where the call is."""
        zone = ZoneInfo(self.zone)
        if self.time:
            return datetime.combine(self.day, self.time, zone)
        return datetime.combine(self.day + timedelta(days=1), time.min, zone)
