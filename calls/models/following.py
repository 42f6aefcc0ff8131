"""The keys of members' calendars."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from taskforce.members.models import Member


class CalendarKey(models.Model):
    """The number of the valid key of a member's calendar; earlier keys no longer work."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_key")
    number = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("link of a calendar")
        verbose_name_plural = _("links of calendars")

    def __str__(self) -> str:
        return f"{self.member_id}: {self.number}"
