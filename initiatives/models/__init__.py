"""What the taskforce does against the barriers: initiatives, and cases that show the way."""

from initiatives.models.case import Case, CasePartner, CaseState
from initiatives.models.initiative import (
    Initiative,
    InitiativeState,
    Participation,
    Reach,
)
from initiatives.models.progress import InitiativeUpdate, Milestone

__all__ = [
    "Case",
    "CasePartner",
    "CaseState",
    "Initiative",
    "InitiativeState",
    "InitiativeUpdate",
    "Milestone",
    "Participation",
    "Reach",
]
