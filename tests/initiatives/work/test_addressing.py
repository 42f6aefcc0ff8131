"""Barriers follow the initiatives on them."""

import pytest

from barriers.models import Barrier, BarrierState
from initiatives.work import addressing
from taskforce.activity.models import Activity, Verb
from tests.factories import make_barrier, make_initiative, make_member

OPEN, ADDRESSED, RESOLVED = BarrierState.OPEN, BarrierState.ADDRESSED, BarrierState.RESOLVED


@pytest.mark.parametrize(
    ("before", "on_it", "after", "verbs"),
    [
        (OPEN, ["running"], ADDRESSED, [Verb.CHANGED]),
        (OPEN, ["proposed", "done"], OPEN, []),
        (OPEN, [], OPEN, []),
        (ADDRESSED, ["running", "stopped"], ADDRESSED, []),
        (ADDRESSED, ["proposed", "done", "stopped"], OPEN, [Verb.OPENED]),
        (ADDRESSED, [], OPEN, [Verb.OPENED]),
        (RESOLVED, ["running"], RESOLVED, []),
        (RESOLVED, ["stopped"], RESOLVED, []),
    ],
)
def test_follow_sets_the_state_by_what_runs(db, before, on_it, after, verbs):
    resolved_on = "2026-01-01" if before == RESOLVED else None
    barrier = make_barrier(state=before, resolved_on=resolved_on)
    for state in on_it:
        make_initiative(state=state).barriers.add(barrier)

    changed = addressing.follow(barriers=[barrier.pk], by=make_member())

    found = Barrier.objects.get()
    assert found.state == after
    assert changed == ([barrier] if verbs else [])
    assert found.version == barrier.version + len(verbs)
    assert [*Activity.objects.values_list("verb", flat=True)] == verbs


def test_follow_leaves_merged_barriers_and_others_alone(db):
    kept, other = make_barrier(), make_barrier(state=ADDRESSED)
    merged = make_barrier(state=BarrierState.MERGED, merged_into=kept)
    make_initiative(state="running").barriers.add(kept, merged)

    changed = addressing.follow(barriers=[kept.pk, merged.pk], by=make_member())

    assert changed == [kept]
    merged.refresh_from_db()
    other.refresh_from_db()
    assert (merged.state, other.state) == (BarrierState.MERGED, ADDRESSED)


def test_follow_without_barriers_changes_nothing(db):
    make_barrier(state=ADDRESSED)

    assert addressing.follow(barriers=[], by=make_member()) == []
    assert Barrier.objects.get().state == ADDRESSED
