"""What the portal counts of itself."""

from django.db import models
from django.db.models import Q


class Trouble(models.TextChoices):
    SLOW = "slow"
    FAULT = "fault"


class Tally(models.Model):
    """How many slow answers, or faults, a day had (`taskforce.ops.requests`)."""

    day = models.DateField()
    kind = models.CharField(max_length=5, choices=Trouble)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="tally_once_a_day"),
            models.CheckConstraint(name="tally_of_a_kind", condition=Q(kind__in=Trouble.values)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.number}"
