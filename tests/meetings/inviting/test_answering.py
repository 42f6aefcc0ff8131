"""Acts of answering: what each saves, each refusal, reminders, and two who act at once."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from meetings.inviting import answering
from meetings.inviting.answers import Answer
from meetings.inviting.reminding import of_meetings
from meetings.models import Attendance, AttendanceStatus, Meeting, MeetingState
from meetings.planning import acts as planning
from taskforce.core.acts import Refused
from taskforce.following.reminding import remind_due
from taskforce.following.tasks import send_reminders
from taskforce.members.models import Member, NameVisibility
from tests.conftest import Mailbox
from tests.factories import make_attendance, make_member
from tests.meetings.inviting.invitations import state
from tests.meetings.planning.plans import attached, days_ahead, invite, links, make_planned, values
from tests.racing import at_once

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def test_answers_are_taken_until_the_minute_the_meeting_ends(time_machine: Any):
    meeting = Meeting(date=date(2031, 3, 4), starts=time(14), ends=time(15, 30))

    for hour, minute, is_open in ((15, 29, True), (15, 30, False)):
        time_machine.move_to(datetime(2031, 3, 4, hour, minute, tzinfo=COPENHAGEN), tick=False)
        assert answering.takes_answers(meeting) == is_open


def test_answer_and_cancelling_at_once_agree(transactional_db: None, invited: Attendance):
    """Whichever comes first, no answer is taken after the meeting is cancelled."""
    answered, cancelled = at_once(
        lambda: answering.answer(attendance=invited, answer=Answer.IN_ROOM, by=invited.member),
        lambda: planning.cancel(meeting=invited.meeting, reason="Sne", by=invited.member),
    )

    assert isinstance(cancelled, Meeting)
    assert (state(invited)[0] == "coming") == isinstance(answered, Attendance)


def remind() -> None:
    send_reminders(timestamp=0)


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

    reminded = at_once(*[lambda: remind_due(of_meetings, timezone.now())] * 2)

    assert sorted(reminded) == [0, 2]
    assert len(mailbox.letters) == 4


CLOSED = "Du kan ikke længere svare på mødet."


def test_answer_is_saved_with_who_gave_it_and_when(invited: Attendance, member: Member):
    row = answering.answer(attendance=invited, answer=Answer.ONLINE, by=member)

    invited.refresh_from_db()
    assert row == invited
    assert (invited.status, invited.online, invited.answered_by) == ("coming", True, member)
    assert invited.answered_at is not None


def test_answer_of_another_person_notifies_the_member_once(
    invited: Attendance, secretary: Member, mailoutbox: list[EmailMessage]
):
    for _twice in range(2):
        answering.answer(attendance=invited, answer=Answer.APOLOGIES, by=secretary)

    assert [letter.to for letter in mailoutbox[1:]] == [[invited.member.user.email]]


def test_answer_for_a_guest_or_a_former_member_notifies_nobody(
    invited: Attendance, secretary: Member, mailoutbox: list[EmailMessage]
):
    guest = make_attendance(invited.meeting, status="invited")
    Member.objects.filter(pk=invited.member.pk).update(to_date=days_ahead(0))

    for row in (guest, invited):
        answering.answer(attendance=row, answer=Answer.IN_ROOM, by=secretary)

    assert state(guest) == state(invited) == ("coming", False)
    assert len(mailoutbox) == 1  # the invitation


@pytest.mark.parametrize(
    "fields",
    [
        {"state": MeetingState.HELD},
        {"state": MeetingState.CANCELLED},
        {"date": days_ahead(-1)},
        {"format": "online"},  # nobody can come to a room
    ],
)
def test_answer_refuses_what_the_meeting_does_not_take(
    invited: Attendance, member: Member, fields: dict[str, Any]
):
    Meeting.objects.update(**fields)

    with pytest.raises(Refused) as refused:
        answering.answer(attendance=invited, answer=Answer.IN_ROOM, by=member)

    assert str(refused.value) == CLOSED
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize("gone", ["present", "removed"])
def test_answer_refuses_a_row_that_takes_none(invited: Attendance, member: Member, gone: str):
    if gone == "present":
        Attendance.objects.update(status=AttendanceStatus.PRESENT)
    else:
        Attendance.objects.all().delete()

    with pytest.raises(Refused) as refused:
        answering.answer(attendance=invited, answer=Answer.IN_ROOM, by=member)

    assert str(refused.value) == CLOSED


def test_answer_by_link_is_that_of_the_member(invited: Attendance):
    row = answering.answer_by_link(invited, Answer.APOLOGIES)

    assert (row.status, row.answered_by) == ("apologies", invited.member)


def test_answer_by_link_refuses_as_any_answer(invited: Attendance):
    Meeting.objects.update(date=days_ahead(-1))

    with pytest.raises(Refused) as refused:
        answering.answer_by_link(invited, Answer.APOLOGIES)

    assert str(refused.value) == CLOSED


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("online", [("coming", True), ("coming", True), ("apologies", False)]),
        ("in_person", [("coming", False), ("invited", False), ("apologies", False)]),
        ("hybrid", [("coming", False), ("coming", True), ("apologies", False)]),
    ],
)
def test_answers_fit_the_format_of_the_meeting(
    db: None, held: str, expected: list[tuple[str, bool]]
):
    meeting = make_planned(format=held)
    for status, online in (("coming", False), ("coming", True), ("apologies", False)):
        make_attendance(
            meeting,
            status=status,
            online=online,
            answered_at=timezone.now(),
        )

    answering.fit_to(meeting)

    assert [*meeting.attendances.values_list("status", "online")] == expected
    asked_again = meeting.attendances.filter(answered_at=None)
    assert asked_again.count() == (held == "in_person")


def test_why_a_link_is_closed(invited: Attendance):
    def why(**fields: Any) -> str:
        row = Attendance.objects.select_related("meeting", "member__user").get(pk=invited.pk)
        for name, value in fields.items():
            setattr(row.meeting, name, value)
        return answering.why_closed_to(row)

    assert why() == ""
    assert why(state=MeetingState.CANCELLED) == "cancelled"
    assert why(state=MeetingState.HELD) == why(date=days_ahead(-1)) == "over"
    Attendance.objects.update(status=AttendanceStatus.PRESENT)
    assert why() == why(date=days_ahead(-1)) == "there"
    Member.objects.update(to_date=days_ahead(0))
    assert why() == "former"
    Attendance.objects.update(member=None)
    assert why() == "former"


def test_member_answers_for_colleagues_whose_names_show(member: Member):
    meeting = make_planned()
    shown = {"name_visibility": NameVisibility.MEMBERS}
    colleague = make_member(member.organisation, **shown)
    hidden, former = make_member(member.organisation), make_member(member.organisation, **shown)
    invite(meeting, member, colleague, hidden, former, make_member(**shown))
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))

    rows = answering.answerable_by(member, meeting)

    assert {row.member for row in rows} == {member, colleague}


def test_secretariat_answers_for_everybody_who_was_not_there(secretary: Member):
    meeting = make_planned()
    invite(meeting, make_member())
    guest = make_attendance(meeting, organisation_name="Aa", status="invited")
    make_attendance(meeting, status="present")

    rows = answering.answerable_by(secretary, meeting)

    assert [*rows] == [guest, meeting.attendances.get(member__isnull=False)]


def test_answers_are_counted_with_their_share(db: None):
    meeting = make_planned()
    assert [(number, share) for _, number, share in answering.counts(meeting)] == [(0, 0)] * 4

    for status, online in (
        ("coming", False),
        ("coming", True),
        ("coming", True),
        ("apologies", False),
        ("invited", False),
        ("present", False),  # not an answer
    ):
        make_attendance(meeting, status=status, online=online)

    assert [(str(words), number, share) for words, number, share in answering.counts(meeting)] == [
        ("kommer i lokalet", 1, 20),
        ("kommer online", 2, 40),
        ("har meldt afbud", 1, 20),
        ("har ikke svaret", 1, 20),
    ]


def test_remind_due_returns_how_many_it_reminded(db: None, mailoutbox: list[EmailMessage]):
    invite(make_planned(date=days_ahead(5)), make_member(), make_member())
    invite(make_planned(8, date=days_ahead(6)), make_member())
    make_attendance(make_planned(9, date=days_ahead(5)), status="invited")  # nobody is invited
    sent = len(mailoutbox)

    assert remind_due(of_meetings, timezone.now()) == 2
    assert remind_due(of_meetings, timezone.now()) == 0
    assert len(mailoutbox) == sent + 2


def test_remind_due_reminds_of_no_meeting_that_is_over_today(
    db: None, time_machine: Any, mailoutbox: list[EmailMessage]
):
    invite(make_planned(date=date(2031, 3, 4), ends=time(15, 30)), make_member())
    time_machine.move_to(datetime(2031, 3, 4, 15, 31, tzinfo=COPENHAGEN))

    assert remind_due(of_meetings, timezone.now()) == 0
    assert len(mailoutbox) == 1
