"""Buyers' requests: what somebody outside asks a few organisations, and whether they answer."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from taskforce.members.models.organisation import Organisation

MOST_ASKED = 5  # organisations at once


class Answer(models.TextChoices):
    YES = "yes", _("We would like to")
    NO = "no", _("Not this time")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def sent(self) -> Self:
        return self.exclude(confirmed_at=None)

    def waiting_since_before(self, moment: Any) -> Self:
        """Return those whose buyer has not followed the link in the mail."""
        return self.filter(confirmed_at=None, created_at__lt=moment)


class Inquiry(models.Model):
    """What a buyer asks up to five organisations. Nobody reads it on a page but the asked.

    Who asked is forgotten after six months; that it was asked, and answered, is still counted.
    """

    name = models.CharField(_("your name"), max_length=120)
    buyer = models.CharField(_("your organisation"), max_length=120)
    email = models.EmailField(_("your e-mail address"))
    what = models.TextField(_("what do you want to buy?"), max_length=4000)
    where = models.CharField(_("where?"), max_length=160)
    by_when = models.DateField(_("by when?"), null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    organisations = models.ManyToManyField(
        Organisation, through="AskedOrganisation", related_name="inquiries"
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("buyer's request")
        verbose_name_plural = _("buyers' requests")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.buyer}: {self.what[:60]}"


class AskedOrganisation(models.Model):
    """An organisation that a buyer asks, and its answer."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="asked")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="asked")
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("asked organisation")
        verbose_name_plural = _("asked organisations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                F("inquiry"), F("organisation"), name="inquiry_asks_each_organisation_once"
            ),
            models.CheckConstraint(
                name="inquiry_answer_matches_date",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
