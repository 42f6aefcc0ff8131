"""The button that sends the agenda."""

from datetime import date

import pytest
from django.test import Client

from meetings.models import Meeting
from taskforce.members.models import Member
from tests.conftest import Mailbox
from tests.factories import make_agenda_item, make_attendance, make_member, make_user
from tests.meetings.agenda.agendas import SEND
from tests.meetings.inviting.invitations import INVITE
from tests.meetings.planning.plans import (
    attached,
    body,
    days_ahead,
    invite,
    links,
    make_planned,
    values,
)


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
        known = as_secretary.get(SEND).context["form"]["sent_before"].value()
        page = as_secretary.post(SEND, {"sent_before": known if sent else ""}, follow=True)
        assert len(mailbox.letters) == expected
    assert "Sidst sendt" in page.content.decode()


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

    assert "Intet blev sendt" in page.content.decode()
    assert len(mailbox.letters) == before
