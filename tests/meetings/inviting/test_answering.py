"""Acts of answering: what each saves, each refusal, reminders, and two who act at once."""

from datetime import time
from typing import Any

import pytest
from django.utils import timezone

from meetings.inviting import answering
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting, MeetingState
from meetings.planning import acts as planning
from meetings.tasks import remind_of_meetings
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_attendance, make_member
from tests.meetings.inviting.invitations import state
from tests.meetings.planning.plans import attached, days_ahead, invite, links, make_planned, values
from tests.racing import at_once


def test_answers_are_taken_until_the_hour_it_ends(invited: Attendance):
    now = timezone.localtime()
    Meeting.objects.update(date=now.date(), starts=time(0), ends=time(23, 59))
    assert answering.takes_answers(Meeting.objects.get())

    Meeting.objects.update(ends=time(0, 1))
    assert answering.takes_answers(Meeting.objects.get()) == (now.time() < time(0, 1))


def test_answer_and_cancelling_at_once_leave_one_truth(transactional_db: None, invited: Attendance):
    """Whichever comes first, no answer is taken after the meeting is cancelled."""
    answered, cancelled = at_once(
        lambda: answering.answer(attendance=invited, answer=Answer.IN_ROOM, by=invited.member),
        lambda: planning.cancel(meeting=invited.meeting, reason="Sne", by=invited.member),
    )

    assert isinstance(cancelled, Meeting)
    assert (state(invited)[0] == "coming") == isinstance(answered, Attendance)


def remind() -> None:
    remind_of_meetings(timestamp=0)


def test_reminds_once_those_who_have_not_answered(transactional_db: None, mailbox: Mailbox):
    silent, coming, former, off = (make_member() for _ in range(4))
    meeting = make_planned(date=days_ahead(5))
    invite(meeting, silent, coming, former, off)
    make_attendance(meeting, name="Guest", status="invited")
    Attendance.objects.filter(member=coming).update(status="coming")
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))
    type(off.user).objects.filter(pk=off.user.pk).update(is_active=False)

    remind()
    remind()

    (letter,) = mailbox.letters[4:]
    assert letter["to"] == silent.user.email
    assert letter["subject"].startswith("Kommer du? 7. møde")
    assert len(links(letter)) == 3
    assert values(attached(letter), "METHOD") == ["REQUEST"]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": days_ahead(6)},
        {"date": days_ahead(-1)},
        {"state": MeetingState.CANCELLED},
        {
            "date_precision": "month",
            "date": days_ahead(0).replace(day=1),
            "starts": None,
            "ends": None,
        },
    ],
)
def test_reminds_of_nothing_else(transactional_db: None, mailbox: Mailbox, fields: dict[str, Any]):
    invite(make_planned(), make_member())
    Meeting.objects.update(**fields)

    remind()

    assert len(mailbox.letters) == 1


def test_two_workers_remind_once(transactional_db: None, mailbox: Mailbox):
    invite(make_planned(date=days_ahead(3)), make_member(), make_member())

    reminded = at_once(*[lambda: answering.remind_due(timezone.now())] * 2)

    assert sorted(reminded) == [0, 2]
    assert len(mailbox.letters) == 4
