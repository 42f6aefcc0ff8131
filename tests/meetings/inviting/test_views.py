"""Pages to invite people to a meeting, and to answer an invitation."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import Attendance, Meeting, MeetingState
from taskforce.members.models import Member, NameVisibility
from tests.conftest import LogIn, Mailbox
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_organisation,
    make_user,
)
from tests.meetings.inviting.invitations import ANSWER, INVITE, state
from tests.meetings.planning.plans import body, days_ahead, invite, links, make_planned


def test_everybody_is_chosen_from_the_start(as_secretary: Client, secretary: Member):
    make_planned()
    member = make_member()
    make_member(to_date=days_ahead(0))
    make_member(user=make_user(is_active=False))

    form = as_secretary.get(INVITE).context["form"]

    expected = {str(secretary.pk), str(member.pk)}
    assert {key for key, _label in form.fields["members"].choices} == expected
    assert set(form["members"].value()) == expected


def test_invited_stand_on_the_list_as_they_agreed(as_secretary: Client, mailbox: Mailbox):
    make_planned()
    odense = make_organisation("Odense Kommune")
    member = make_member(odense, name_visibility=NameVisibility.MEMBERS)

    as_secretary.post(INVITE, {"members": [member.pk]})

    row = Attendance.objects.get()
    assert (row.member, row.status, row.name) == (member, "invited", member.user.name)
    assert (row.organisation, row.organisation_name) == (odense, "Odense Kommune")
    assert row.name_visibility == NameVisibility.MEMBERS
    assert Meeting.objects.get().invited_at is not None


def test_some_are_left_out_and_invited_later(as_secretary: Client, mailbox: Mailbox):
    make_planned()
    first, later = make_member(), make_member()

    as_secretary.post(INVITE, {"members": [first.pk]})
    invited_at = Meeting.objects.get().invited_at
    page = as_secretary.get(INVITE)
    assert str(first.pk) not in page.context["form"].uninvited
    as_secretary.post(INVITE, {"members": [later.pk]})

    assert [letter["to"] for letter in mailbox.letters] == [first.user.email, later.user.email]
    assert Meeting.objects.get().invited_at == invited_at


def test_sent_twice_invites_once_and_keeps_the_rest(as_secretary: Client, mailbox: Mailbox):
    make_planned()
    first, other = make_member(), make_member()
    as_secretary.post(INVITE, {"members": [first.pk]})

    page = as_secretary.post(INVITE, {"members": [first.pk, other.pk]})

    assert list(page.context["form"].errors) == ["members"]
    assert page.context["form"]["members"].value() == [str(first.pk), str(other.pk)]
    assert len(mailbox.letters) == 1


def test_with_everybody_invited_there_is_room_for_guests_only(
    as_secretary: Client, secretary: Member, mailbox: Mailbox
):
    invite(make_planned(), secretary)

    assert "members" not in as_secretary.get(INVITE).context["form"].fields
    page = as_secretary.post(INVITE, {"members": [secretary.pk]})

    assert list(page.context["form"].errors) == ["guest_1"]
    assert len(mailbox.letters) == 1


def test_guests_stand_on_the_list_and_get_no_mail(as_secretary: Client, mailbox: Mailbox):
    make_planned()

    as_secretary.post(INVITE, {"guest_1": "Ida Gæst", "from_1": "EU-huset", "guest_3": ""})
    as_secretary.post(INVITE, {"guest_2": "ida gæst", "from_2": "EU-huset"})

    row = Attendance.objects.get()
    assert (row.name, row.organisation_name, row.member) == ("Ida Gæst", "EU-huset", None)
    assert (row.status, row.name_visibility) == ("invited", NameVisibility.NOBODY)
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"members": []}, "members"),
        ({"members": ["999999"]}, "members"),
        ({"members": ["x"]}, "members"),
        ({"guest_1": "Ida"}, "from_1"),
        ({"from_2": "EU-huset"}, "guest_2"),
        ({"guest_3": "x" * 121, "from_3": "EU"}, "guest_3"),
    ],
)
def test_wrong_input_shows_its_error_at_the_field_and_stays(
    as_secretary: Client, mailbox: Mailbox, changes: dict[str, object], field: str
):
    make_planned()
    member = make_member()
    sent = {"members": [str(member.pk)], "guest_1": "", **changes}

    page = as_secretary.post(INVITE, sent)

    form = page.context["form"]
    assert field in form.errors
    assert {name: form[name].value() for name in sent} == sent
    assert mailbox.letters == []
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"date": date(2031, 1, 1), "date_precision": "month", "starts": None, "ends": None},
        {"date": days_ahead(-1)},
        {"state": MeetingState.CANCELLED},
        {"state": MeetingState.HELD},
    ],
)
def test_there_must_be_a_day_ahead(
    as_secretary: Client, mailbox: Mailbox, fields: dict[str, object]
):
    make_planned(**fields)
    member = make_member()

    assert "<form class" not in as_secretary.get(INVITE).content.decode().partition("<main")[2]
    page = as_secretary.post(INVITE, {"members": [member.pk]})

    assert page.context["form"].non_field_errors()
    assert mailbox.letters == []
    assert Meeting.objects.get().invited_at is None


def test_page_says_that_the_agenda_is_empty(as_secretary: Client):
    meeting = make_planned()
    assert "Dagsordenen er tom" in as_secretary.get(INVITE).content.decode()

    make_agenda_item(meeting, "Nyt")

    assert "Dagsordenen er tom" not in as_secretary.get(INVITE).content.decode()


def test_looking_invites_nobody(as_secretary: Client, mailbox: Mailbox):
    make_planned()

    as_secretary.get(INVITE)

    assert mailbox.letters == []
    assert Attendance.objects.count() == 0


def test_only_the_secretariat_invites(as_member: Client, client: Client, member: Member):
    make_planned()

    for browser, status in ((as_member, 403), (client, 302)):
        assert browser.get(INVITE).status_code == status
        assert browser.post(INVITE, {"members": [member.pk]}).status_code == status
    assert Attendance.objects.count() == 0


def test_name_follows_the_profile_until_the_meeting(as_member: Client, member: Member):
    Member.objects.update(name_visibility=NameVisibility.PUBLIC)
    member.refresh_from_db()
    ahead, past = make_planned(), make_planned(8, state=MeetingState.HELD)
    invite(ahead, member)
    old = make_attendance(past, member=member, name_visibility=NameVisibility.PUBLIC)

    as_member.post("/min-side/om-mig/", {"name": "Nyt Navn", "name_visibility": "nobody"})

    row = ahead.attendances.get()
    assert (row.name, row.name_visibility) == ("Nyt Navn", NameVisibility.NOBODY)
    old.refresh_from_db()
    assert old.name_visibility == NameVisibility.PUBLIC


# Answering


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


def test_answer_may_change_and_sends_no_mail_to_oneself(
    mailbox: Mailbox, as_member: Client, invited: Attendance
):
    for answer in ("room", "apologies", "online"):
        as_member.post(ANSWER, {"person": invited.pk, "answer": answer})

    assert state(invited) == ("coming", True)
    assert len(mailbox.letters) == 1  # the invitation


def test_colleague_is_notified_who_answered(log_in: LogIn, mailbox: Mailbox):
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


def test_name_that_shows_to_nobody_is_in_no_letter(log_in: LogIn, mailbox: Mailbox):
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
def test_wrong_input_shows_its_error_at_the_field(
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

    assert "<form class" not in as_member.get(ANSWER).content.decode().partition("<main")[2]
    page = as_member.post(ANSWER, {"person": invited.pk, "answer": "room"})

    assert page.context["form"].non_field_errors()
    assert state(invited) == ("invited", False)


def test_who_was_there_is_not_answered_for(as_secretary: Client, invited: Attendance):
    Attendance.objects.update(status="present")

    as_secretary.post(ANSWER, {"person": invited.pk, "answer": "apologies"})

    assert state(invited)[0] == "present"


def test_page_says_that_a_member_is_not_invited(as_member: Client):
    make_planned()

    page = as_member.get(ANSWER)

    assert page.status_code == 200
    assert page.context["form"].people == {}
    assert "Skriv til sekretariatet" in page.content.decode()
