"""The barrier register, and the rounds in which members prioritise it."""

from barriers.models.barrier import Barrier, BarrierState, Statement, Theme
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

__all__ = [
    "Ballot",
    "BallotDraft",
    "BallotLine",
    "Barrier",
    "BarrierState",
    "Eligible",
    "GroupResult",
    "PrioritisationRound",
    "ResultGroup",
    "RoundBarrier",
    "RoundResult",
    "Statement",
    "Theme",
    "Voter",
]
