"""Rank the register by the latest round whose ranking holds."""

from django.db.models import Q

from barriers.models import Barrier, PrioritisationRound, RoundResult


def rank_register() -> list[Barrier]:
    """Give each barrier its rank and points in the latest round; return those that changed.

    A barrier that nobody chose has neither. Of a barrier and the doubles that were merged into it,
    the best rank counts. The caller has locked the rounds (`locking.lock_rounds`).
    """
    rows = Barrier.objects.select_for_update(no_key=True).order_by("pk")
    locked = [*rows.only("merged_into", "rank", "points")]
    best = _best({row.pk: row.merged_into_id or row.pk for row in locked})
    changed = []
    for row in locked:
        found = best.get(row.pk)
        given = (found.rank, found.points) if found else (None, None)
        if given != (row.rank, row.points):
            row.rank, row.points = given
            changed.append(row)
    Barrier.objects.bulk_update(changed, ["rank", "points"])
    return changed


def give_rank(barrier: Barrier) -> None:
    """Set rank and points of a locked barrier by the latest round, without saving them."""
    latest = PrioritisationRound.objects.ranked().first()
    own = Q(barrier=barrier) | Q(barrier__merged_into=barrier)
    chosen = RoundResult.objects.filter(own, round=latest, points__gt=0)
    found = chosen.order_by("rank").first() if latest else None
    barrier.rank, barrier.points = (found.rank, found.points) if found else (None, None)


def _best(kept: dict[int, int]) -> dict[int, RoundResult]:
    """Return the best result of each barrier that is kept, of those that have points."""
    latest = PrioritisationRound.objects.ranked().first()
    if latest is None:
        return {}
    chosen = latest.results.filter(points__gt=0).order_by("-rank")
    return {kept[result.barrier_id]: result for result in chosen}
