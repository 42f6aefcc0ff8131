"""Meetings: when and where, what is on the agenda, who takes part, what is handed out."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from taskforce.danish import SearchQuerySet, search_field
from taskforce.members.models import Member, NameVisibility, Organisation, Viewer, shown_name
from taskforce.members.roles import is_member


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


class AttendanceStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    COMING = "coming", _("Coming")
    APOLOGIES = "apologies", _("Sent apologies")
    PRESENT = "present", _("Present")


class MeetingQuerySet(SearchQuerySet["Meeting"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Every meeting is public; its link, sign-ups and drafts are not."""
        return self

    def coming(self, day: date) -> Self:
        """Return planned meetings from a day on, the next first. A month counts until it ends."""
        this_month = Q(date_precision=Precision.MONTH, date__gte=day.replace(day=1))
        return self.filter(
            Q(date_precision=Precision.DAY, date__gte=day) | this_month, state=MeetingState.PLANNED
        ).order_by("date", "number")


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
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)
    search = search_field("title", "place")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="meeting_number_positive", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="meeting_times_in_order",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                violation_error_message=_("The meeting ends before it starts."),
            ),
            # A month is not a day: it is kept as its first day, and no time goes with it.
            models.CheckConstraint(
                name="meeting_month_has_no_day_or_time",
                condition=~Q(date_precision=Precision.MONTH)
                | Q(date__day=1, starts=None, ends=None),
                violation_error_message=_("Where only the month is known there is no time."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("%(number)s. meeting")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.number])

    @property
    def when(self) -> str:
        """The date in words: "15. november 2022", or "januar 2023" for a month."""
        return date_in_words(self.date, self.date_precision)

    @property
    def hours(self) -> str:
        """The times in words, such as "14.00–15.30"; empty where none are known."""
        return "–".join(f"{clock:%H.%M}" for clock in (self.starts, self.ends) if clock)


def date_in_words(day: date, precision: str = Precision.DAY) -> str:
    style = "DATE_FORMAT" if precision == Precision.DAY else "YEAR_MONTH_FORMAT"
    return str(formats.date_format(day, style))


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def with_responsible(self, viewer: Viewer) -> Self:
        """Add who is responsible: the organisation, and the name where it may be read."""
        return self.annotate(
            responsible_organisation=F("responsible__organisation_name"),
            responsible_name=shown_name(
                viewer, name="responsible__name", visibility="responsible__name_visibility"
            ),
        )


class AgendaItem(models.Model):
    """One item of a meeting's agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"))
    starts = models.TimeField(_("starts"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    responsible = models.ForeignKey(
        "Attendance", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order"]
        constraints = [
            # Deferred, so that two items can change places in one transaction.
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agenda_item_order_unique",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members see who signed up; everybody sees who was there, once minutes are out."""
        if is_member(viewer):
            return self
        return self.filter(meeting__minutes__state="published", status=AttendanceStatus.PRESENT)

    def present(self) -> Self:
        return self.filter(status=AttendanceStatus.PRESENT)

    def with_shown_name(self, viewer: Viewer) -> Self:
        return self.annotate(shown_name=shown_name(viewer, name="name"))


class Attendance(models.Model):
    """Somebody invited to or present at a meeting, with the organisation as it was that day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(_("name"), max_length=120)
    name_visibility = models.CharField(
        _("who may read the name"),
        max_length=8,
        choices=NameVisibility,
        default=NameVisibility.NOBODY,
    )
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    organisation_name = models.CharField(_("organisation at the time"), max_length=120)
    status = models.CharField(
        _("answer"), max_length=9, choices=AttendanceStatus, default=AttendanceStatus.INVITED
    )
    online = models.BooleanField(_("online"), default=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(member__isnull=False),
                name="attendance_once_a_meeting",
            )
        ]

    def __str__(self) -> str:
        return self.organisation_name


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members read all material; everybody does once the minutes are published."""
        return self if is_member(viewer) else self.filter(meeting__minutes__state="published")


class Material(models.Model):
    """Something handed out at a meeting: a file or a link."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="material/%Y/", blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["pk"]
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
        """Return where it is read: the link, or the view that asks who reads the file."""
        return self.link or reverse("meetings:material", args=[self.meeting.number, self.pk])
