"""Meetings and their minutes."""

from meetings.models.actions import ActionPoint
from meetings.models.agenda import AgendaItem, AgendaProposal, ProposalState, Purpose
from meetings.models.attendance import Attendance, AttendanceStatus, RoundTableNews
from meetings.models.meeting import (
    Format,
    Material,
    MaterialPage,
    Meeting,
    MeetingState,
    Precision,
    numbered,
)
from meetings.models.minutes import (
    Minutes,
    MinutesEntry,
    MinutesState,
    Outcome,
    OutcomeKind,
    ReviewScope,
    Waiver,
)
from meetings.models.versions import ChangeState, Correction, MinutesVersion, ProposedChange

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "AgendaProposal",
    "Attendance",
    "AttendanceStatus",
    "ChangeState",
    "Correction",
    "Format",
    "Material",
    "MaterialPage",
    "Meeting",
    "MeetingState",
    "Minutes",
    "MinutesEntry",
    "MinutesState",
    "MinutesVersion",
    "Outcome",
    "OutcomeKind",
    "Precision",
    "ProposalState",
    "ProposedChange",
    "Purpose",
    "ReviewScope",
    "RoundTableNews",
    "Waiver",
    "numbered",
]
