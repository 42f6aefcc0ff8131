"""That members talk about initiatives, as long as they are under way."""

from initiatives.models import Initiative, InitiativeState
from taskforce.dialogue.things import Outcome, Talk, talked_about


def outcome(initiative: Initiative) -> Outcome | None:
    if initiative.is_under_way:
        return None
    state = InitiativeState(initiative.state)
    return Outcome(state.label, initiative.ended_on, initiative.outcome)


talked_about(
    Initiative,
    Talk(
        key="indsats",
        seen=lambda viewer: Initiative.objects.visible_to(viewer),
        open=lambda: Initiative.objects.under_way(),
        outcome=outcome,
    ),
)
