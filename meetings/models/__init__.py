"""Meetings and their minutes."""

from meetings.models.meeting import (
    AgendaItem,
    Attendance,
    AttendanceStatus,
    Format,
    Material,
    Meeting,
    MeetingState,
    Precision,
)
from meetings.models.minutes import (
    ActionPoint,
    Correction,
    Minutes,
    MinutesEntry,
    MinutesState,
    MinutesVersion,
)

__all__ = [
    "ActionPoint",
    "AgendaItem",
    "Attendance",
    "AttendanceStatus",
    "Correction",
    "Format",
    "Material",
    "Meeting",
    "MeetingState",
    "Minutes",
    "MinutesEntry",
    "MinutesState",
    "MinutesVersion",
    "Precision",
]
