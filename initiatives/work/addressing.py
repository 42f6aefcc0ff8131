"""A barrier's state follows the initiatives on it: "being addressed" while one of them runs."""

from collections.abc import Collection

from barriers.models import Barrier, BarrierState
from initiatives.models import Initiative
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


def follow(barriers: Collection[int], *, by: Member) -> None:
    """Let barriers follow what just changed about initiatives on them, in its transaction.

    Resolved and merged ones stay as they are. The rows are locked before it is asked what runs on
    them: of two last initiatives that stop at once, the second must see that the first did.
    """
    # NO KEY: others who tie an initiative to the same barrier hold a share of its key.
    rows = Barrier.objects.filter(pk__in=barriers).select_for_update(no_key=True)
    locked = [*rows.order_by("pk")]
    running = Initiative.objects.running().filter(barriers__in=barriers)
    addressed = set(running.values_list("barriers", flat=True))
    for barrier in locked:
        if barrier.state == BarrierState.OPEN and barrier.pk in addressed:
            _move(barrier, BarrierState.ADDRESSED, Verb.CHANGED, by)
        elif barrier.state == BarrierState.ADDRESSED and barrier.pk not in addressed:
            _move(barrier, BarrierState.OPEN, Verb.OPENED, by)


def _move(barrier: Barrier, state: BarrierState, verb: Verb, by: Member) -> None:
    # A new version, so that nobody who edits the barrier writes the old state back.
    barrier.state, barrier.version = state, barrier.version + 1
    barrier.save(update_fields=["state", "version"])
    record(verb, barrier, by=by.user)
