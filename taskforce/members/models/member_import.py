"""A list of people that the secretariat takes in."""

from datetime import timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from taskforce.members.models.people import User


class MemberImport(models.Model):
    """A list as it came, what its columns hold, and once it is taken in, why rows were left.

    `lines` holds the number and the cells of each line; `columns` a field's name for each column,
    "" for one that is left alone; `left` the reason for each line that was not taken in.
    """

    KEPT = timedelta(days=30)  # it holds addresses of people who may never be members

    name = models.CharField(max_length=255)
    lines = models.JSONField()
    first = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=list)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        ordering = ["-added_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:import", args=[self.pk])

    @property
    def people(self) -> list[tuple[int, list[str]]]:
        """Return the lines below the headings."""
        return [(number, cells) for number, cells in self.lines[self.first :]]

    @property
    def headings(self) -> list[str]:
        return self.lines[self.first - 1][1] if self.first else []
