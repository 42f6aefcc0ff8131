"""What the taskforce does against the barriers: initiatives, and cases that show the way."""

from initiatives.models.case import (
    WITH_AUTHOR,
    Case,
    CasePartner,
    CaseState,
    CaseStep,
    PartnerRole,
    Procurement,
    StepKind,
)
from initiatives.models.initiative import (
    Initiative,
    InitiativeState,
    InitiativeUpdate,
    Participation,
)

__all__ = [
    "WITH_AUTHOR",
    "Case",
    "CasePartner",
    "CaseState",
    "CaseStep",
    "Initiative",
    "InitiativeState",
    "InitiativeUpdate",
    "Participation",
    "PartnerRole",
    "Procurement",
    "StepKind",
]
