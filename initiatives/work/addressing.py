"""Keep barriers' states in step: a barrier is "being addressed" while an initiative runs on it."""

from collections.abc import Collection

from barriers.models import Barrier, BarrierState
from initiatives.models import Initiative
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member

OPEN, ADDRESSED = BarrierState.OPEN, BarrierState.ADDRESSED


def follow(*, barriers: Collection[int], by: Member) -> list[Barrier]:
    """Set the states of barriers by the initiatives that run on them; return those that changed.

    Call it in the transaction that changes an initiative. Resolved and merged barriers stay. The
    barriers are locked before the initiatives are read: where the last two initiatives on a
    barrier stop at the same time, the second must see that the first has stopped.
    """
    # NO KEY: an act that ties another initiative to the barrier holds a share of its key.
    rows = Barrier.objects.filter(pk__in=barriers).select_for_update(no_key=True)
    locked = [*rows.order_by("pk")]
    running = Initiative.objects.running().filter(barriers__in=barriers)
    addressed = set(running.values_list("barriers", flat=True))
    taken_up = [each for each in locked if each.state == OPEN and each.pk in addressed]
    let_go = [each for each in locked if each.state == ADDRESSED and each.pk not in addressed]
    for barrier in taken_up:
        _move(barrier, ADDRESSED, Verb.CHANGED, by)
    for barrier in let_go:
        _move(barrier, OPEN, Verb.OPENED, by)
    return [*taken_up, *let_go]


def _move(barrier: Barrier, state: BarrierState, verb: Verb, by: Member) -> None:
    # A new version, so that an open edit form of the barrier does not restore the old state.
    barrier.state, barrier.version = state, barrier.version + 1
    barrier.save(update_fields=["state", "version"])
    record(verb, barrier, by=by.user)
