"""Acts of inviting: what each returns, each refusal, and two who send at once."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from meetings.inviting import acts as inviting
from meetings.models import Attendance, Meeting, MeetingState
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_agenda_item, make_attendance, make_member
from tests.meetings.planning.plans import days_ahead, invite, make_planned
from tests.racing import at_once

HOURLESS = {"starts": None, "ends": None}


def test_two_senders_at_once_invite_everybody_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    members = [make_member() for _ in range(4)]
    guest = inviting.Guest("Ida Gæst", "EU-huset")

    sent = at_once(*[lambda: inviting.invite(meeting=meeting, members=members, guests=[guest])] * 3)

    assert sorted(map(len, sent)) == [0, 0, 4]
    assert Attendance.objects.count() == 5
    assert sorted(letter["to"] for letter in mailbox.letters) == sorted(
        member.user.email for member in members
    )


def test_two_who_send_the_agenda_at_once_send_it_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    make_agenda_item(meeting, "Nyt")

    found = at_once(*[lambda: inviting.send_agenda(meeting=meeting, sent_before="")] * 2)

    assert sorted(map(type, found), key=str) == [list, Refused]
    assert len(mailbox.letters) == 2


NO_DAY = "Der er ikke længere en kommende dag at indkalde til. Intet er sendt."
NOT_SENT = "Intet blev sendt: Enten er det lige sendt, eller også er der ingen at sende til."


def test_can_invite_to_a_coming_day_alone():
    assert inviting.can_invite(Meeting(date=days_ahead(1)))
    assert not inviting.can_invite(Meeting(date=days_ahead(-1)))
    assert not inviting.can_invite(Meeting(date=days_ahead(40), date_precision="month"))
    for state in (MeetingState.HELD, MeetingState.CANCELLED):
        assert not inviting.can_invite(Meeting(date=days_ahead(1), state=state))


def test_not_yet_invited_are_the_current_members_off_the_list(db: None):
    meeting, listed, free = make_planned(), make_member(), make_member()
    make_member(to_date=days_ahead(0))
    invite(meeting, listed)
    make_attendance(meeting, name="En gæst")

    assert [*inviting.not_yet_invited(meeting)] == [free]


def test_invite_returns_those_members_who_got_an_invitation(
    db: None, mailoutbox: list[EmailMessage]
):
    meeting, listed, new, former = make_planned(), *(make_member() for _ in range(3))
    invite(meeting, listed)
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))
    guest = inviting.Guest("Ida Gæst", "EU-huset")

    invited = inviting.invite(meeting=meeting, members=[listed, new, former], guests=[guest])

    assert [row.member for row in invited] == [new]
    assert [letter.to for letter in mailoutbox] == [[listed.user.email], [new.user.email]]
    assert meeting.attendances.get(member=None).name == "Ida Gæst"


def test_first_invitation_says_when_and_whether_the_agenda_went_out(db: None):
    without, with_agenda = make_planned(), make_planned(8)
    make_agenda_item(with_agenda)

    for meeting in (without, with_agenda):
        invite(meeting, make_member())

    assert without.invited_at is not None
    assert without.agenda_sent_at is None
    assert with_agenda.agenda_sent_at == with_agenda.invited_at


def test_later_invitation_changes_neither_time(db: None):
    meeting = make_planned()
    invite(meeting, make_member())
    before = meeting.invited_at
    make_agenda_item(meeting)

    invite(meeting, make_member())

    assert (meeting.invited_at, meeting.agenda_sent_at) == (before, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"date": days_ahead(-1)},
        {"date": days_ahead(60).replace(day=1), "date_precision": "month"} | HOURLESS,
        {"state": MeetingState.CANCELLED},
        {"state": MeetingState.HELD},
    ],
)
def test_invite_refuses_where_no_day_is_ahead(db: None, fields: dict[str, Any]):
    meeting = make_planned()
    Meeting.objects.update(**fields)

    with pytest.raises(Refused) as refused:
        inviting.invite(meeting=meeting, members=[make_member()])

    assert str(refused.value) == NO_DAY
    assert not Attendance.objects.exists()


def test_send_agenda_returns_those_who_got_it(db: None, mailoutbox: list[EmailMessage]):
    meeting, reader, former = make_planned(), make_member(), make_member()
    invite(meeting, reader, former)
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))
    make_attendance(meeting, name="En gæst")
    make_agenda_item(meeting, "Nyt")

    readers = inviting.send_agenda(meeting=meeting, sent_before="")

    assert [row.member for row in readers] == [reader]
    assert [letter.to for letter in mailoutbox[2:]] == [[reader.user.email]]
    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None
    assert inviting.last_sent(meeting) == meeting.agenda_sent_at.isoformat()


@pytest.mark.parametrize("missing", ["list", "agenda", "day"])
def test_send_agenda_refuses_where_there_is_nothing_to_send(db: None, missing: str):
    meeting = make_planned()
    if missing != "list":
        invite(meeting, make_member())
    if missing != "agenda":
        make_agenda_item(meeting, "Nyt")
    if missing == "day":
        Meeting.objects.update(date=days_ahead(-1))

    with pytest.raises(Refused) as refused:
        inviting.send_agenda(meeting=meeting, sent_before="")

    assert str(refused.value) == NOT_SENT
    assert Meeting.objects.get().agenda_sent_at is None


def test_send_agenda_refuses_a_second_press_of_the_button(db: None):
    meeting = make_planned()
    invite(meeting, make_member())
    make_agenda_item(meeting, "Nyt")
    inviting.send_agenda(meeting=meeting, sent_before="")

    with pytest.raises(Refused) as refused:
        inviting.send_agenda(meeting=meeting, sent_before="")

    assert str(refused.value) == NOT_SENT
