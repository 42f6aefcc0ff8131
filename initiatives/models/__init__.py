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
    Participation,
    Reach,
)
from initiatives.models.progress import InitiativeUpdate, Milestone

__all__ = [
    "WITH_AUTHOR",
    "Case",
    "CasePartner",
    "CaseState",
    "CaseStep",
    "Initiative",
    "InitiativeState",
    "InitiativeUpdate",
    "Milestone",
    "Participation",
    "PartnerRole",
    "Procurement",
    "Reach",
    "StepKind",
]
