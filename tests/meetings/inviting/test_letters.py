"""Letters about a meeting: what each says, and the calendar entry that it carries."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from meetings.inviting import letters
from meetings.inviting.answers import Answer
from meetings.models import Attendance
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_member,
    make_organisation,
    make_proposal,
    make_user,
)
from tests.meetings.inviting.invitations import INVITE
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
        ("ORGANIZER", f"mailto:{settings.DEFAULT_FROM_EMAIL}"),
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


def test_former_member_gets_no_letter(db: None, mailoutbox: list[EmailMessage]):
    proposal = make_proposal(make_planned())
    facts = {"proposal": proposal, "meeting": proposal.meeting}

    letters.write_to(
        make_member(to_date=days_ahead(0)), "agenda_proposal_answered", about=proposal, **facts
    )
    letters.write_to(member := make_member(), "agenda_proposal_answered", about=proposal, **facts)

    assert [(letter.to, letter.reply_to) for letter in mailoutbox] == [
        ([member.user.email], ["sekretariat@eksempel.example"])
    ]


def test_each_letter_has_its_subject_its_reader_and_its_entry(
    invited: Attendance, mailoutbox: list[EmailMessage]
):
    mailoutbox.clear()
    meeting = invited.meeting
    meeting.date = date(2031, 7, 1)

    letters.invite(meeting, [invited])
    letters.send_agenda(meeting)
    letters.remind(meeting, [invited])
    letters.notify_moved(before=make_planned(8), meeting=meeting)
    letters.notify_cancelled(meeting)

    assert [letter.subject for letter in mailoutbox] == [
        "Indkaldelse: 7. møde, 1. juli 2031",
        "Dagsorden: 7. møde, 1. juli 2031",
        "Kommer du? 7. møde, 1. juli 2031",
        "Ændret: 7. møde, 1. juli 2031",
        "Aflyst: 7. møde, 1. juli 2031",
    ]
    assert {*map(tuple, (letter.to for letter in mailoutbox))} == {(invited.member.user.email,)}
    assert [letter.attachments for letter in mailoutbox] == [[]] * 5
    entries = [letter.alternatives[1] for letter in mailoutbox]  # type: ignore[attr-defined]
    assert [entry.mimetype for entry in entries] == [
        *["text/calendar; method=REQUEST"] * 4,
        "text/calendar; method=CANCEL",
    ]


def test_list_of_readers_leaves_out_guests_and_former_members(
    invited: Attendance, mailoutbox: list[EmailMessage]
):
    meeting = invited.meeting
    former = make_member()
    invite(meeting, former)
    Member.objects.filter(pk=former.pk).update(to_date=days_ahead(0))
    make_attendance(meeting)

    assert letters.send_agenda(meeting) == [invited]


@pytest.mark.parametrize(
    ("visibility", "role", "expected"),
    [
        ("members", "member", "Ea Bæk har svaret for dig: 7. møde"),
        ("nobody", "member", "En kollega fra Odense Kommune har svaret for dig: 7. møde"),
        ("nobody", "secretariat", "Sekretariatet har svaret for dig: 7. møde"),
    ],
)
def test_letter_names_who_answered_as_they_agreed(
    invited: Attendance,
    mailoutbox: list[EmailMessage],
    visibility: str,
    role: str,
    expected: str,
):
    by = make_member(
        invited.organisation,
        user=make_user(name="Ea Bæk"),
        name_visibility=visibility,
        role=role,
    )

    letters.notify_answered(invited.meeting, invited, Answer.APOLOGIES, by=by)

    assert mailoutbox[-1].body.splitlines()[2] == expected
    assert "Svaret: Jeg kan ikke komme" in mailoutbox[-1].body
