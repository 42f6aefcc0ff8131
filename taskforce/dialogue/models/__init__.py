"""What members say to each other beside a thing, and what the secretariat asks organisations."""

from taskforce.dialogue.models.contribution import (
    Contribution,
    ContributionKind,
    EditedText,
    Hiding,
    Mention,
    PublicTalk,
)
from taskforce.dialogue.models.question import (
    LONGEST_ANSWER,
    MOST_ASKED,
    Asked,
    Question,
    QuestionState,
)

__all__ = [
    "LONGEST_ANSWER",
    "MOST_ASKED",
    "Asked",
    "Contribution",
    "ContributionKind",
    "EditedText",
    "Hiding",
    "Mention",
    "PublicTalk",
    "Question",
    "QuestionState",
]
