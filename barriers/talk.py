"""That members talk about barriers, as long as they stand in the way."""

from barriers.models import Barrier, BarrierState
from taskforce.dialogue.things import Outcome, Talk, talked_about


def outcome(barrier: Barrier) -> Outcome | None:
    if not barrier.has_ended:
        return None
    return Outcome(BarrierState(barrier.state).label, barrier.resolved_on, barrier.answer)


talked_about(
    Barrier,
    Talk(
        key="barriere",
        seen=lambda viewer: Barrier.objects.visible_to(viewer),
        open=lambda: Barrier.objects.shown().unresolved(),
        outcome=outcome,
        moved_to=lambda barrier: barrier.merged_into,
        may_be_public=True,
    ),
)
