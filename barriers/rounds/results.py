"""The result of a round as pages and sheets show it: read from what was saved at its closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from barriers import thread
from barriers.models import (
    Act,
    Barrier,
    Change,
    GroupResult,
    PrioritisationRound,
    ResultGroup,
    RoundResult,
)
from barriers.register import pages as register
from barriers.rounds import counting
from taskforce.activity import taking_back
from taskforce.core.relations import related
from taskforce.members.models import Viewer

WIDEST = 3  # barriers about which groups disagree most


@dataclass(frozen=True)
class Movement:
    """How far a barrier moved since the round before: a sign, and the same in words."""

    sign: str
    words: str


@dataclass(frozen=True)
class RankedBarrier:
    """A barrier in a result, overall or of a group; `percent` is of the first one's points."""

    result: RoundResult
    rank: int | None  # None where nobody chose it
    points: int
    choosers: int
    percent: int
    movement: Movement | None = None
    start: thread.AddLink | None = None


@dataclass(frozen=True)
class GroupRanking:
    """The result of one group."""

    group: ResultGroup
    rows: list[RankedBarrier]


@dataclass(frozen=True)
class Disagreement:
    """A barrier to which one group gave much of its points, and another little."""

    result: RoundResult
    most: ResultGroup
    least: ResultGroup
    percent_of_most: int
    percent_of_least: int


def previous(voting_round: PrioritisationRound) -> PrioritisationRound | None:
    """Return the round that was counted before this one; invented ones follow one another."""
    earlier = PrioritisationRound.objects.ranked().filter(closed_at__lt=voting_round.closed_at)
    return earlier.filter(is_example=voting_round.is_example).first()


def moved(rank: int, before: int | None) -> Movement:
    if before is None:
        return Movement("✳", _("new"))
    steps = before - rank
    if not steps:
        return Movement("=", _("unchanged"))
    if steps > 0:
        return Movement("▲", ngettext("%(n)s place up", "%(n)s places up", steps) % {"n": steps})
    words = ngettext("%(n)s place down", "%(n)s places down", -steps)
    return Movement("▼", words % {"n": -steps})


def ranks_before(voting_round: PrioritisationRound, last: PrioritisationRound) -> dict[int, int]:
    """Return the rank of each barrier in the last round, or that of its double where it is better.

    Merges after this round opened do not count: its page stays as it was.
    """
    ranks = dict(last.results.filter(points__gt=0).values_list("barrier", "rank"))
    merges = Change.objects.filter(act=Act.MERGED, at__lt=voting_round.opened_at)
    merges = merges.exclude(merge__undone_at__isnull=False)
    for kept, double in merges.order_by("at", "pk").values_list("barrier", "other"):
        if rank := ranks.get(double or 0):
            ranks[kept] = min(rank, ranks.get(kept, rank))
    return ranks


def start_on(barrier: Barrier, viewer: Viewer) -> thread.AddLink | None:
    """Return the link that starts an initiative on a barrier, or on the one it was merged into."""
    current = barrier.merged_into or barrier
    return None if current.hidden_at else thread.add_links(current, viewer).get("initiatives")


def rows(
    voting_round: PrioritisationRound, viewer: Viewer, last: PrioritisationRound | None
) -> list[RankedBarrier]:
    """Return the result as the viewer may see it, compared with the last round if there was one."""
    found = [*voting_round.results.visible_to(viewer).select_related("barrier__merged_into")]
    most = max((result.points for result in found), default=0)
    before = ranks_before(voting_round, last) if last else {}
    return [
        _ranked(
            result,
            result,
            most,
            movement=moved(result.rank, before.get(result.barrier_id))
            if last and result.points
            else None,
            start=start_on(result.barrier, viewer),
        )
        for result in found
    ]


def _ranked(
    result: RoundResult, figures: RoundResult | GroupResult, most: int, **more: Any
) -> RankedBarrier:
    percent = register.percent(figures.points, most)
    return RankedBarrier(result, figures.place, figures.points, figures.choosers, percent, **more)


def by_group(
    voting_round: PrioritisationRound, seen: Mapping[int, RankedBarrier]
) -> tuple[list[GroupRanking], list[Disagreement]]:
    """Return what each group gave, and where groups disagree most, of the results in `seen`."""
    groups = [*voting_round.groups.all()]
    given: dict[int, list[GroupResult]] = {group.pk: [] for group in groups}
    results = GroupResult.objects.filter(group__round=voting_round)
    for found in results.select_related("result__barrier"):
        given[found.group_id].append(found)
    parts = [GroupRanking(group, _of_group(given[group.pk], seen)) for group in groups]
    points = [{row.result_id: row.points for row in given[group.pk]} for group in groups]
    apart = [spread for spread in counting.spreads(points) if spread.barrier in seen]
    return parts, [_in_words(spread, groups, seen) for spread in apart[:WIDEST]]


def _of_group(given: list[GroupResult], seen: Mapping[int, RankedBarrier]) -> list[RankedBarrier]:
    most = max((row.points for row in given), default=0)
    return [
        _ranked(seen[row.result_id].result, row, most) for row in given if row.result_id in seen
    ]


def _in_words(
    spread: counting.Spread, groups: list[ResultGroup], seen: Mapping[int, RankedBarrier]
) -> Disagreement:
    return Disagreement(
        result=seen[spread.barrier].result,
        most=groups[spread.most],
        least=groups[spread.least],
        percent_of_most=round(100 * spread.share_of_most),
        percent_of_least=round(100 * spread.share_of_least),
    )


def page(voting_round: PrioritisationRound, viewer: Viewer) -> dict[str, Any]:
    """Return everything that the page of a counted round shows."""
    last = previous(voting_round)
    found = rows(voting_round, viewer, last)
    parts, apart = by_group(voting_round, {row.result.pk: row for row in found})
    return {
        "rows": [row for row in found if row.points],
        "unchosen": [row for row in found if not row.points],
        "has_ranking": voting_round.results.filter(points__gt=0).exists(),
        "barriers": related(voting_round, "barriers", viewer).order_by("title"),
        "taken_back": taking_back.notes_on(voting_round),
        "last": last,
        "parts": parts,
        "disagreements": apart,
    }
