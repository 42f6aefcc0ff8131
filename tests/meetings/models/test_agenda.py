"""Agenda items and proposals: who reads them, and what they are called."""

import pytest
from django.core.exceptions import ValidationError

from meetings.models import AgendaItem, AgendaProposal, ProposalState
from taskforce.members.models import NameVisibility, Viewer
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_meeting,
    make_member,
    make_organisation,
    make_proposal,
    make_user,
)
from tests.meetings.models.viewers import make_viewers


def test_who_is_responsible_shows_as_the_name_s_owner_agreed(db: None):
    meeting = make_meeting()
    odense = make_organisation("Odense Kommune")
    shown = make_attendance(
        meeting, name="Ea", name_visibility=NameVisibility.PUBLIC, organisation_name="Odense by"
    )
    hidden = make_attendance(meeting, name="Per", organisation_name="Fonden")
    make_agenda_item(meeting, responsible=shown, organisation=odense)
    make_agenda_item(meeting, responsible=hidden)
    make_agenda_item(meeting, organisation=odense)
    make_agenda_item(meeting)
    viewers = make_viewers(meeting)

    def responsible(viewer: Viewer) -> list[tuple[str, str]]:
        return [
            (item.responsible_organisation or "", item.responsible_name or "")
            for item in meeting.agenda.with_responsible(viewer)
        ]

    # A person's organisation stands as it was at the meeting.
    assert responsible(viewers.stranger) == [
        ("Odense by", "Ea"),
        ("Fonden", ""),
        ("Odense Kommune", ""),
        ("", ""),
    ]
    assert responsible(viewers.secretary)[1] == ("Fonden", "Per")


def test_a_member_who_is_not_invited_yet_shows_as_agreed_and_a_guest_to_members(db: None):
    meeting = make_meeting()
    odense = make_organisation("Odense Kommune")
    named = {"user": make_user(name="Ea"), "name_visibility": NameVisibility.PUBLIC}
    make_agenda_item(meeting, responsible_member=make_member(organisation=odense, **named))
    hidden = make_member(organisation=odense, user=make_user(name="Per"))
    make_agenda_item(meeting, responsible_member=hidden)
    make_agenda_item(meeting, responsible_guest="Liv")
    viewers = make_viewers(meeting)

    def responsible(viewer: Viewer) -> list[tuple[str, str]]:
        return [
            (item.responsible_organisation or "", item.responsible_name)
            for item in meeting.agenda.with_responsible(viewer)
        ]

    in_public = [("Odense Kommune", "Ea"), ("Odense Kommune", ""), ("", "")]
    assert responsible(viewers.stranger) == in_public
    assert responsible(viewers.elsewhere) == [*in_public[:2], ("", "Liv")]
    assert responsible(viewers.secretary)[1] == ("Odense Kommune", "Per")


def test_who_reads_proposals(db: None):
    meeting = make_meeting(3)
    viewers = make_viewers(meeting)
    proposal = make_proposal(meeting, "Klausuler")

    def sees(viewer: Viewer) -> bool:
        return proposal in AgendaProposal.objects.visible_to(viewer)

    assert viewers.who(sees) == {"elsewhere", "invited", "present", "secretary"}
    assert (str(proposal), proposal.get_absolute_url()) == ("Klausuler", "/moeder/3/#dagsorden")


def test_proposal_waits_until_it_is_answered(db: None):
    meeting = make_meeting()
    waiting = make_proposal(meeting)
    make_proposal(meeting, state=ProposalState.TAKEN)

    assert [*AgendaProposal.objects.waiting()] == [waiting]


def test_proposal_is_declined_with_a_reason(db: None):
    proposal = AgendaProposal(
        meeting=make_meeting(),
        title="Klausuler",
        proposed_by=make_member(),
        state=ProposalState.DECLINED,
    )

    with pytest.raises(ValidationError) as error:
        proposal.full_clean()

    assert error.value.messages == ["Skriv begrundelsen."]


def test_item_is_called_by_its_title_and_has_a_permanent_anchor():
    item = AgendaItem(pk=7, title="Velkomst")

    assert (str(item), item.anchor) == ("Velkomst", "punkt-7")
