"""Proposals for an agenda: made by members, accepted or declined by the secretariat."""

import pytest
from django.utils import timezone

from meetings.models import AgendaProposal, ProposalState
from taskforce.activity.models import Activity, Verb
from tests.factories import (
    make_agenda_item,
    make_member,
    make_minutes,
    make_proposal,
    make_secretary,
)
from tests.meetings.agenda.agendas import HERE, titles
from tests.meetings.planning.plans import body, make_planned


def test_member_proposes_an_item_once(as_member, member, meeting):
    typed = {"title": "Sociale klausuler", "minutes": "15", "details": "Fordi\nde virker"}

    first = as_member.post(f"{HERE}foreslaa/", typed)
    as_member.post(f"{HERE}foreslaa/", typed)

    proposal = AgendaProposal.objects.get()
    assert first.url == "/moeder/7/#dagsorden"
    assert (proposal.title, proposal.minutes, proposal.proposed_by) == (
        *("Sociale klausuler", 15),
        member,
    )
    assert Activity.objects.get().verb == Verb.SUBMITTED
    assert "Sociale klausuler" in as_member.get("/moeder/7/").content.decode()


def test_strangers_read_no_proposals(client, meeting):
    make_proposal(meeting, "Sociale klausuler")

    assert "Sociale klausuler" not in client.get("/moeder/7/").content.decode()
    assert "Sociale klausuler" not in client.get("/feed/").content.decode()


@pytest.mark.parametrize(
    "typed", [{"title": ""}, {"minutes": "0"}, {"details": "x" * 5001}, {"title": "x" * 201}]
)
def test_bad_proposal_keeps_what_was_typed(as_member, meeting, typed):
    page = as_member.post(f"{HERE}foreslaa/", {"title": "Min", "details": "Fordi", **typed})

    assert [*page.context["form"].errors] == [*typed]
    assert not AgendaProposal.objects.exists()


def test_late_proposal_is_refused_and_kept_in_the_form(as_member, meeting):
    make_minutes(meeting)

    page = as_member.post(f"{HERE}foreslaa/", {"title": "For sent"})

    assert page.context["form"].non_field_errors()
    assert "For sent" in page.content.decode()
    assert not AgendaProposal.objects.exists()


def test_proposal_is_taken_once_and_its_author_told(mailbox, log_in):
    meeting, secretary = make_planned(), log_in(make_secretary())
    make_agenda_item(meeting, "Velkomst")
    proposal = make_proposal(meeting, "Sociale <klausuler>", minutes=15, details="Fordi")

    for _ in range(2):
        secretary.post(f"{HERE}forslag/{proposal.pk}/optag/")

    proposal.refresh_from_db()
    item = proposal.item
    assert proposal.state == ProposalState.TAKEN
    assert (item.order, item.title, item.minutes) == (2, "Sociale <klausuler>", 15)
    assert item.organisation == proposal.proposed_by.organisation
    assert titles(meeting) == ["Velkomst", "Sociale <klausuler>"]
    (letter,) = mailbox.letters
    assert letter["to"] == proposal.proposed_by.user.email
    assert letter["subject"] == "På dagsordenen: Sociale <klausuler>"
    assert "Sociale <klausuler>" in body(letter)


def test_proposal_is_declined_with_a_reason(mailbox, log_in):
    meeting, secretary = make_planned(), log_in(make_secretary())
    proposal = make_proposal(meeting, "Sociale klausuler")
    here = f"{HERE}forslag/{proposal.pk}/afvis/"

    empty = secretary.post(here, {"reason": " "})
    assert [*empty.context["form"].errors] == ["reason"]
    secretary.post(here, {"reason": "Vi tog det sidst."})
    secretary.get(HERE)
    taken = secretary.post(f"{HERE}forslag/{proposal.pk}/optag/", follow=True)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer) == (ProposalState.DECLINED, "Vi tog det sidst.")
    assert "allerede" in str(next(iter(taken.context["messages"])))
    assert not meeting.agenda.exists()
    (letter,) = mailbox.letters
    assert "Vi tog det sidst." in body(letter)
    reader = log_in(make_member())
    assert "Vi tog det sidst." in reader.get("/moeder/7/").content.decode()


def test_former_member_gets_no_mail(mailbox, log_in):
    meeting = make_planned()
    proposal = make_proposal(meeting)
    proposal.proposed_by.to_date = timezone.localdate()
    proposal.proposed_by.save()

    log_in(make_secretary()).post(f"{HERE}forslag/{proposal.pk}/optag/")

    assert mailbox.letters == []
    assert meeting.agenda.count() == 1


def test_desk_shows_what_waits(as_secretary, meeting):
    make_proposal(meeting, "Sociale klausuler")
    make_proposal(make_planned(8), "Taget", state=ProposalState.TAKEN)

    page = as_secretary.get("/sekretariat/").content.decode()

    assert "Sociale klausuler" in page
    assert "Taget" not in page
