"""What the taskforce does against the barriers: initiatives, and cases that show the way."""

from initiatives.models.case import Case, CasePartner, CaseState
from initiatives.models.initiative import (
    Initiative,
    InitiativeState,
    InitiativeUpdate,
    Participation,
)

__all__ = [
    "Case",
    "CasePartner",
    "CaseState",
    "Initiative",
    "InitiativeState",
    "InitiativeUpdate",
    "Participation",
]
