"""What tests of invitations and answers share."""

from meetings.inviting import answer_links
from meetings.inviting.answers import Answer
from meetings.models import Attendance

INVITE, ANSWER = "/moeder/7/indkald/", "/moeder/7/svar/"


def link(attendance: Attendance, answer: Answer = Answer.ONLINE) -> str:
    found = answer_links.of(attendance, attendance.meeting)
    return next(path for label, path in found if label == answer.label)


def state(attendance: Attendance) -> tuple[str, bool]:
    attendance.refresh_from_db()
    return attendance.status, attendance.online
