"""Meetings: when and where, and what is handed out."""

from datetime import date, datetime, time, timedelta
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from taskforce.core.addresses import address_of
from taskforce.core.danish import FileWords, SearchQuerySet, search_field
from taskforce.members.models import Viewer
from taskforce.members.roles import is_member


def numbered(number: int) -> str:
    """Return what a meeting without a title is called: 7. møde, 7th meeting."""
    ends = {1: "st", 2: "nd", 3: "rd"} if number % 100 not in (11, 12, 13) else {}
    end = "." if get_language() == "da" else ends.get(number % 10, "th")
    return gettext("%(ordinal)s meeting") % {"ordinal": f"{number}{end}"}


class Precision(models.TextChoices):
    DAY = "day", _("A day")
    MONTH = "month", _("Only the month is known")


class Format(models.TextChoices):
    ONLINE = "online", _("Online")
    IN_PERSON = "in_person", _("In person")
    HYBRID = "hybrid", _("In person and online")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class MeetingQuerySet(SearchQuerySet["Meeting"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Return all: every meeting is public; its link, its sign-ups and draft minutes are not."""
        return self

    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def with_a_day(self) -> Self:
        """Leave out those of which only the month is known: they would fill it in calendars."""
        return self.filter(date_precision=Precision.DAY)

    def coming(self, day: date) -> Self:
        """Return planned meetings from a day on, the next first. A month counts until it ends."""
        first = TruncMonth(Value(day, models.DateField()))
        this_month = Q(date_precision=Precision.MONTH, date__gte=first)
        return self.filter(
            Q(date_precision=Precision.DAY, date__gte=day) | this_month, state=MeetingState.PLANNED
        ).order_by("date", "number")

    def passed(self, day: date) -> Self:
        """Return planned meetings whose day or month ended before a day."""
        that_month = Q(date_precision=Precision.MONTH, date__lt=day.replace(day=1))
        return self.planned().filter(Q(date_precision=Precision.DAY, date__lt=day) | that_month)


class Meeting(models.Model):
    """A meeting of the taskforce. Where only the month is known, `date` is its first day."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    date = models.DateField(_("date"))
    date_precision = models.CharField(
        _("how precise"), max_length=5, choices=Precision, default=Precision.DAY
    )
    starts = models.TimeField(_("starts"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    format = models.CharField(_("format"), max_length=9, choices=Format, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to the meeting"), blank=True, help_text=_("Members only."))
    state = models.CharField(
        _("state"), max_length=9, choices=MeetingState, default=MeetingState.PLANNED
    )
    # Rises with each change, so that calendars keep the newest entry (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(_("changes told"), default=0, editable=False)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    # The last time that everybody on the list got the agenda.
    agenda_sent_at = models.DateTimeField(_("agenda sent"), null=True, blank=True, editable=False)
    # Members read the reason; everybody sees that the meeting is cancelled.
    cancelled_reason = models.TextField(_("reason"), blank=True, editable=False)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "place")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-number"]
        indexes = [GinIndex(fields=["search"], name="meeting_search")]
        constraints = [
            models.CheckConstraint(name="meeting_number_positive", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="meeting_times_in_order",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                violation_error_message=_("The meeting ends before it starts."),
            ),
            # A month is kept as its first day, and has no time.
            models.CheckConstraint(
                name="meeting_month_has_no_day_or_time",
                condition=~Q(date_precision=Precision.MONTH)
                | Q(date__day=1, starts=None, ends=None),
                violation_error_message=_("Where only the month is known there is no time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or numbered(self.number)

    def get_absolute_url(self) -> str:
        return address_of("meetings:detail", self.number)

    @property
    def when(self) -> str:
        """The date in words: "15. november 2022", or "januar 2023" for a month."""
        return date_in_words(self.date, self.date_precision)

    @property
    def hours(self) -> str:
        """The times in words, such as "14.00–15.30"; empty where none are known."""
        return "–".join(f"{clock:%H.%M}" for clock in (self.starts, self.ends) if clock)

    @property
    def over_at(self) -> datetime:
        """When the meeting is over: at its end, or with the last day that it may fall on."""
        if self.ends:
            return timezone.make_aware(datetime.combine(self.date, self.ends))
        return timezone.make_aware(
            datetime.combine(day_after(self.date, self.date_precision), time())
        )

    @property
    def has_begun(self) -> bool:
        """Whether the meeting is no longer ahead; where only the month is known, that month."""
        begins = datetime.combine(self.date, self.starts or time())
        return timezone.make_aware(begins) <= timezone.now()

    @property
    def state_words(self) -> str:
        """The state as people read it: of a planned meeting that is past, nobody told."""
        return state_in_words(self.state, self.date, self.date_precision)

    @property
    def is_over(self) -> bool:
        return self.over_at <= timezone.now()


def day_after(day: date, precision: str) -> date:
    """Return the day after a day, or after a month that is kept as its first day."""
    if precision == Precision.DAY:
        return day + timedelta(days=1)
    return (day + timedelta(days=32)).replace(day=1)


def state_in_words(state: str, day: date, precision: str) -> str:
    """Return a meeting's state; whether a planned one took place is not told once it is past."""
    if state == MeetingState.PLANNED and day_after(day, precision) <= timezone.localdate():
        return gettext("Not told")
    return str(MeetingState(state).label)


def date_in_words(day: date, precision: str = Precision.DAY) -> str:
    style = "DATE_FORMAT" if precision == Precision.DAY else "YEAR_MONTH_FORMAT"
    return str(formats.date_format(day, style))


class MaterialQuerySet(SearchQuerySet["Material"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members read all material; everybody reads it once the minutes are published."""
        return self if is_member(viewer) else self.filter(meeting__minutes__state="published")

    def unread(self) -> Self:
        """Return those whose file has not been read for the search since it was chosen."""
        return self.exclude(file="").exclude(read_file=F("file"))


class Material(models.Model):
    """A file or a link that was handed out at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="material/%Y/", blank=True)
    # The file whose text can be searched, in `pages`.
    read_file = models.CharField(max_length=100, default="", db_default="", editable=False)
    search = search_field("title", FileWords("file"))

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]
        indexes = [GinIndex(fields=["search"], name="material_search")]
        constraints = [
            models.CheckConstraint(
                name="material_file_xor_link",
                condition=Q(link="", file__gt="") | Q(link__gt="", file=""),
                violation_error_message=_("Give either a file or a link."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the link, or the address that checks who may download the file."""
        return self.link or reverse("meetings:material", args=[self.meeting.number, self.pk])

    @property
    def anchor(self) -> str:
        return f"materiale-{self.pk}"


class MaterialPageQuerySet(SearchQuerySet["MaterialPage"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever may download the file may find what it says, unless it was replaced since."""
        seen = Material.objects.visible_to(viewer)
        return self.filter(material__in=seen, material__file=F("material__read_file"))


class MaterialPage(models.Model):
    """The words of a page of a file, to be found by; of a file without pages, of a part of it."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    search = search_field("text")

    objects = MaterialPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of material")
        verbose_name_plural = _("pages of material")
        ordering = ["number"]
        indexes = [GinIndex(fields=["search"], name="material_page_search")]
        constraints = [
            models.UniqueConstraint(fields=["material", "number"], name="material_page_once")
        ]

    def __str__(self) -> str:
        return f"{self.material} ({self.number})"
