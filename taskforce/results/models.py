"""Results: figures from outside with their source, goals, kept years and their reports."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Versioned
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat


class Known(models.TextChoices):
    """How a figure is known."""

    COUNTED = "counted", _("Counted")
    REPORTED = "reported", _("Reported by somebody")
    ESTIMATED = "estimated", _("Estimated")


class FigureQuerySet(SearchQuerySet["Figure"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads what is published; the secretariat also reads what is not."""
        return self if is_secretariat(viewer) else self.published()

    def of_year(self, year: int) -> Self:
        """Return the figures whose period touches a year."""
        return self.filter(from_on__lte=date(year, 12, 31), to_on__gte=date(year, 1, 1))


class Figure(Versioned):
    """A figure that the portal cannot count itself: what, how much, when, and who says so."""

    what = models.CharField(_("what is counted"), max_length=160)
    number = models.PositiveBigIntegerField(_("number"))
    unit = models.CharField(_("unit"), max_length=60)
    from_on = models.DateField(_("first day of the period"))
    to_on = models.DateField(_("last day of the period"))
    known = models.CharField(_("how it is known"), max_length=9, choices=Known)
    known_by = models.CharField(_("who reported it"), max_length=160, blank=True)
    way = models.TextField(_("how it was estimated"), max_length=1000, blank=True)
    # How many of how many organisations the figure is made of.
    reported = models.PositiveIntegerField(_("organisations that reported"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("organisations that were asked"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_link = models.URLField(_("link to the source"), max_length=500, blank=True)
    source_on = models.DateField(_("day of the source"), null=True, blank=True)
    entered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    # When its number, unit or period was last changed after it was published.
    corrected_at = models.DateTimeField(_("corrected"), null=True, editable=False)
    search = search_field("what", "unit", "known_by", "way", "source")

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure from outside")
        verbose_name_plural = _("figures from outside")
        ordering = ["what", "unit", "-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="figure_published_with_its_source",
                condition=Q(published_at=None) | (~Q(source="") & Q(source_on__isnull=False)),
                violation_error_message=_("A figure is published with its source and its day."),
            ),
            models.CheckConstraint(
                name="figure_period_in_order",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message=_("The period ends before it begins."),
            ),
            models.CheckConstraint(
                name="figure_says_how_it_is_known",
                condition=(~Q(known=Known.REPORTED) | ~Q(known_by=""))
                & (~Q(known=Known.ESTIMATED) | ~Q(way="")),
                violation_error_message=_("Say who reported the figure, or how it was estimated."),
            ),
            models.CheckConstraint(
                name="figure_reported_by_some_of_those_asked",
                condition=Q(reported=None, asked=None)
                | Q(reported__gte=1, asked__gte=F("reported")),
                violation_error_message=_(
                    "Say how many organisations reported, and how many were asked, or neither."
                ),
            ),
            models.CheckConstraint(
                name="figure_corrected_only_once_published",
                condition=Q(corrected_at=None) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        if self.is_published:
            return f"{reverse('results:index')}#tal-{self.pk}"
        return reverse("results:edit_figure", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class GoalQuerySet(SearchQuerySet["Goal"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads goals once they are published; the secretariat also before."""
        return self if is_secretariat(viewer) else self.published()


class Goal(Versioned):
    """Something to be reached by a day. Its steps say what it was on each day, and what it is."""

    what = models.CharField(_("what is to be reached"), max_length=160)
    unit = models.CharField(_("unit"), max_length=60)
    # Names the number that says how far it is (`goals.progress`); nothing does where it is empty.
    measure = models.CharField(
        _("what says how far it is"), max_length=100, blank=True, default="", db_default=""
    )
    entered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    search = search_field("what", "unit")

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        if self.is_published:
            return f"{reverse('results:index')}#maal-{self.pk}"
        return reverse("results:goal", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class StepKind(models.TextChoices):
    SET = "set", _("Set")
    CHANGED = "changed", _("Changed")
    REACHED = "reached", _("Reached")
    MISSED = "missed", _("Not reached")


class GoalStepQuerySet(models.QuerySet["GoalStep"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(goal__in=Goal.objects.visible_to(viewer))


class GoalStep(models.Model):
    """What a goal was from a day on, and why it was changed."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=7, choices=StepKind)
    number = models.PositiveBigIntegerField(_("number"))
    due_on = models.DateField(_("to be reached by"))
    on = models.DateField(_("on"), default=timezone.localdate)
    reason = models.TextField(_("reason"), max_length=600, blank=True)

    objects = GoalStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a goal")
        verbose_name_plural = _("steps of a goal")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal"], condition=Q(kind=StepKind.SET), name="goal_set_once"
            ),
            models.CheckConstraint(
                name="goal_changed_with_a_reason",
                condition=Q(kind=StepKind.SET) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal}: {self.get_kind_display()}"


class KeptYearQuerySet(models.QuerySet["KeptYear"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads the figures of a year that is kept."""
        return self


class KeptYear(models.Model):
    """The figures of a year as they were on a day. They never change.

    `counted` holds what the portal counted, by the key of each measure; `told` the numbers of good
    examples, and `outside` the figures from outside. `behind` names the rows behind the numbers,
    for the report (`report.gathering`); a year that was kept before there were reports has none.
    """

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)
    kept_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    counted = models.JSONField(_("what the portal counted"), default=dict)
    told = models.JSONField(_("numbers of good examples"), default=list)
    outside = models.JSONField(_("figures from outside"), default=list)
    behind = models.JSONField(_("rows behind the numbers"), default=dict)

    objects = KeptYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("year that is kept")
        verbose_name_plural = _("years that are kept")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="kept_year_in_reach", condition=Q(year__gte=1990, year__lte=2099)
            ),
        ]

    def __str__(self) -> str:
        return gettext("Results %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("results:year", args=[self.year])


class YearNoteQuerySet(models.QuerySet["YearNote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads what was corrected."""
        return self


class YearNote(models.Model):
    """What was found wrong in the figures of a year after they were kept, and when."""

    year = models.ForeignKey(KeptYear, models.CASCADE, related_name="notes")
    text = models.TextField(_("what was corrected"), max_length=1000)
    at = models.DateTimeField(_("written"), default=timezone.now)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    objects = YearNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a year")
        verbose_name_plural = _("corrections of years")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.year}: {self.text[:60]}"


class ReportQuerySet(SearchQuerySet["Report"]):
    def published(self) -> Self:
        return self.exclude(published_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody reads published reports, the secretariat also what it prepares."""
        return self if is_secretariat(viewer) else self.published()


class Report(Versioned):
    """The report of a year: what the secretariat says first; the rest stands in the kept year."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    introduction = models.TextField(_("introduction"), blank=True)  # clean HTML
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    search = search_field("introduction")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="report_year_in_reach", condition=Q(year__gte=1990, year__lte=2099)
            ),
            models.CheckConstraint(
                name="report_published_with_introduction",
                condition=Q(published_at=None) | ~Q(introduction=""),
                violation_error_message=_("A report is published with its introduction."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Yearly report %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        if self.is_published:
            return reverse("results:year", args=[self.year])
        return reverse("results:write_report", args=[self.year])

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
