"""What the taskforce does against barriers: initiatives, and cases, which are good examples."""

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
