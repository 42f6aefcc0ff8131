"""Follows, reminders that were sent, and the keys of members' calendars."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calls.models.call import Call
from calls.models.consortium import Consortium
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import membership


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, viewer: Viewer) -> Self:
        member = membership(viewer)
        return self.filter(member=member) if member else self.none()

    def of_current_members(self) -> Self:
        return self.filter(member__to_date=None, member__user__is_active=True)


class Follow(models.Model):
    """A member who gets mail about the dates of a call or a consortium."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="follows")
    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="follows")
    consortium = models.ForeignKey(Consortium, models.CASCADE, null=True, related_name="follows")
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="follow_call_xor_consortium",
                condition=Q(call=None, consortium__isnull=False)
                | Q(call__isnull=False, consortium=None),
            ),
            models.UniqueConstraint(fields=["member", "call"], name="follow_call_once"),
            models.UniqueConstraint(fields=["member", "consortium"], name="follow_consortium_once"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.followed}"

    @property
    def followed(self) -> Call | Consortium:
        found = self.call or self.consortium
        assert found is not None  # noqa: S101  # the database holds it
        return found


class SentReminder(models.Model):
    """A reminder that was sent to a member: of one date, a number of days ahead.

    With a consortium, it is that consortium's own date. A deadline that moves is another date.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="call_reminders")
    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    consortium = models.ForeignKey(Consortium, models.CASCADE, null=True, related_name="+")
    passes_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "call", "consortium", "passes_at", "days"],
                name="sent_reminder_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.passes_at} - {self.days}"


class CalendarKey(models.Model):
    """The number of the valid key of a member's calendar; earlier keys no longer work."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_key")
    number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.number}"
