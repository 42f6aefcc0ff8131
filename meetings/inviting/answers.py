"""The answers that an invitation takes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, AttendanceStatus, Format, Meeting


class Answer(models.TextChoices):
    IN_ROOM = "room", _("I am coming, in the room")
    ONLINE = "online", _("I am coming, online")
    APOLOGIES = "apologies", _("I cannot come")

    @property
    def status(self) -> AttendanceStatus:
        return AttendanceStatus.APOLOGIES if self is Answer.APOLOGIES else AttendanceStatus.COMING

    @property
    def brief(self) -> Any:
        """Return the answer as a button bears it beside the question."""
        return BRIEF[self]

    @property
    def is_online(self) -> bool:
        return self is Answer.ONLINE


BRIEF = {
    Answer.IN_ROOM: _("In the room"),
    Answer.ONLINE: _("Online"),
    Answer.APOLOGIES: _("Cannot come"),
}


def choices(meeting: Meeting) -> list[Answer]:
    """Return the answers that fit how the meeting is held; all, where that is not said yet."""
    left_out = {Format.ONLINE: Answer.IN_ROOM, Format.IN_PERSON: Answer.ONLINE}
    unfit = left_out.get(Format(meeting.format)) if meeting.format else None
    return [answer for answer in Answer if answer is not unfit]


def given(attendance: Attendance) -> Answer | None:
    """Return what a person answered, None where the answer is missing."""
    if attendance.status == AttendanceStatus.APOLOGIES:
        return Answer.APOLOGIES
    if attendance.status == AttendanceStatus.COMING:
        return Answer.ONLINE if attendance.online else Answer.IN_ROOM
    return None
