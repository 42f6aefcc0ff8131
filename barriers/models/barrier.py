"""Barriers: what stands in the way of social procurement, and whether it is gone."""

from functools import cache
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from meetings.models import Meeting, Minutes
from taskforce.activity.models import Verb
from taskforce.core.addresses import address_of
from taskforce.core.danish import DanishForms, DanishOrder, SearchQuerySet, search_field
from taskforce.core.models import Slugged, ToldInEnglish, Versioned
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership
from taskforce.news.models import NewsItem


class BarrierState(models.TextChoices):
    OPEN = "open", _("Open")
    ADDRESSED = "addressed", _("Being addressed")
    RESOLVED = "resolved", _("Resolved")
    DROPPED = "dropped", _("No longer relevant")
    MERGED = "merged", _("Merged")

    @property
    def meaning(self) -> StrOrPromise:
        """Explain the state in a sentence."""
        return MEANINGS[self]


MEANINGS: dict[str, StrOrPromise] = {
    BarrierState.OPEN: _("It stands in the way, and nobody has taken it up yet."),
    BarrierState.ADDRESSED: _("Members work on it, but it still stands in the way."),
    BarrierState.RESOLVED: _("It stands in the way no more, and the page says why."),
    BarrierState.DROPPED: _("It matters no more, though nobody resolved it; the page says why."),
    BarrierState.MERGED: _("It was the same as another one and is kept there."),
}

# The two ends of a barrier. Both bear a day and a reason, and can be undone.
ENDED = (BarrierState.RESOLVED, BarrierState.DROPPED)


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody sees every theme."""
        return self.all()


class Theme(Slugged):
    """What a barrier is about, such as capital or legislation."""

    has_plain_address = True

    name = models.CharField(_("name"), max_length=60, unique=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = [DanishOrder("name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('barriers:list')}?tema={self.slug}"


# Ranked first, the rest in Danish order; one index gives the register in this order.
BY_PRIORITY = (F("rank").asc(nulls_last=True), DanishOrder("title"), F("id").asc())
BY_DATE = (F("raised_on").desc(), F("id").desc())
BY_SUPPORT = (F("support_count").desc(), F("id").desc())


@cache
def is_untold(raised_at: str = "raised_at") -> Exists:
    """Tell whether a barrier was raised in minutes that only the secretariat can read yet."""
    return Exists(Minutes.objects.unpublished().filter(meeting=OuterRef(raised_at)))


class BarrierQuerySet(SearchQuerySet["Barrier"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody sees a barrier, unless it is hidden or its minutes are not published."""
        return self if is_secretariat(viewer) else self.shown()

    def shown(self) -> Self:
        return self.filter(~is_untold(), hidden_at=None)

    def editable_by(self, viewer: Viewer) -> Self:
        """Members edit what their organisation raised, the secretariat everything."""
        if is_secretariat(viewer):
            return self.unmerged()
        member = membership(viewer)
        if member is None:
            return self.none()
        return self.unmerged().shown().filter(raised_by=member.organisation_id)

    def with_own_page(self) -> Self:
        return self.unmerged()

    def matching(self, query: SearchQuery) -> Self:
        """Find barriers by their own words, or those of doubles that were merged into them.

        Doubles that are hidden find nothing, whoever searches.
        """
        own = Barrier.objects.filter(search=query).order_by().values("pk")
        return self.filter(pk__in=own.union(_doubles(query).order_by().values("merged_into")))

    def of_doubles(self, query: SearchQuery) -> Self:
        """Find barriers by the words of what was merged into them."""
        return self.filter(pk__in=_doubles(query).order_by().values("merged_into"))

    def ranked_by(self, query: SearchQuery) -> Self:
        """Add `relevance`, and `found_in`: the titles of doubles that were found."""
        of_one = _doubles(query).filter(merged_into=OuterRef("pk")).order_by("pk")
        best = of_one.annotate(by=SearchRank(F("search"), query)).order_by("-by").values("by")[:1]
        return self.annotate(
            relevance=Greatest(SearchRank(F("search"), query), Coalesce(Subquery(best), 0.0)),
            found_in=ArraySubquery(of_one.values(named=Cast("title", models.TextField()))),
        )

    def unmerged(self) -> Self:
        return self.exclude(state=BarrierState.MERGED)

    def unresolved(self) -> Self:
        return self.filter(state__in=[BarrierState.OPEN, BarrierState.ADDRESSED])


def _doubles(query: SearchQuery) -> BarrierQuerySet:
    return Barrier.objects.shown().filter(search=query, merged_into__isnull=False)


class Barrier(Slugged, Versioned, ToldInEnglish):
    """Something that stands in the way of social procurement.

    `rank` and `points` repeat the result of the latest closed round, and `support_count` the number
    of organisations behind it, so that an index can sort the register. `prioritisation.close` and
    `supporting.recount` write them.
    """

    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="barriers", verbose_name=_("theme")
    )
    state = models.CharField(
        _("state"), max_length=9, choices=BarrierState, default=BarrierState.OPEN
    )
    raised_by = models.ForeignKey(
        Organisation, models.PROTECT, related_name="barriers", verbose_name=_("raised by")
    )
    raised_at = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="barriers",
        verbose_name=_("raised at"),
    )
    raised_on = models.DateField(_("raised on"), default=timezone.localdate)
    news = models.ManyToManyField(
        NewsItem, related_name="barriers", blank=True, verbose_name=_("news about it")
    )
    # Day and reason of either end.
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="split_off"
    )
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, editable=False)
    points = models.PositiveIntegerField(_("points"), null=True, editable=False)
    # The organisation that raised it counts too, without a row of Support.
    support_count = models.PositiveSmallIntegerField(_("supporters"), default=1, editable=False)
    search = search_field("title", "description", "answer", "summary_en")
    # Stored, since it takes longer to compute than to compare.
    title_forms = models.GeneratedField(
        expression=DanishForms("title"), output_field=models.TextField(), db_persist=True
    )

    objects = BarrierQuerySet.as_manager()

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        ordering = [DanishOrder("title")]
        indexes = [
            models.Index(*BY_PRIORITY, name="barrier_by_priority"),
            models.Index(*BY_DATE, name="barrier_by_date"),
            models.Index(*BY_SUPPORT, name="barrier_by_support"),
            GinIndex(fields=["search"], name="barrier_search"),
            GinIndex(
                fields=["title_forms"], opclasses=["gin_trgm_ops"], name="barrier_title_trigrams"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="barrier_day_goes_with_an_end",
                condition=Q(state__in=ENDED, resolved_on__isnull=False)
                | (~Q(state__in=ENDED) & Q(resolved_on=None)),
            ),
            models.CheckConstraint(
                name="barrier_merged_into_matches_state",
                condition=Q(state=BarrierState.MERGED, merged_into__isnull=False)
                | (~Q(state=BarrierState.MERGED) & Q(merged_into=None)),
            ),
            models.CheckConstraint(
                name="barrier_not_merged_into_itself", condition=~Q(merged_into=F("id"))
            ),
            # An answer says why a barrier is resolved, or no longer relevant.
            models.CheckConstraint(
                name="barrier_answer_goes_with_an_end",
                condition=(Q(state__in=ENDED) & ~Q(answer=""))
                | (~Q(state__in=ENDED) & Q(answer="")),
            ),
            models.CheckConstraint(
                name="barrier_not_split_from_itself", condition=~Q(split_from=F("id"))
            ),
            models.CheckConstraint(
                name="barrier_support_counts_who_raised_it", condition=Q(support_count__gte=1)
            ),
            models.CheckConstraint(
                name="barrier_points_go_with_rank",
                condition=Q(rank=None, points=None) | Q(rank__gte=1, points__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("barriers:detail", self.slug)

    @property
    def meaning(self) -> StrOrPromise:
        return BarrierState(self.state).meaning

    def shows_activity(self, verb: str) -> bool:
        """Tell whether activity may show: that a barrier was hidden shows only while it is."""
        return self.hidden_at is not None or verb not in (Verb.HIDDEN, Verb.SHOWN)

    @property
    def is_settled(self) -> bool:
        """Tell whether it has ended or is merged, so that no initiative starts on it."""
        return self.has_ended or self.state == BarrierState.MERGED

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_resolved(self) -> bool:
        return self.state == BarrierState.RESOLVED
