"""Acts of inviting: what each returns, each refusal, and two who send at once."""

from meetings.inviting import acts as inviting
from meetings.models import Attendance
from taskforce.core.acts import Refused
from tests.conftest import Mailbox
from tests.factories import make_agenda_item, make_member
from tests.meetings.planning.plans import invite, make_planned
from tests.racing import at_once


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
