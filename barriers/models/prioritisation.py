"""Prioritisation rounds: who may vote on what, the ballots, and the result that stays."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models.barrier import Barrier, is_untold
from meetings.models import Meeting
from taskforce.danish import DanishOrder
from taskforce.members.models import Member, Organisation, User, Viewer
from taskforce.members.roles import is_secretariat
from taskforce.models import Slugged

LARGEST_BALLOT = 7


class Voter(models.TextChoices):
    ORGANISATION = "organisation", _("One ballot per organisation")
    MEMBER = "member", _("One ballot per member")


class PrioritisationRoundQuerySet(models.QuerySet["PrioritisationRound"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """A round shows once it has opened; before that only the secretariat knows of it."""
        return self if is_secretariat(viewer) else self.filter(opens_at__lte=timezone.now())

    def open_at(self, moment: datetime) -> Self:
        return self.filter(opens_at__lte=moment, closes_at__gt=moment, closed_at=None)

    def due(self, moment: datetime) -> Self:
        """Return the rounds whose time is up and that nobody has counted yet."""
        return self.filter(closes_at__lte=moment, closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")


class PrioritisationRound(Slugged):
    """A period in which members rank a frozen list of barriers.

    It is counted once, when it closes: `closed_at` is when, and the counts go with it.
    """

    title = models.CharField(_("title"), max_length=120)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="rounds"
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    per = models.CharField(_("ballots"), max_length=12, choices=Voter, default=Voter.ORGANISATION)
    ballot_size = models.PositiveSmallIntegerField(_("size of a ballot"))
    barriers = models.ManyToManyField(Barrier, through="RoundBarrier", related_name="rounds")
    closed_at = models.DateTimeField(_("counted"), null=True, blank=True)
    eligible = models.PositiveSmallIntegerField(_("could vote"), null=True, blank=True)
    voted = models.PositiveSmallIntegerField(_("voted"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)

    objects = PrioritisationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("prioritisation round")
        verbose_name_plural = _("prioritisation rounds")
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="round_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The round closes before it opens."),
            ),
            models.CheckConstraint(
                name="round_ballot_size_in_bounds",
                condition=Q(ballot_size__gte=1, ballot_size__lte=LARGEST_BALLOT),
            ),
            models.CheckConstraint(
                name="round_counts_go_with_closing",
                condition=Q(closed_at=None, eligible=None, voted=None, abstained=None)
                | Q(
                    closed_at__isnull=False,
                    eligible__isnull=False,
                    voted__isnull=False,
                    abstained__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("barriers:round", args=[self.slug])

    def is_open(self, moment: datetime) -> bool:
        return self.closed_at is None and self.opens_at <= moment < self.closes_at


class RoundBarrier(models.Model):
    """A barrier on a round's list, which is frozen when the round opens."""

    round = models.ForeignKey(PrioritisationRound, models.CASCADE, related_name="choices")
    barrier = models.ForeignKey(Barrier, models.PROTECT, related_name="choices")

    class Meta:
        verbose_name = _("barrier of a round")
        verbose_name_plural = _("barriers of a round")
        constraints = [
            models.UniqueConstraint(fields=["round", "barrier"], name="round_barrier_once")
        ]

    def __str__(self) -> str:
        return str(self.barrier)


class Ballot(models.Model):
    """One vote: an organisation's, or a member's where the round counts members."""

    round = models.ForeignKey(PrioritisationRound, models.CASCADE, related_name="ballots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="ballots")
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    abstains = models.BooleanField(_("abstains"), default=False)
    cast_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    cast_at = models.DateTimeField(_("cast"), default=timezone.now)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(member=None),
                name="ballot_one_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["round", "member"],
                condition=Q(member__isnull=False),
                name="ballot_one_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.organisation}"


class BallotLine(models.Model):
    """One choice on a ballot; rank 1 is the most important."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="lines")
    barrier = models.ForeignKey(Barrier, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("line of a ballot")
        verbose_name_plural = _("lines of a ballot")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "barrier"], name="ballot_barrier_once"),
            models.UniqueConstraint(fields=["ballot", "rank"], name="ballot_rank_once"),
            models.CheckConstraint(
                name="ballot_rank_in_bounds", condition=Q(rank__gte=1, rank__lte=LARGEST_BALLOT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.barrier}"


class RoundResultQuerySet(models.QuerySet["RoundResult"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Results exist from the closing on and are public, except of a barrier that is hidden."""
        if is_secretariat(viewer):
            return self
        return self.filter(~is_untold("barrier__raised_at"), barrier__hidden_at=None)


class RoundResult(models.Model):
    """What a barrier came to in a round, with its title at that time. Never changed."""

    round = models.ForeignKey(PrioritisationRound, models.CASCADE, related_name="results")
    barrier = models.ForeignKey(Barrier, models.PROTECT, related_name="results")
    title = models.CharField(_("title at that time"), max_length=160)
    rank = models.PositiveSmallIntegerField(_("rank"))
    points = models.PositiveIntegerField(_("points"))
    choosers = models.PositiveSmallIntegerField(_("chosen by"))

    objects = RoundResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a round")
        verbose_name_plural = _("results of a round")
        ordering = ["rank", "-choosers", DanishOrder("title")]
        constraints = [
            models.UniqueConstraint(fields=["round", "barrier"], name="round_result_once"),
            models.CheckConstraint(name="round_result_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"
