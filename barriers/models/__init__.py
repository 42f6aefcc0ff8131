"""The barrier register, and the rounds in which members prioritise it."""

from barriers.models.barrier import Barrier, BarrierState, Statement, Theme
from barriers.models.prioritisation import (
    Ballot,
    BallotLine,
    PrioritisationRound,
    RoundBarrier,
    RoundResult,
    Voter,
)

__all__ = [
    "Ballot",
    "BallotLine",
    "Barrier",
    "BarrierState",
    "PrioritisationRound",
    "RoundBarrier",
    "RoundResult",
    "Statement",
    "Theme",
    "Voter",
]
