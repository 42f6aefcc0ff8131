"""Coming and going: who is asked in, who leaves or hands over, and who has not been seen."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from taskforce.members.models.people import Member, User


def drawn_key() -> str:
    return get_random_string(32)


class Invitation(models.Model):
    """The latest letter that asked a member in: its link, and what came of it.

    A letter that is sent again has another key, so that the link before it is dead.
    """

    WORKS = timedelta(days=30)

    member = models.OneToOneField(Member, models.CASCADE, related_name="invitation")
    key = models.CharField(max_length=32, unique=True, default=drawn_key, editable=False)
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    asked_again_at = models.DateTimeField(_("asked for a new one"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to the portal")
        verbose_name_plural = _("invitations to the portal")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> datetime:
        return self.sent_at + self.WORKS

    @property
    def is_expired(self) -> bool:
        return self.accepted_at is None and self.expires_at <= timezone.now()


class HandOver(models.Model):
    """A member who leaves after a day, or hands over to another who takes over the day after."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="hand_over")
    last_day = models.DateField(_("last day"))
    successor = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    stays = models.BooleanField(_("stays a member"), default=False)
    # What the successor takes over, each as "actionpoint.12"; the rest stays without a person.
    gives = ArrayField(models.CharField(max_length=40), default=list)
    arranged_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["last_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="hand_over_to_another", condition=~Q(successor=F("member"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.last_day:%F}"


class Silence(models.Model):
    """A member who was told that nobody has seen them for a year; gone once they are back."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="silence")
    told_on = models.DateField(_("told"), default=timezone.localdate)
    kept_on = models.DateField(_("kept by the secretariat"), null=True, blank=True)

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        ordering = ["told_on", "pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.told_on:%F}"


class Erasure(models.Model):
    """That a person was erased, and when: evidence without the name.

    `digest` tells their address again where an older backup brings it back, and nothing else.
    """

    person = models.PositiveBigIntegerField(unique=True)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%F}"
