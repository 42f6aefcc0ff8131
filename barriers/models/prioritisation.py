"""Prioritisation rounds: who may vote on what, the ballots, and the final result."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from barriers.models.barrier import Barrier, is_untold
from meetings.models import Meeting
from taskforce.core.addresses import address_of
from taskforce.core.danish import DanishOrder, SearchQuerySet, search_field
from taskforce.core.models import Slugged, Versioned
from taskforce.members.models import Kind, Member, Organisation, User, Viewer
from taskforce.members.roles import is_secretariat

LARGEST_BALLOT = 7
SMALLEST_GROUP = 3  # ballots; the figures of fewer would reveal single ballots
FEWEST_BALLOTS = SMALLEST_GROUP  # that choose something; the ranking of fewer would tell them too


class Voter(models.TextChoices):
    ORGANISATION = "organisation", _("One ballot per organisation")
    MEMBER = "member", _("One ballot per member")


class PrioritisationRoundQuerySet(SearchQuerySet["PrioritisationRound"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody sees a round once it is opened; before that only the secretariat does."""
        return self if is_secretariat(viewer) else self.exclude(opened_at=None)

    def drafts(self) -> Self:
        return self.filter(opened_at=None)

    def due_to_open(self, moment: datetime) -> Self:
        return self.drafts().filter(opens_by_itself=True, opens_at__lte=moment)

    def open_at(self, moment: datetime) -> Self:
        return self.exclude(opened_at=None).filter(closes_at__gt=moment, closed_at=None)

    def due(self, moment: datetime) -> Self:
        """Return the rounds whose time is up and that are not counted yet."""
        return self.exclude(opened_at=None).filter(closes_at__lte=moment, closed_at=None)

    def closed(self) -> Self:
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")

    def with_ranking(self) -> Self:
        """Add `has_ranking`: whether somebody chose something, and enough did."""
        given = RoundResult.objects.filter(round=OuterRef("pk"), points__gt=0)
        return self.annotate(has_ranking=Exists(given))

    def ranked(self) -> Self:
        """Return the counted rounds whose ranking holds, the latest first."""
        return self.closed().with_ranking().filter(has_ranking=True, voided_at=None)


class PrioritisationRound(Slugged, Versioned):
    """A period in which members rank a list of barriers.

    It is a draft until it is opened: then its list and its voters are fixed (`opened_at` is when).
    It is counted once, when it closes: `closed_at` is when, and the counts go with it. One that was
    declared void is read as it was, and ranks nothing.
    """

    title = models.CharField(_("title"), max_length=120)
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name=_("meeting"),
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    per = models.CharField(_("ballots"), max_length=12, choices=Voter, default=Voter.ORGANISATION)
    ballot_size = models.PositiveSmallIntegerField(_("size of a ballot"))
    barriers = models.ManyToManyField(Barrier, through="RoundBarrier", related_name="rounds")
    left_out = models.ManyToManyField(
        Organisation, related_name="+", blank=True, verbose_name=_("organisations that do not vote")
    )
    opens_by_itself = models.BooleanField(_("opens by itself"), default=False, editable=False)
    note = models.TextField(_("note in the letter"), blank=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("counted"), null=True, blank=True)
    voided_at = models.DateTimeField(_("declared void"), null=True, blank=True, editable=False)
    eligible = models.PositiveSmallIntegerField(_("could vote"), null=True, blank=True)
    voted = models.PositiveSmallIntegerField(_("voted"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False, editable=False)

    search = search_field("title")

    has_ranking: bool  # of rows of `with_ranking`

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
            models.CheckConstraint(
                name="round_opened_before_it_is_counted",
                condition=Q(closed_at=None)
                | Q(opened_at__isnull=False, closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="round_void_once_it_is_counted",
                condition=Q(voided_at=None) | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("barriers:round", self.slug)

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    def is_open(self, moment: datetime) -> bool:
        return self.opened_at is not None and self.closed_at is None and moment < self.closes_at

    @property
    def ballots(self) -> "models.QuerySet[Ballot]":
        return Ballot.objects.filter(voter__round=self)

    @property
    def turnout(self) -> int:
        """Return how many sent a ballot, blank ones too, once the round is counted."""
        return (self.voted or 0) + (self.abstained or 0)

    @property
    def not_voted(self) -> int:
        """Return how many of those who could vote sent no ballot, once the round is counted."""
        return (self.eligible or 0) - self.turnout


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


class EligibleQuerySet(models.QuerySet["Eligible"]):
    def of(self, member: Member) -> Self:
        """Return the voters for whom a member votes: the organisation, or the member alone."""
        return self.filter(
            Q(member=None, organisation=member.organisation_id) | Q(member=member.pk)
        )

    def without_ballot(self) -> Self:
        return self.filter(ballot=None)


class Eligible(models.Model):
    """Who may vote in a round, as they were when it opened: an organisation, or one member."""

    round = models.ForeignKey(PrioritisationRound, models.CASCADE, related_name="voters")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("organisation's name at that time"), max_length=120)
    kind = models.CharField(_("kind at that time"), max_length=20, choices=Kind)

    objects = EligibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("voter of a round")
        verbose_name_plural = _("voters of a round")
        ordering = [DanishOrder("name"), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"],
                condition=Q(member=None),
                name="eligible_once_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["round", "member"],
                condition=Q(member__isnull=False),
                name="eligible_once_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.name}"

    @classmethod
    def rows_that_move(cls, rows: EligibleQuerySet) -> EligibleQuerySet:
        """Return which voters a merge moves: once counted, ballots stay whose they were."""
        return rows.filter(round__closed_at=None)


class Ballot(models.Model):
    """One vote, as it was sent. A voter has one.

    Triggers in the database let nobody change it once its round is counted.
    """

    voter = models.OneToOneField(Eligible, models.CASCADE, related_name="ballot")
    abstains = models.BooleanField(_("abstains"), default=False)
    cast_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    cast_at = models.DateTimeField(_("cast"), default=timezone.now)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.voter)

    @classmethod
    def rows_that_move(cls, rows: models.QuerySet[Self]) -> models.QuerySet[Self]:
        """Return which ballots a merge of people may touch: none that is counted."""
        return rows.filter(voter__round__closed_at=None)


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


class BallotDraft(Versioned):
    """What a voter has chosen so far: saved at each step, and counted only once it is sent.

    Colleagues share it. Its version rises with the draft and with the ballot. It is deleted when
    the round is counted.
    """

    voter = models.OneToOneField(Eligible, models.CASCADE, related_name="draft")
    choices = ArrayField(models.BigIntegerField(), verbose_name=_("choices"), default=list)
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name = _("draft of a ballot")
        verbose_name_plural = _("drafts of ballots")
        constraints = [
            models.CheckConstraint(
                name="ballot_draft_in_bounds", condition=Q(choices__len__lte=LARGEST_BALLOT)
            )
        ]

    def __str__(self) -> str:
        return str(self.voter)


class RoundResultQuerySet(models.QuerySet["RoundResult"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody sees results, except of a barrier that is hidden."""
        if is_secretariat(viewer):
            return self
        return self.filter(~is_untold("barrier__raised_at"), barrier__hidden_at=None)


class RoundResult(models.Model):
    """A barrier's result in a round, with its title at that time. A trigger forbids changes."""

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
        ordering = ["rank", "-choosers", DanishOrder("title"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "barrier"], name="round_result_once"),
            models.CheckConstraint(name="round_result_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.title}"

    @property
    def place(self) -> int | None:
        """Return its rank; None where nobody chose it."""
        return self.rank if self.points else None


class ResultGroup(models.Model):
    """A kind of organisation whose ballots are counted apart, or all kinds with too few ballots."""

    round = models.ForeignKey(PrioritisationRound, models.CASCADE, related_name="groups")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    kinds = ArrayField(models.CharField(max_length=20, choices=Kind))
    ballots = models.PositiveSmallIntegerField(_("ballots"))

    class Meta:
        verbose_name = _("group of a result")
        verbose_name_plural = _("groups of a result")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="result_group_once"),
            models.CheckConstraint(
                name="result_group_of_three", condition=Q(ballots__gte=SMALLEST_GROUP)
            ),
        ]

    def __str__(self) -> str:
        return str(Kind(self.kind).label) if self.kind else str(_("Others"))

    @property
    def folded(self) -> list[Any]:
        """Return the kinds that are counted together as others, in words."""
        return [] if self.kind else [Kind(kind).label for kind in self.kinds]


class GroupResult(models.Model):
    """What one group of voters gave a barrier. A trigger forbids changes."""

    group = models.ForeignKey(ResultGroup, models.CASCADE, related_name="results")
    result = models.ForeignKey(RoundResult, models.CASCADE, related_name="by_group")
    rank = models.PositiveSmallIntegerField(_("rank"))
    points = models.PositiveIntegerField(_("points"))
    choosers = models.PositiveSmallIntegerField(_("chosen by"))

    class Meta:
        verbose_name = _("result of a group")
        verbose_name_plural = _("results of groups")
        ordering = ["rank", "-choosers", DanishOrder("result__title"), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "result"], name="group_result_once"),
            models.CheckConstraint(name="group_result_rank", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.rank}. {self.result.title}"

    @property
    def place(self) -> int | None:
        """Return its rank; None where nobody in the group chose it."""
        return self.rank if self.points else None
