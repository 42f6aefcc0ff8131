"""Who is invited, who comes, who was there, and round-table news."""

from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting, date_in_words
from taskforce.core.danish import SearchQuerySet, search_field
from taskforce.core.models import Versioned
from taskforce.core.rich_text import clean_html
from taskforce.members.models import (
    Member,
    NameVisibility,
    Organisation,
    Viewer,
    names_shown_to,
    shown_name,
)
from taskforce.members.roles import is_member


class AttendanceStatus(models.TextChoices):
    INVITED = "invited", _("Invited")
    COMING = "coming", _("Coming")
    APOLOGIES = "apologies", _("Sent apologies")
    PRESENT = "present", _("Present")


class AttendanceQuerySet(SearchQuerySet["Attendance"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members read the list; everybody reads who was there, once minutes are published."""
        if is_member(viewer):
            return self
        return self.filter(meeting__minutes__state="published", status=AttendanceStatus.PRESENT)

    def unanswered(self) -> Self:
        return self.filter(status=AttendanceStatus.INVITED)

    def who_get_mail(self) -> Self:
        """Leave out former members, and guests without an e-mail."""
        current = Q(member__to_date=None, member__user__is_active=True, member__isnull=False)
        return self.filter(current | (Q(member=None) & ~Q(email="")))

    def of_organisations(self) -> Self:
        """Leave out people without an organisation."""
        return self.exclude(organisation=None, organisation_name="")

    def present(self) -> Self:
        return self.filter(status=AttendanceStatus.PRESENT)

    def named_to(self, viewer: Viewer) -> Self:
        """Return those whose name the viewer may read."""
        return self.visible_to(viewer).filter(name_visibility__in=names_shown_to(viewer))

    def with_shown_name(self, viewer: Viewer) -> Self:
        return self.annotate(shown_name=shown_name(viewer, name="name"))


class Attendance(models.Model):
    """Somebody invited to or present at a meeting, with the organisation of that day."""

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
    email = models.EmailField(_("e-mail"), blank=True)  # of a guest; members have their own
    status = models.CharField(
        _("answer"), max_length=9, choices=AttendanceStatus, default=AttendanceStatus.INVITED
    )
    online = models.BooleanField(_("online"), default=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # What was answered to another day, before the meeting was moved; asked again since.
    earlier_status = models.CharField(
        _("answer to another day"), max_length=9, choices=AttendanceStatus, blank=True
    )
    earlier_online = models.BooleanField(_("online on another day"), default=False)
    earlier_day = models.DateField(_("the other day"), null=True, blank=True)
    search = search_field("name")

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        indexes = [GinIndex(fields=["search"], name="attendance_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(member__isnull=False),
                name="attendance_once_a_meeting",
            ),
            models.CheckConstraint(
                name="attendance_earlier_answer_has_its_day",
                condition=Q(earlier_status="", earlier_day=None)
                | (~Q(earlier_status="") & Q(earlier_day__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.organisation_name

    @property
    def earlier_words(self) -> str:
        """The answer to another day, and that day: "Kommer: svarede til 28. marts 2027"."""
        if self.earlier_day is None:
            return ""
        return gettext("%(answer)s: answered for %(day)s") % {
            "answer": AttendanceStatus(self.earlier_status).label,
            "day": date_in_words(self.earlier_day),
        }


class RoundTableNewsQuerySet(models.QuerySet["RoundTableNews"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Members read it; afterwards the minutes have it for everybody."""
        return self if is_member(viewer) else self.none()


class RoundTableNews(Versioned):
    """What an organisation has to tell at a meeting, written before it. Clean HTML."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="round_table")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="round_table_news")
    written_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("written"), auto_now=True)
    text = models.TextField(_("our news"))

    objects = RoundTableNewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("round-table news")
        verbose_name_plural = _("round-table news")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"], name="round_table_news_once_an_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.meeting}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = clean_html(self.text)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#bordet-rundt"
