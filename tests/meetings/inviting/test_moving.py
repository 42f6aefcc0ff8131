"""Answers hold for their day; who joins after the invitations may answer, and is invited."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from meetings.inviting import answering
from meetings.inviting.answers import Answer
from meetings.inviting.reminding import of_meetings
from meetings.models import Attendance, Meeting
from taskforce.following.reminding import remind_due
from taskforce.members.models import Member
from tests.factories import make_member
from tests.meetings.inviting.invitations import ANSWER
from tests.meetings.planning.plans import days_ahead, invite, make_planned, save, typed


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_planned()


@pytest.fixture
def yes(meeting: Meeting, member: Member) -> Attendance:
    """A member who said to come online, and another who sent apologies."""
    invite(meeting, member, make_member())
    own, other = meeting.attendances.order_by("pk")
    answering.answer(attendance=own, answer=Answer.ONLINE, by=member)
    answering.answer(attendance=other, answer=Answer.APOLOGIES, by=other.member)
    own.refresh_from_db()
    return own


def move(browser: Client, meeting: Meeting, **changes: Any) -> None:
    meeting.refresh_from_db()
    assert save(browser, typed(meeting, **changes)).status_code == 302


def answers(meeting: Meeting) -> list[tuple[str, str, date | None]]:
    rows = meeting.attendances.order_by("pk")
    return [*rows.values_list("status", "earlier_status", "earlier_day")]


def test_another_day_asks_again(
    as_secretary: Client,
    as_member: Client,
    meeting: Meeting,
    yes: Attendance,
    mailoutbox: list[EmailMessage],
):
    before = meeting.date
    remind_due(of_meetings, meeting.over_at - timedelta(days=2))
    mailoutbox.clear()

    move(as_secretary, meeting, day=days_ahead(3))

    assert answers(meeting) == [
        ("invited", "coming", before),
        ("invited", "apologies", before),
    ]
    meeting.refresh_from_db()
    assert [number for _words, number, _percent in answering.counts(meeting)] == [0, 0, 0, 2]
    letters = [letter for letter in mailoutbox if "Du svarede til" in letter.body]
    assert len(letters) == 2
    yes.refresh_from_db()
    assert yes.earlier_words.startswith("Kommer: svarede til ")
    assert "svarede til" in as_member.get("/moeder/7/").content.decode()
    assert "svarede til" in as_secretary.get("/moeder/7/indkald/").content.decode()
    desk = as_secretary.get("/sekretariat/")
    assert [row.unanswered for row in desk.context["meetings"] if row == meeting] == [2]
    mailoutbox.clear()
    remind_due(of_meetings, timezone.now())
    assert len(mailoutbox) == 2  # reminded of the new day, though they were of the old

    as_member.post(ANSWER, {"person": yes.pk, "answer": "apologies"})

    assert answers(meeting)[0] == ("apologies", "", None)


@pytest.mark.parametrize("changes", [{"starts": "09:00"}, {"ends": "16:00"}, {"place": "Aarhus"}])
def test_another_hour_or_place_keeps_the_answers(
    as_secretary: Client, meeting: Meeting, yes: Attendance, changes: dict[str, str]
):
    move(as_secretary, meeting, **changes)

    assert answers(meeting) == [("coming", "", None), ("apologies", "", None)]


def test_back_to_the_first_day_the_answers_count_again(
    as_secretary: Client, meeting: Meeting, yes: Attendance
):
    before = meeting.date
    move(as_secretary, meeting, day=days_ahead(30))
    move(as_secretary, meeting, day=days_ahead(40))
    assert [row[2] for row in answers(meeting)] == [before, before]

    move(as_secretary, meeting, day=before)

    assert answers(meeting) == [("coming", "", None), ("apologies", "", None)]
    yes.refresh_from_db()
    assert (yes.online, yes.answered_at is not None) == (True, True)


def test_moved_to_a_month_frees_the_old_day_in_calendars(
    as_secretary: Client, meeting: Meeting, yes: Attendance, mailoutbox: list[EmailMessage]
):
    mailoutbox.clear()
    month = (meeting.date + timedelta(days=62)).replace(day=1)

    move(as_secretary, meeting, day="", month=f"{month:%Y-%m}", starts="", ends="")

    assert {row[0] for row in answers(meeting)} == {"invited"}
    text, kind = mailoutbox[0].alternatives[1]  # type: ignore[attr-defined]
    assert kind == "text/calendar; method=CANCEL"
    assert f"{days_ahead(21):%Y%m%d}" in text
    assert "SEQUENCE:1" in text


# Members since the invitations went out


@pytest.fixture
def late(meeting: Meeting, member: Member) -> Member:
    """The member, accepted a day after others were invited."""
    invite(meeting, make_member())
    Meeting.objects.update(invited_at=timezone.now() - timedelta(days=1))
    return member


def test_who_joined_later_is_invited_from_the_desk_with_one_click(
    as_secretary: Client, late: Member, mailoutbox: list[EmailMessage]
):
    Member.objects.exclude(pk=late.pk).update(from_date=days_ahead(-30))
    mailoutbox.clear()
    desk = as_secretary.get("/sekretariat/")
    assert [(row[0].number, row[1]) for row in desk.context["late"]] == [(7, [late])]

    as_secretary.post("/moeder/7/indkald/", {"members": late.pk})

    assert [letter.to for letter in mailoutbox] == [[late.user.email]]
    assert as_secretary.get("/sekretariat/").context["late"] == []


def test_who_joined_later_answers_by_herself(as_member: Client, late: Member, meeting: Meeting):
    assert meeting in as_member.get("/min-side/").context["to_answer"]
    page = as_member.get("/moeder/7/").content.decode()
    assert 'name="person" value="own"' in page

    for _twice in range(2):
        as_member.post(ANSWER, {"person": "own", "answer": "online"})

    row = meeting.attendances.get(member=late)
    assert (row.status, row.online, row.answered_by) == ("coming", True, late)
    assert meeting not in as_member.get("/min-side/").context["to_answer"]


def test_who_was_left_out_from_the_start_is_not_late(
    as_member: Client, as_secretary: Client, late: Member, meeting: Meeting
):
    Member.objects.update(from_date=days_ahead(-30))

    page = as_member.post(ANSWER, {"person": "own", "answer": "online"})

    assert "person" in page.context["form"].errors
    assert as_secretary.get("/sekretariat/").context["late"] == []
    assert not meeting.attendances.filter(member=late).exists()


# The invitation as a calendar reads it


def test_invitation_is_an_alternative_part_from_its_sender(
    meeting: Meeting, member: Member, mailoutbox: list[EmailMessage]
):
    invite(meeting, member)

    (letter,) = mailoutbox
    parts = [(part.get_content_type(), part.get_param("method")) for part in walk(letter)]
    assert parts == [
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", "REQUEST"),
    ]
    assert f"ORGANIZER;CN=Buy Social Taskforce Danmark:mailto:{settings.DEFAULT_FROM_EMAIL}" in (
        unfolded(letter)
    ).replace('"', "")
    assert letter.from_email == settings.DEFAULT_FROM_EMAIL


def walk(letter: EmailMessage) -> list[Any]:
    return [part for part in letter.message().walk() if not part.is_multipart()]


def unfolded(letter: EmailMessage) -> str:
    content = walk(letter)[2].get_payload(decode=True).decode()
    return str(content.replace("\r\n ", "").replace("\n ", ""))
