"""EU calls that can pay for the work, the consortia that apply, and who follows them."""

from calls.models.call import EU_NETWORK, KINDS, Call, CallDeadline, Outcome
from calls.models.consortium import (
    Answer,
    Consortium,
    Openness,
    Partner,
    PartnerState,
    Suggestion,
)
from calls.models.following import CalendarKey

__all__ = [
    "EU_NETWORK",
    "KINDS",
    "Answer",
    "CalendarKey",
    "Call",
    "CallDeadline",
    "Consortium",
    "Openness",
    "Outcome",
    "Partner",
    "PartnerState",
    "Suggestion",
]
