"""Links in mail that answer an invitation without logging in.

A link is signed, names one row of a meeting's list and one answer, and works until the meeting is
over. It opens a page with a button; opening it changes nothing.
"""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from meetings.inviting.answers import Answer, choices
from meetings.models import Attendance, Meeting

signer = Signer(salt="meetings.answer_links")


def of(attendance: Attendance, meeting: Meeting) -> list[tuple[str, str]]:
    """Return the label and the address of each answer that the person may give."""
    return [
        (str(answer.label), reverse("meetings:answer_by_link", args=[_key(attendance, answer)]))
        for answer in choices(meeting)
    ]


def read(key: str) -> tuple[Attendance, Answer] | None:
    """Return the row and the answer that a link names; None where we did not sign it.

    `answering` tells whether the meeting still takes the answer, and from whom.
    """
    try:
        pk, answer = signer.unsign(key).split("-")
    except (BadSignature, ValueError):
        return None
    written_to = Attendance.objects.exclude(member=None, email="")
    found = written_to.select_related("meeting", "member__user").filter(pk=pk).first()
    return (found, Answer(answer)) if found else None


def _key(attendance: Attendance, answer: Answer) -> str:
    return signer.sign(f"{attendance.pk}-{answer}")
