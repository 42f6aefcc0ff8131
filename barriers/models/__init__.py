"""The barrier register, and the rounds in which members prioritise it."""

from barriers.models.barrier import Barrier, BarrierState, Theme
from barriers.models.change import Act, Change, MergeRecord
from barriers.models.prioritisation import (
    Ballot,
    BallotDraft,
    BallotLine,
    Eligible,
    GroupResult,
    PrioritisationRound,
    ResultGroup,
    RoundBarrier,
    RoundResult,
    Voter,
)
from barriers.models.statement import Statement
from barriers.models.support import Support

__all__ = [
    "Act",
    "Ballot",
    "BallotDraft",
    "BallotLine",
    "Barrier",
    "BarrierState",
    "Change",
    "Eligible",
    "GroupResult",
    "MergeRecord",
    "PrioritisationRound",
    "ResultGroup",
    "RoundBarrier",
    "RoundResult",
    "Statement",
    "Support",
    "Theme",
    "Voter",
]
