"""That members talk about what a consortium seeks, where it shows itself and can still apply."""

from calls.models import Consortium, Openness
from taskforce.dialogue.things import Outcome, Talk, talked_about


def outcome(consortium: Consortium) -> Outcome | None:
    return None if consortium.is_forming else Outcome(consortium.outcome_words)


talked_about(
    Consortium,
    Talk(
        key="konsortium",
        seen=lambda viewer: Consortium.objects.shown_to(viewer),
        open=lambda: Consortium.objects.forming().exclude(openness=Openness.HIDDEN),
        outcome=outcome,
    ),
)
