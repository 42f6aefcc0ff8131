"""Barriers under lock, as they are now."""

from django.utils import timezone

from barriers import locking
from barriers.models import Barrier, BarrierState
from tests.factories import make_barrier, make_round


def merged(into: Barrier) -> Barrier:
    return make_barrier(state=BarrierState.MERGED, merged_into=into)


def test_round_is_held_as_it_is_now(db):
    stale = make_round(make_barrier())
    type(stale).objects.update(title="Now")

    assert locking.lock_round(stale).title == "Now"


def test_lock_all_returns_barriers_as_they_are_now_in_the_order_given(db):
    first, second = make_barrier(), make_barrier()
    Barrier.objects.update(version=5)

    locked = locking.lock_all(second, first)

    assert [(barrier, barrier.version) for barrier in locked] == [(second, 5), (first, 5)]


def test_lock_current_follows_every_merge(db):
    kept = make_barrier()
    middle = merged(kept)
    gone = merged(middle)

    assert locking.lock_current(gone) == kept
    assert locking.lock_current(middle) == kept
    assert locking.lock_current(kept) == kept


def test_lock_current_follows_a_merge_that_the_caller_has_not_seen(db):
    stale, kept = make_barrier(), make_barrier()
    Barrier.objects.filter(pk=stale.pk).update(state=BarrierState.MERGED, merged_into=kept)

    assert locking.lock_current(stale) == kept


def test_lock_for_edit_updates_the_columns_that_carry_no_version(db):
    stale = make_barrier("Before")
    now = timezone.now()
    Barrier.objects.update(title="After", rank=2, points=9, support_count=4, hidden_at=now)

    before = locking.lock_for_edit(stale)

    assert before.title == "After"
    assert stale.title == "Before"
    columns = (stale.rank, stale.points, stale.support_count, stale.hidden_at)
    assert columns == (2, 9, 4, now)


def test_lock_for_edit_leaves_a_barrier_alone_that_was_merged_meanwhile(db):
    stale, kept = make_barrier(), make_barrier(rank=1, points=1)
    Barrier.objects.filter(pk=stale.pk).update(state=BarrierState.MERGED, merged_into=kept)

    assert locking.lock_for_edit(stale) == kept
    assert stale.rank is None
