"""Guests of a meeting get letters of their own, and answer by their links."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from meetings.inviting import acts as inviting
from meetings.inviting import answering
from meetings.inviting.acts import Guest
from meetings.inviting.reminding import of_meetings
from meetings.models import Attendance, Meeting
from meetings.planning import acts as planning
from taskforce.core.models import MailingCopy
from taskforce.following.reminding import remind_due
from taskforce.members.models import Member
from tests.factories import make_agenda_item, make_attendance, make_member, make_user
from tests.meetings.inviting.invitations import INVITE, link, state
from tests.meetings.planning.plans import days_ahead, make_planned

MEMBERS_OWN = "E-mailen er et medlems. Vælg medlemmet ovenfor."
IDA = Guest("Ida Gæst", "EU-huset", "ida@eu.example")


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_planned()


@pytest.fixture
def guest(meeting: Meeting) -> Attendance:
    (row,) = inviting.invite(meeting=meeting, members=[], guests=[IDA])
    return row


def test_guest_gets_an_invitation_of_their_own(guest: Attendance, mailoutbox: list[EmailMessage]):
    (letter,) = mailoutbox
    assert letter.to == ["ida@eu.example"]
    assert letter.body.startswith("Kære Ida Gæst\n\nDu er indkaldt til: 7. møde")
    assert "bordet rundt" not in letter.body
    assert "som led i: Indkaldelser" in letter.body
    assert "mailto:ida@eu.example" in str(letter.alternatives[1].content)


def test_guest_answers_by_the_link_and_is_told_of_an_answer_by_others(
    guest: Attendance, secretary: Member, mailoutbox: list[EmailMessage]
):
    page = Client().post(link(guest))

    assert "Dit svar er gemt" in page.content.decode()
    assert "Skriv jeres nyt" not in page.content.decode()
    assert state(guest) == ("coming", True)
    assert guest.answered_by is None
    answering.answer(attendance=guest, answer=answering.Answer.APOLOGIES, by=secretary)
    assert [letter.to for letter in mailoutbox[1:]] == [["ida@eu.example"]]


def test_guest_is_told_of_every_change(
    guest: Attendance, meeting: Meeting, secretary: Member, mailoutbox: list[EmailMessage]
):
    make_agenda_item(meeting, "Nyt")
    make_attendance(meeting, name="Uden e-mail", status="invited")
    inviting.send_agenda(meeting=meeting, sent_before="")
    Meeting.objects.update(date=days_ahead(3))
    meeting.refresh_from_db()
    assert remind_due(of_meetings, meeting.over_at - timedelta(days=2)) == 1
    planning.cancel(meeting=meeting, reason="Sne", by=secretary)

    subjects = [letter.subject.partition(":")[0].partition("?")[0] for letter in mailoutbox]
    assert subjects == ["Indkaldelse", "Dagsorden", "Kommer du", "Aflyst"]
    assert {letter.to[0] for letter in mailoutbox} == {"ida@eu.example"}


def test_listed_guest_is_invited_once_there_is_an_email(
    meeting: Meeting, mailoutbox: list[EmailMessage]
):
    inviting.invite(meeting=meeting, members=[], guests=[Guest("Ida Gæst", "EU-huset")])
    assert mailoutbox == []

    for _twice in range(2):
        inviting.invite(meeting=meeting, members=[], guests=[IDA])

    assert [letter.to for letter in mailoutbox] == [["ida@eu.example"]]
    assert Attendance.objects.get().email == "ida@eu.example"


def test_link_of_a_guest_without_an_email_is_none(guest: Attendance):
    path = link(guest)
    Attendance.objects.update(email="")

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"email_1": "ida"}, "email_1", "Skriv en e-mail som navn@eksempel.dk."),
        (
            {"guest_1": "", "from_1": "", "email_1": "i@a.example"},
            "guest_1",
            "Skriv, hvem gæsten er.",
        ),
        (
            {"email_1": "EA@example.org"},
            "email_1",
            MEMBERS_OWN,
        ),
        (
            {"email_1": "i@a.example", "guest_2": "B", "from_2": "C", "email_2": "I@a.example"},
            "email_1",
            "To gæster har samme e-mail.",
        ),
    ],
)
def test_what_is_wrong_with_an_email_is_said_at_it(
    as_secretary: Client, meeting: Meeting, typed: dict[str, str], field: str, said: str
):
    make_member(user=make_user("ea@example.org"))

    page = as_secretary.post(INVITE, {"guest_1": "Ida", "from_1": "EU"} | typed)

    assert page.context["form"].errors[field] == [said]
    assert Attendance.objects.count() == 0


def test_letter_is_shown_with_the_note_before_it_is_sent(
    as_secretary: Client, meeting: Meeting, mailoutbox: list[EmailMessage]
):
    ea = make_member(user=make_user("ea@example.org", name="Ea Bæk"))
    typed = {"members": [ea.pk], "note": "Tag gerne en kollega med."}

    first = as_secretary.get(INVITE).context["post"]
    page = as_secretary.post(INVITE, typed | {"show": "on"})

    assert len(first.readers) == 2  # the secretary, too
    post = page.context["post"]
    assert [reader.name for reader in post.readers] == ["Ea Bæk"]
    assert "Kære Ea Bæk" in post.content
    assert "Tag gerne en kollega med." in page.content.decode()
    assert (mailoutbox, Attendance.objects.count()) == ([], 0)
    as_secretary.post(INVITE, typed)
    (letter,) = mailoutbox
    assert letter.body.startswith("Kære Ea Bæk\n\nTag gerne en kollega med.\n\n")


def test_email_of_a_guest_is_forgotten_a_month_after_the_meeting(
    guest: Attendance, meeting: Meeting
):
    day = meeting.date + inviting.GUESTS_KEPT

    assert inviting.forget_guests(day) == 0
    assert inviting.forget_guests(day + timedelta(days=1)) == 1
    guest.refresh_from_db()
    assert (guest.name, guest.email, MailingCopy.objects.get().email) == ("Ida Gæst", "", "")
