"""EU calls: what they pay for, what they ask, and when they close."""

from datetime import datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Initiative
from meetings.models import Meeting
from taskforce.core.addresses import address_of
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Slugged, Versioned
from taskforce.members.models import Kind, Viewer
from taskforce.news.models import NewsItem

BRUSSELS = "Europe/Brussels"  # EU portals state deadlines in Brussels time

# Calls ask for "an EU network" where a network of one country does not count.
EU_NETWORK = "eu_network"
KINDS = [*Kind.choices, (EU_NETWORK, _("EU network"))]


class Outcome(models.TextChoices):
    """What became of an application."""

    PREPARING = "preparing", _("Preparing")
    APPLIED = "applied", _("Applied")
    GRANTED = "granted", _("Granted")
    REJECTED = "rejected", _("Rejected")
    UNKNOWN = "unknown", _("Outcome not told")


# The outcome of a call is the best one of its consortia, in this order.
TOLD_OUTCOMES = (Outcome.GRANTED, Outcome.APPLIED, Outcome.REJECTED)


class CallQuerySet(SearchQuerySet["Call"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Calls are public."""
        return self

    def open_at(self, moment: datetime) -> Self:
        """Return the calls that are open, with the next deadline first."""
        found = self.filter(Q(closes_at__gt=moment) | Q(closes_at=None))
        # Of two stages, the next one counts.
        return found.with_next(moment).order_by("next_at", "pk")

    def closed_at(self, moment: datetime) -> Self:
        """Return the calls whose last deadline has passed, the latest first."""
        closed = self.filter(closes_at__lte=moment).with_next(moment)
        return closed.order_by("-closes_at", "-pk")

    def with_next(self, moment: datetime) -> Self:
        """Add the next deadline and its stage; the last deadline where none is ahead."""
        ahead = CallDeadline.objects.filter(call=OuterRef("pk"), passes_at__gt=moment)
        first = ahead.order_by("passes_at")
        return self.annotate(
            next_at=Coalesce(Subquery(first.values("passes_at")[:1]), F("closes_at")),
            next_stage=Coalesce(Subquery(first.values("label")[:1]), Value("")),
        )


class Call(Slugged, Versioned):
    """A call for proposals.

    `closes_at` repeats its last deadline, since lists sort by its index. `outcome` repeats the
    best outcome of the consortia that do not hide, so that the thread needs no further query.
    """

    topic_id = models.CharField(  # noqa: DJ001  # "" would be taken once only
        _("topic identifier"), max_length=80, null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    description = models.TextField(_("what the EU writes"), blank=True)  # clean HTML
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    type_of_action = models.CharField(_("type of action"), max_length=200, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    opens_on = models.DateField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, editable=False)
    budget = models.PositiveBigIntegerField(_("budget in euro"), null=True, blank=True)
    grant_min = models.PositiveBigIntegerField(_("smallest grant in euro"), null=True, blank=True)
    grant_max = models.PositiveBigIntegerField(_("largest grant in euro"), null=True, blank=True)
    participants_min = models.PositiveSmallIntegerField(
        _("fewest applicants"), null=True, blank=True
    )
    participants_max = models.PositiveSmallIntegerField(_("most applicants"), null=True, blank=True)
    countries_min = models.PositiveSmallIntegerField(_("fewest countries"), null=True, blank=True)
    kinds_required = ArrayField(
        models.CharField(max_length=20, choices=KINDS),
        verbose_name=_("kinds of organisation it asks for"),
        default=list,
        blank=True,
    )
    rules_link = models.URLField(_("where the rules stand"), max_length=500, blank=True)
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
    news = models.ManyToManyField(
        NewsItem, related_name="calls", blank=True, verbose_name=_("news about it")
    )
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome, blank=True, editable=False
    )
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "topic_id", "summary", "programme", "description")

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = [F("closes_at").desc(nulls_last=True), "-pk"]
        indexes = [
            models.Index(fields=["closes_at", "id"], name="call_by_deadline"),
            GinIndex(fields=["search"], name="call_search"),
        ]
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
            models.CheckConstraint(
                name="call_grants_in_order",
                condition=Q(grant_min=None) | Q(grant_max=None) | Q(grant_max__gte=F("grant_min")),
                violation_error_message=_("The largest grant is under the smallest."),
            ),
            models.UniqueConstraint(
                Upper("topic_id"),
                name="call_topic_once",
                violation_error_message=_("A call with this topic is in the portal already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("calls:detail", self.slug)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.topic_id = self.topic_id or None  # "" would be taken once only
        super().save(*args, **kwargs)

    def is_open(self, moment: datetime) -> bool:
        return self.closes_at is None or self.closes_at > moment

    @property
    def has_closed(self) -> bool:
        return not self.is_open(timezone.now())


def check_zone(name: str) -> None:
    """Raise ValidationError where a name is no time zone's."""
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError) as error:
        raise ValidationError(_("This is not a time zone, such as Europe/Brussels.")) from error


class CallDeadline(models.Model):
    """A deadline of a call, with the time and zone that the call states."""

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
        self._update_call()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        deleted = super().delete(*args, **kwargs)
        self._update_call()
        return deleted

    def _update_call(self) -> None:
        last = CallDeadline.objects.filter(call=self.call_id).aggregate(last=Max("passes_at"))
        Call.objects.filter(pk=self.call_id).update(closes_at=last["last"])

    @property
    def moment(self) -> datetime:
        """Return when it passes; without a time, at the end of its day in its zone."""
        zone = ZoneInfo(self.zone)
        if self.time:
            return datetime.combine(self.day, self.time, zone)
        return datetime.combine(self.day + timedelta(days=1), time.min, zone)
