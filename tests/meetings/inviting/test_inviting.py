"""Invite to a meeting: who is asked, what the letter holds, and that nobody is asked twice."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from meetings.inviting import acts as inviting
from meetings.models import Attendance, Meeting, MeetingState
from taskforce.core.acts import Refused
from taskforce.members.models import Member, NameVisibility
from tests.conftest import Mailbox
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_organisation,
    make_user,
)
from tests.meetings.planning.plans import (
    attached,
    body,
    days_ahead,
    invite,
    links,
    make_planned,
    the_event,
    values,
)
from tests.racing import at_once

INVITE = "/moeder/7/indkald/"


def test_everybody_is_chosen_from_the_start(as_secretary: Client, secretary: Member):
    make_planned()
    member = make_member()
    make_member(to_date=days_ahead(0))
    make_member(user=make_user(is_active=False))

    form = as_secretary.get(INVITE).context["form"]

    expected = {str(secretary.pk), str(member.pk)}
    assert {key for key, _label in form.fields["members"].choices} == expected
    assert set(form["members"].value()) == expected


def test_letter_holds_all_that_one_needs(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned(date=date(2031, 7, 1))
    odense = make_organisation("Odense Kommune")
    ea = make_member(odense, user=make_user("ea@example.org", name="Ea Bæk"))
    shown = make_attendance(
        meeting, name="Bo Åben", name_visibility="public", organisation_name="Fonden"
    )
    hidden = make_attendance(
        meeting, name="Per Skjult", name_visibility="members", organisation_name="Huset"
    )
    make_agenda_item(meeting, "Velkommen & kaffe", starts=time(14), minutes=10, responsible=shown)
    make_agenda_item(meeting, "Nyt", details="Med <plads>", responsible=hidden)

    as_secretary.post(INVITE, {"members": [ea.pk]})

    (letter,) = mailbox.letters
    assert letter["to"] == "ea@example.org"
    assert letter["reply-to"] == "sekretariat@eksempel.example"
    assert letter["subject"] == "Indkaldelse: 7. møde, 1. juli 2031"
    text = body(letter)
    for line in (
        "Kære Ea Bæk",
        "Hvornår: 1. juli 2031 kl. 14.00–15.30",
        "Hvor: Rådhuset; sal 2, Odense",
        "Online: https://meet.example.org/secret-room",
        "14.00 Velkommen & kaffe (10 minutter) – Bo Åben, Fonden",
        "14.10 Nyt – Huset",
        "Med <plads>",
        "http://localhost:8000/moeder/7/",
    ):
        assert line in [found.strip() for found in text.splitlines()], line
    assert "Per Skjult" not in text  # mail is passed on, so it names only those whom all may read
    assert len(links(letter)) == 3


def test_calendar_entry_of_the_letter(as_secretary: Client, mailbox: Mailbox):
    make_planned(date=date(2031, 7, 1), sequence=2)
    ea = make_member(user=make_user("ea@example.org", name="Ea Bæk"))
    bo = make_member(user=make_user("bo@example.org", name="Bo Dam"))

    as_secretary.post(INVITE, {"members": [ea.pk, bo.pk]})

    entry = next(attached(letter) for letter in mailbox.letters if letter["to"] == "ea@example.org")
    for name, value in (
        ("METHOD", "REQUEST"),
        ("UID", "meeting-7@localhost:8000"),
        ("SEQUENCE", "2"),
        ("STATUS", "CONFIRMED"),
        ("SUMMARY", "7. møde · Buy Social Taskforce Danmark"),
        ("URL", "http://localhost:8000/moeder/7/"),
        ("LOCATION", r"Rådhuset\; sal 2\, Odense"),
        ("DESCRIPTION", "https://meet.example.org/secret-room"),
        ("ORGANIZER", "mailto:sekretariat@eksempel.example"),
        ("ATTENDEE", "mailto:ea@example.org"),  # and nobody else's address
        ("TZID", "Europe/Copenhagen"),
    ):
        assert values(entry, name) == [value], name
    assert entry.count("BEGIN:VEVENT") == entry.count("BEGIN:VTIMEZONE") == 1
    assert "DTSTART;TZID=Europe/Copenhagen:20310701T140000" in entry
    assert "DTEND;TZID=Europe/Copenhagen:20310701T153000" in entry
    zone = ZoneInfo("Europe/Copenhagen")
    assert the_event(entry)["dtstart"].dt == datetime(2031, 7, 1, 14, tzinfo=zone)


def test_online_meeting_takes_place_at_its_link(as_secretary: Client, mailbox: Mailbox):
    make_planned(format="online", place="")
    member = make_member()

    as_secretary.post(INVITE, {"members": [member.pk]})

    (letter,) = mailbox.letters
    assert values(attached(letter), "LOCATION") == ["https://meet.example.org/secret-room"]
    assert len(links(letter)) == 2  # nobody can come to a room that there is not


def test_letters_are_danish_whatever_the_secretary_reads(as_secretary: Client, mailbox: Mailbox):
    make_planned()

    as_secretary.post(f"/en{INVITE}", {"members": [make_member().pk]})

    (letter,) = mailbox.letters
    assert letter["subject"].startswith("Indkaldelse:")
    assert "/en/" not in body(letter) + attached(letter)
    assert "møde" in values(attached(letter), "SUMMARY")[0]


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
def test_wrong_input_is_told_at_its_field_and_stays(
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

    assert "<form class" not in as_secretary.get(INVITE).content.decode()
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


# The agenda

AGENDA = "/moeder/7/dagsorden/"
SEND = f"{AGENDA}send/"


def test_agenda_goes_out_after_the_invitations(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned(date=date(2031, 7, 1), sequence=3)
    ea, bo, gone = (make_member(user=make_user(f"{name}@example.org")) for name in "ebg")
    invite(meeting, ea, bo, gone)
    make_attendance(meeting, name="En gæst")
    meeting.attendances.filter(member=bo).update(status="apologies")
    Member.objects.filter(pk=gone.pk).update(to_date=days_ahead(0))
    details = '<ul><li><a href="/barrierer/kapital/">Kapital</a></li></ul>'
    make_agenda_item(meeting, "Siden sidst", minutes=10, details=details)
    make_agenda_item(meeting, "Nyt", responsible=make_attendance(meeting, name="Per Skjult"))
    before = len(mailbox.letters)

    page = as_secretary.post(SEND, {"sent_before": ""}, follow=True)

    assert "Dagsordenen er sendt til 2." in page.content.decode()
    letters = {letter["to"]: letter for letter in mailbox.letters[before:]}
    assert {*letters} == {"e@example.org", "b@example.org"}
    letter = letters["e@example.org"]
    assert letter["subject"] == "Dagsorden: 7. møde, 1. juli 2031"
    lines = body(letter).splitlines()
    assert "14.00 Siden sidst (10 minutter)" in lines
    assert "    - Kapital (http://localhost:8000/barrierer/kapital/)" in lines
    assert "Per Skjult" not in body(letter)
    assert len(links(letter)) == 3
    assert "Dit svar gælder stadig: Afbud" in body(letters["b@example.org"])
    entry = attached(letter)
    assert values(entry, "UID") == ["meeting-7@localhost:8000"]
    assert values(entry, "SEQUENCE") == ["3"]  # nothing moved


def test_agenda_is_sent_again_and_not_twice(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    make_agenda_item(meeting, "Nyt")

    for sent, expected in (("", 2), ("", 2), ("anew", 3)):
        known = as_secretary.get(AGENDA).context["send"]["sent_before"].value()
        page = as_secretary.post(SEND, {"sent_before": known if sent else ""}, follow=True)
        assert len(mailbox.letters) == expected
    assert "Sidst sendt" in page.content.decode()


def test_two_who_send_the_agenda_at_once_send_it_once(transactional_db: None, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    make_agenda_item(meeting, "Nyt")

    found = at_once(*[lambda: inviting.send_agenda(meeting=meeting, sent_before="")] * 2)

    assert sorted(map(type, found), key=str) == [list, Refused]
    assert len(mailbox.letters) == 2


def test_invitation_with_the_agenda_in_it_counts(as_secretary: Client, mailbox: Mailbox):
    meeting, member = make_planned(), make_member()
    make_agenda_item(meeting, "Nyt")

    as_secretary.post(INVITE, {"members": [member.pk]})

    meeting.refresh_from_db()
    assert meeting.agenda_sent_at == meeting.invited_at


@pytest.mark.parametrize("missing", ["list", "agenda", "day"])
def test_nothing_is_sent_where_there_is_nothing_to_send(
    as_secretary: Client, mailbox: Mailbox, missing: str
):
    meeting = make_planned()
    if missing != "list":
        invite(meeting, make_member())
    if missing != "agenda":
        make_agenda_item(meeting, "Nyt")
    if missing == "day":
        Meeting.objects.filter(pk=meeting.pk).update(date=days_ahead(-1))
    before = len(mailbox.letters)

    page = as_secretary.post(SEND, {"sent_before": ""}, follow=True)

    assert "Intet er sendt" in page.content.decode()
    assert len(mailbox.letters) == before


def test_desk_says_that_the_agenda_is_not_sent(as_secretary: Client, mailbox: Mailbox):
    meeting = make_planned()
    invite(meeting, make_member())
    assert "dagsordenen er ikke sendt" in as_secretary.get("/sekretariat/").content.decode()
    make_agenda_item(meeting, "Nyt")

    as_secretary.post(SEND, {"sent_before": ""})

    assert "dagsordenen er ikke sendt" not in as_secretary.get("/sekretariat/").content.decode()
