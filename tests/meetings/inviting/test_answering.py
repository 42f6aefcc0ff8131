"""Answer an invitation: on the page, for a colleague, by the link in the mail; and be reminded."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from meetings.inviting import answer_links, answering
from meetings.inviting.answers import Answer
from meetings.models import Attendance, Meeting, MeetingState
from meetings.planning import acts as planning
from meetings.tasks import remind_of_meetings
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_attendance,
    make_member,
    make_minutes,
    make_organisation,
    make_round_table_news,
    make_user,
)
from tests.meetings.planning.plans import (
    attached,
    body,
    days_ahead,
    invite,
    links,
    make_planned,
    values,
)
from tests.racing import at_once

ANSWER = "/moeder/7/svar/"


@pytest.fixture
def invited(member: Member) -> Attendance:
    """Return the place of a member on the list of the seventh meeting."""
    invite(make_planned(), member)
    return Attendance.objects.get()


def link(attendance: Attendance, answer: Answer = Answer.ONLINE) -> str:
    found = answer_links.of(attendance, attendance.meeting)
    return next(path for label, path in found if label == answer.label)


def state(attendance: Attendance) -> tuple[str, bool]:
    attendance.refresh_from_db()
    return attendance.status, attendance.online


# On the page


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        ("room", ("coming", False)),
        ("online", ("coming", True)),
        ("apologies", ("apologies", False)),
    ],
)
def test_answers_for_oneself(
    as_member: Client, invited: Attendance, answer: str, kept: tuple[str, bool]
):
    page = as_member.get("/moeder/7/").content.decode()
    assert f'name="person" value="{invited.pk}"' in page

    answered = as_member.post(ANSWER, {"person": invited.pk, "answer": answer})

    assert answered.url == "/moeder/7/"
    assert state(invited) == kept
    assert invited.answered_by == invited.member
    assert timezone.now() - invited.answered_at < timedelta(minutes=1)


def test_answer_may_change_and_nobody_gets_mail_of_their_own(
    mailbox: Mailbox, as_member: Client, invited: Attendance
):
    for answer in ("room", "apologies", "online"):
        as_member.post(ANSWER, {"person": invited.pk, "answer": answer})

    assert state(invited) == ("coming", True)
    assert len(mailbox.letters) == 1  # the invitation


def test_colleague_is_told_who_answered(log_in: LogIn, mailbox: Mailbox):
    odense = make_organisation("Odense Kommune")
    shown = {"name_visibility": NameVisibility.MEMBERS}
    ea = make_member(odense, user=make_user(name="Ea Bæk"), **shown)
    bo = make_member(odense, user=make_user("bo@example.org"), **shown)
    invite(make_planned(), ea, bo)
    row = Attendance.objects.get(member=bo)

    for _ in range(2):  # the same answer again is no news
        log_in(ea).post(ANSWER, {"person": row.pk, "answer": "apologies"})

    assert state(row) == ("apologies", False)
    assert row.answered_by == ea
    (letter,) = mailbox.letters[2:]
    assert letter["to"] == "bo@example.org"
    assert "Ea Bæk har svaret for dig: 7. møde" in body(letter)
    assert "Svaret: Jeg kan ikke komme" in body(letter)
    assert "Ea Bæk svarede for dig." in log_in(bo).get("/moeder/7/").content.decode()
    # The mail's links undo it.
    Client().post(links(letter)[0])
    assert state(row) == ("coming", False)
    assert row.answered_by == bo


def test_name_that_shows_to_nobody_is_not_told(log_in: LogIn, mailbox: Mailbox):
    odense = make_organisation("Odense Kommune")
    hidden = make_member(odense, user=make_user(name="Per Skjult"))
    bo = make_member(odense, name_visibility=NameVisibility.MEMBERS)
    invite(make_planned(), hidden, bo)
    row = Attendance.objects.get(member=bo)

    log_in(hidden).post(ANSWER, {"person": row.pk, "answer": "apologies"})

    letter = mailbox.letters[-1]
    assert "En kollega fra Odense Kommune har svaret for dig" in body(letter)
    assert "Per Skjult" not in body(letter)
    assert "Per Skjult" not in log_in(bo).get("/moeder/7/").content.decode()
    # Nor does the list of colleagues name the person.
    page = log_in(bo).get(ANSWER)
    assert len(page.context["form"].people) == 1
    refused = log_in(bo).post(
        ANSWER, {"person": Attendance.objects.get(member=hidden).pk, "answer": "room"}
    )
    assert list(refused.context["form"].errors) == ["person"]


def test_nobody_answers_for_another_organisation(as_member: Client, invited: Attendance):
    other = make_member(name_visibility=NameVisibility.PUBLIC)
    invite(invited.meeting, other)
    row = Attendance.objects.get(member=other)

    page = as_member.post(ANSWER, {"person": row.pk, "answer": "apologies"})

    assert list(page.context["form"].errors) == ["person"]
    assert state(row) == ("invited", False)


def test_former_colleague_of_the_organisation_is_not_answered_for(
    as_member: Client, invited: Attendance, member: Member
):
    former = make_member(member.organisation, name_visibility=NameVisibility.PUBLIC)
    invite(invited.meeting, former)
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))

    assert len(as_member.get(ANSWER).context["form"].people) == 1


def test_secretariat_answers_for_anyone(
    mailbox: Mailbox, as_secretary: Client, invited: Attendance
):
    guest = make_attendance(invited.meeting, name="Ida Gæst", status="invited")

    for row in (invited, guest):
        as_secretary.post(ANSWER, {"person": row.pk, "answer": "room"})

    assert state(invited) == state(guest) == ("coming", False)
    (_, letter) = mailbox.letters
    assert letter["to"] == invited.member.user.email
    assert "Sekretariatet har svaret for dig" in body(letter)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "perhaps"}, "answer"),
        ({"person": ""}, "person"),
        ({"person": "x"}, "person"),
    ],
)
def test_wrong_input_is_told_at_its_field(
    as_member: Client, invited: Attendance, sent: dict[str, str], field: str
):
    page = as_member.post(ANSWER, {"person": invited.pk, "answer": "room"} | sent)

    assert list(page.context["form"].errors) == [field]
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize(("held", "unfit"), [("online", "room"), ("in_person", "online")])
def test_answer_fits_how_the_meeting_is_held(
    as_member: Client, invited: Attendance, held: str, unfit: str
):
    Meeting.objects.update(format=held)

    page = as_member.post(ANSWER, {"person": invited.pk, "answer": unfit})

    assert list(page.context["form"].errors) == ["answer"]
    assert f'value="{unfit}"' not in as_member.get("/moeder/7/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"date": days_ahead(-1)},
        {"state": MeetingState.CANCELLED},
        {"state": MeetingState.HELD},
    ],
)
def test_answers_end_with_the_meeting(
    as_member: Client, invited: Attendance, fields: dict[str, Any]
):
    Meeting.objects.update(**fields)

    assert "<form class" not in as_member.get(ANSWER).content.decode()
    page = as_member.post(ANSWER, {"person": invited.pk, "answer": "room"})

    assert page.context["form"].non_field_errors()
    assert state(invited) == ("invited", False)


def test_answers_are_taken_until_the_hour_it_ends(invited: Attendance):
    now = timezone.localtime()
    Meeting.objects.update(date=now.date(), starts=time(0), ends=time(23, 59))
    assert answering.takes_answers(Meeting.objects.get())

    Meeting.objects.update(ends=time(0, 1))
    assert answering.takes_answers(Meeting.objects.get()) == (now.time() < time(0, 1))


def test_who_was_there_is_not_answered_for(as_secretary: Client, invited: Attendance):
    Attendance.objects.update(status="present")

    as_secretary.post(ANSWER, {"person": invited.pk, "answer": "apologies"})

    assert state(invited)[0] == "present"


def test_uninvited_member_is_told_so(as_member: Client):
    make_planned()

    page = as_member.get(ANSWER)

    assert page.status_code == 200
    assert page.context["form"].people == {}
    assert "Skriv til sekretariatet" in page.content.decode()


def test_answer_and_cancelling_at_once_leave_one_truth(transactional_db: None, invited: Attendance):
    """Whichever comes first, no answer is taken after the meeting is cancelled."""
    answered, cancelled = at_once(
        lambda: answering.answer(attendance=invited, answer=Answer.IN_ROOM, by=invited.member),
        lambda: planning.cancel(meeting=invited.meeting, reason="Sne", by=invited.member),
    )

    assert isinstance(cancelled, Meeting)
    assert (state(invited)[0] == "coming") == isinstance(answered, Attendance)


# Counts, and who reads them


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
    assert '<rect width="50"' in text
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


# By the link in the mail


def test_link_of_the_mail_answers_without_log_in(client: Client, member: Member, mailbox: Mailbox):
    invite(make_planned(), member)
    (letter,) = mailbox.letters

    for path, kept in zip(
        links(letter),
        (("coming", False), ("coming", True), ("apologies", False)),
        strict=True,
    ):
        page = client.get(path)
        assert page.status_code == 200
        assert member.user.name in page.content.decode()
        assert client.post(path).status_code == 200
        assert state(Attendance.objects.get()) == kept

    assert Attendance.objects.get().answered_by == member
    assert len(mailbox.letters) == 1
    assert "_auth_user_id" not in client.session


def test_opening_a_link_changes_nothing(client: Client, invited: Attendance):
    for method in (client.get, client.head):
        assert method(link(invited)).status_code == 200

    assert state(invited) == ("invited", False)
    assert invited.answered_at is None


def test_button_of_a_link_takes_the_token_of_its_page(invited: Attendance):
    """Somebody else's page cannot press the button."""
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link(invited)).status_code == 403
    assert state(invited) == ("invited", False)


def test_link_is_kept_in_no_cache(client: Client, invited: Attendance):
    for path in (link(invited), "/moeder/svar/nonsense/"):
        assert "no-store" in client.get(path)["Cache-Control"]


def test_link_used_again_gives_the_same_answer(
    mailbox: Mailbox, client: Client, invited: Attendance
):
    for _ in range(2):
        assert client.post(link(invited)).status_code == 200

    assert state(invited) == ("coming", True)
    assert len(mailbox.letters) == 1
    assert Attendance.objects.count() == 1


def forgeries(attendance: Attendance) -> list[str]:
    good = link(attendance).split("/")[-2]
    payload, _, signature = good.partition(":")
    other = Signer(salt="another").sign(payload)
    return [
        good[:-1],
        f"{payload}x:{signature}",
        f"{attendance.pk + 1}-online:{signature}",
        f"{attendance.pk}-apologies:{signature}",
        payload,
        other,
        Signer(key="guessed", salt="meetings.answer_links").sign(payload),
        "x",
    ]


@pytest.mark.parametrize("number", range(8))
def test_forged_link_answers_nothing(client: Client, invited: Attendance, number: int):
    path = f"/moeder/svar/{forgeries(invited)[number]}/"

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 404
        assert "Linket virker ikke længere" in page.content.decode()
        assert invited.name not in page.content.decode()
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"date": days_ahead(-1)}, "Mødet er slut"),
        ({"state": MeetingState.HELD}, "Mødet er slut"),
        ({"state": MeetingState.CANCELLED}, "Mødet er aflyst"),
    ],
)
def test_link_ends_with_the_meeting(
    client: Client, invited: Attendance, fields: dict[str, Any], sentence: str
):
    path = link(invited)
    Meeting.objects.update(**fields)

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 410
        assert sentence in page.content.decode()
    assert state(invited) == ("invited", False)


@pytest.mark.parametrize("left", ["membership", "log-in"])
def test_link_of_a_former_member_answers_nothing(client: Client, invited: Attendance, left: str):
    path = link(invited)
    if left == "membership":
        Member.objects.update(to_date=days_ahead(0))
    else:
        type(invited.member.user).objects.update(is_active=False)

    for method in (client.get, client.post):
        page = method(path)
        assert page.status_code == 410
        assert "ikke er medlem i dag" in page.content.decode()
    assert state(invited) == ("invited", False)


def test_link_of_somebody_who_is_there_says_so(client: Client, invited: Attendance):
    Attendance.objects.filter(pk=invited.pk).update(status="present")
    ((_label, path), *_others) = answer_links.of(invited, invited.meeting)

    page = client.post(path)

    assert page.status_code == 410
    assert "noteret som til stede" in page.content.decode()


def test_link_of_somebody_taken_off_the_list(client: Client, invited: Attendance):
    path = link(invited)
    invited.delete()

    assert client.post(path).status_code == 404


def test_link_that_no_longer_fits_offers_the_others(client: Client, invited: Attendance):
    path = link(invited, Answer.IN_ROOM)
    Meeting.objects.update(format="online")
    invited.meeting.refresh_from_db()

    page = client.post(path)

    assert state(invited) == ("invited", False)
    assert "på en anden måde" in page.content.decode()
    assert link(invited, Answer.ONLINE) in page.content.decode()


# What waits


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


# Reminders


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
