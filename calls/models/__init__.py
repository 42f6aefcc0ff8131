"""EU calls that can pay for the work, and the consortia that apply."""

from calls.models.call import Call, CallDeadline
from calls.models.consortium import (
    Consortium,
    Openness,
    Outcome,
    Partner,
    PartnerState,
    Suggestion,
)

__all__ = [
    "Call",
    "CallDeadline",
    "Consortium",
    "Openness",
    "Outcome",
    "Partner",
    "PartnerState",
    "Suggestion",
]
