"""What people must do before a meeting: on its page, on their own page, at the desk."""

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from meetings.inviting import pages
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting
from taskforce.members.models import Member, NameVisibility, Viewer
from tests.conftest import Mailbox
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_minutes,
    make_organisation,
    make_round_table_news,
    make_user,
)
from tests.meetings.agenda.agendas import SEND
from tests.meetings.inviting.invitations import ANSWER
from tests.meetings.planning.plans import days_ahead, invite, make_planned


def test_desk_remembers_what_nobody_wrote_down(as_secretary: Client):
    make_planned(date=days_ahead(-2))
    make_planned(6, date=days_ahead(-30))
    make_minutes(Meeting.objects.get(number=6))
    make_planned(8, date=days_ahead(0), starts=None, ends=None)
    make_planned(
        9, date=days_ahead(0).replace(day=1), date_precision="month", starts=None, ends=None
    )

    page = as_secretary.get("/sekretariat/")

    assert [meeting.number for meeting in page.context["not_written_down"]] == [7]
    assert "/moeder/7/referat/skriv/" in page.content.decode()
    past = as_secretary.get("/moeder/7/").content.decode()
    assert "Mødet er ikke holdt endnu" not in past


def test_desk_says_that_the_agenda_is_not_sent(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    assert "dagsordenen er ikke sendt" in as_secretary.get("/sekretariat/").content.decode()
    make_agenda_item(meeting, "Nyt")

    as_secretary.post(SEND, {"sent_before": ""})

    assert "dagsordenen er ikke sendt" not in as_secretary.get("/sekretariat/").content.decode()


def test_secretariat_sees_the_answers_counted(
    as_secretary: Client, as_member: Client, client: Client, invited: Attendance
):
    meeting = invited.meeting
    for status, online in (("coming", False), ("coming", True), ("coming", True)):
        make_attendance(meeting, status=status, online=online)

    page = as_secretary.get("/moeder/7/")

    assert [(number, percent) for _, number, percent in page.context["counts"]] == [
        (1, 25),
        (2, 50),
        (0, 0),
        (1, 25),
    ]
    text = page.content.decode()
    assert "<span>2 kommer online</span>" in text
    assert '<rect width="50%"' in text
    for browser in (as_member, client):
        assert "kommer online</span>" not in browser.get("/moeder/7/").content.decode()


def test_sign_ups_are_for_members_and_names_as_agreed(client: Client, as_member: Client, db: None):
    meeting = make_planned()
    for name, visibility in (("Ea Åben", "members"), ("Per Skjult", "nobody")):
        make_attendance(
            meeting,
            name=name,
            name_visibility=visibility,
            organisation_name="Fonden",
            status="coming",
        )

    strangers, members = (
        browser.get("/moeder/7/").content.decode() for browser in (client, as_member)
    )

    assert "Fonden" not in strangers
    assert "Ea Åben" not in strangers
    assert "Fonden" in members
    assert "Ea Åben" in members
    assert "Per Skjult" not in members


def test_my_page_says_what_waits(as_member: Client, invited: Attendance, member: Member):
    page = as_member.get("/min-side/")
    assert page.context["to_answer"] == [invited.meeting]
    assert [*page.context["to_write_for"]] == [invited.meeting]
    assert ANSWER in page.content.decode()

    as_member.post(ANSWER, {"person": invited.pk, "answer": "apologies"})
    make_round_table_news(invited.meeting, organisation=member.organisation)

    page = as_member.get("/min-side/")
    assert page.context["to_answer"] == []
    assert not page.context["to_write_for"]


def test_my_page_waits_for_nothing_once_it_is_over(as_member: Client, invited: Attendance):
    make_minutes(invited.meeting)
    assert not as_member.get("/min-side/").context["to_write_for"]

    Meeting.objects.update(date=days_ahead(-1))
    assert as_member.get("/min-side/").context["to_answer"] == []


def test_desk_says_what_waits(as_secretary: Client, invited: Attendance):
    make_attendance(invited.meeting, status="coming")
    make_planned(
        8, date=days_ahead(40).replace(day=1), date_precision="month", starts=None, ends=None
    )
    make_planned(9, date=days_ahead(90))

    page = as_secretary.get("/sekretariat/")

    found = {
        meeting.number: (meeting.listed, meeting.unanswered, meeting.news_written)
        for meeting in page.context["meetings"]
    }
    assert found == {7: (2, 1, 0), 8: (0, 0, 0), 9: (0, 0, 0)}
    text = page.content.decode()
    for words in ("1 af 2 har ikke svaret", "dagen er ikke sat", "ingen er indkaldt endnu"):
        assert words in text


def test_own_answer_of_another_person_names_the_organisation_where_the_name_is_hidden(
    invited: Attendance,
):
    hidden = make_member(make_organisation("Fonden"), user=make_user(name="Per Skjult"))
    invited.answered_by = hidden
    invited.save()

    def by(viewer: Viewer) -> str:
        found: str = pages.section(invited.meeting, viewer)["own_answer_by"]
        return found

    assert by(invited.member.user) == "Fonden"
    Member.objects.filter(pk=hidden.pk).update(name_visibility=NameVisibility.MEMBERS)
    assert by(invited.member.user) == "Per Skjult"
    Attendance.objects.update(answered_by=invited.member)
    assert by(invited.member.user) == ""


def test_strangers_see_nothing_of_the_time_before_a_meeting(invited: Attendance):
    assert pages.section(invited.meeting, AnonymousUser()) == {}


def test_answers_are_offered_until_the_meeting_is_over(invited: Attendance):
    meeting, viewer = invited.meeting, invited.member.user
    assert pages.section(meeting, viewer)["answers"] == [*Answer]

    meeting.date = days_ahead(-1)

    assert pages.section(meeting, viewer)["answers"] == []


def test_answers_are_counted_for_the_secretariat_once_invitations_are_out(
    invited: Attendance, secretary: Member
):
    meeting = invited.meeting

    def counted(viewer: Viewer) -> bool:
        return pages.section(meeting, viewer)["counts"] != []

    assert counted(secretary.user)
    assert not counted(invited.member.user)
    meeting.invited_at = None
    assert not counted(secretary.user)
