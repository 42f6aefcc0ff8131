"""Proposals for an agenda: made by members, accepted or declined by the secretariat."""

from functools import partial

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from meetings.agenda import proposing
from meetings.agenda.forms import ProposalForm
from meetings.models import AgendaItem, AgendaProposal, Meeting, MeetingState, ProposalState
from taskforce.activity.models import Activity, Verb
from taskforce.core.acts import Refused
from taskforce.members.models import Member
from tests.factories import (
    make_agenda_item,
    make_member,
    make_minutes,
    make_proposal,
    make_secretary,
)
from tests.meetings.agenda.agendas import HERE, titles
from tests.meetings.planning.plans import body, make_planned
from tests.racing import at_once
from tests.refusing import refused


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


def test_proposal_is_accepted_once_and_its_author_notified(mailbox, log_in):
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


ANSWERED = "Forslaget er allerede besvaret."


def form_for(meeting: Meeting, **typed: str) -> ProposalForm:
    proposal = AgendaProposal(meeting=meeting)
    form = ProposalForm({"title": "Klausuler", **typed}, instance=proposal)
    assert form.is_valid()
    return form


def test_propose_returns_the_proposal(meeting: Meeting, member: Member):
    proposal = proposing.propose(form=form_for(meeting, minutes="15"), by=member)

    assert proposal == AgendaProposal.objects.get()
    assert (proposal.proposed_by, proposal.minutes, proposal.state) == (member, 15, "waiting")
    assert [(act.verb, act.target_id) for act in Activity.objects.all()] == [
        ("submitted", proposal.pk)
    ]


def test_propose_returns_the_same_proposal_for_the_same_words(meeting: Meeting, member: Member):
    first = proposing.propose(form=form_for(meeting), by=member)

    assert proposing.propose(form=form_for(meeting), by=member) == first
    assert proposing.propose(form=form_for(meeting, details="Fordi"), by=member) != first
    assert proposing.propose(form=form_for(meeting), by=make_member()) != first
    first.state, first.answer = ProposalState.DECLINED, "Vi tog det sidst."
    first.save()
    assert proposing.propose(form=form_for(meeting), by=member) != first
    assert Activity.objects.count() == 4


@pytest.mark.parametrize("closed", ["minutes", MeetingState.HELD, MeetingState.CANCELLED])
def test_propose_refuses_once_the_meeting_is_over(meeting: Meeting, member: Member, closed: str):
    form = form_for(meeting)
    if closed == "minutes":
        make_minutes(meeting)
    else:
        Meeting.objects.update(state=closed)

    with pytest.raises(Refused) as refused:
        proposing.propose(form=form, by=member)

    expected = "Der kan ikke længere foreslås punkter til dagsordenen. Skriv til sekretariatet."
    assert str(refused.value) == expected
    assert not AgendaProposal.objects.exists()


def test_accept_returns_the_new_item_and_notifies_the_author(
    meeting: Meeting, secretary: Member, mailoutbox: list[EmailMessage]
):
    make_agenda_item(meeting, "Velkomst")
    proposal = make_proposal(meeting, "Klausuler", minutes=15, details="Fordi")

    item = proposing.accept(proposal=proposal, by=secretary)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.item) == ("taken", item)
    assert (item.order, item.title, item.details, item.minutes) == (2, "Klausuler", "Fordi", 15)
    assert item.organisation == proposal.proposed_by.organisation
    assert [letter.to for letter in mailoutbox] == [[proposal.proposed_by.user.email]]
    assert [act.verb for act in Activity.objects.all()] == ["accepted"]


def test_accept_refuses_where_the_agenda_is_closed(meeting: Meeting, secretary: Member):
    proposal = make_proposal(meeting)
    Meeting.objects.update(state=MeetingState.CANCELLED)

    with pytest.raises(Refused) as refused:
        proposing.accept(proposal=proposal, by=secretary)

    assert str(refused.value) == "Mødet er aflyst, så dagsordenen bliver, som den er."
    assert not meeting.agenda.exists()


def test_decline_returns_the_proposal_and_notifies_the_author(
    meeting: Meeting, secretary: Member, mailoutbox: list[EmailMessage]
):
    proposal = make_proposal(meeting)

    declined = proposing.decline(proposal=proposal, reason="Vi tog det sidst.", by=secretary)

    proposal.refresh_from_db()
    assert declined == proposal
    assert (proposal.state, proposal.answer) == ("declined", "Vi tog det sidst.")
    assert [letter.to for letter in mailoutbox] == [[proposal.proposed_by.user.email]]
    assert [act.verb for act in Activity.objects.all()] == ["declined"]


def test_answers_refuse_a_proposal_that_is_answered(meeting: Meeting, secretary: Member):
    proposal = make_proposal(meeting)
    proposing.decline(proposal=proposal, reason="Vi tog det sidst.", by=secretary)

    for act in (proposing.accept, partial(proposing.decline, reason="Nej.")):
        with pytest.raises(Refused) as refused:
            act(proposal=proposal, by=secretary)
        assert str(refused.value) == ANSWERED

    proposal.refresh_from_db()
    assert proposal.answer == "Vi tog det sidst."


def test_of_two_who_answer_at_once_one_is_first(transactional_db: None):
    meeting, secretary = make_planned(), make_secretary()
    proposal = make_proposal(meeting)
    act = {"proposal": proposal, "by": secretary}

    accepted, declined = at_once(
        partial(proposing.accept, **act), partial(proposing.decline, reason="Nej.", **act)
    )

    assert [type(accepted), type(declined)].count(Refused) == 1
    assert meeting.agenda.count() == isinstance(accepted, AgendaItem)


def test_the_same_proposal_sent_twice_at_once_is_made_once(transactional_db: None):
    meeting, member = make_planned(), make_member()
    forms = [form_for(meeting) for _twice in range(2)]

    first, second = at_once(*(partial(proposing.propose, form=form, by=member) for form in forms))

    assert first == second == AgendaProposal.objects.get()


# Withdrawing


def test_own_organisation_withdraws_a_proposal_that_waits(as_member, member, meeting):
    proposal = make_proposal(meeting, "Klausuler", proposed_by=make_member(member.organisation))
    path = f"{HERE}forslag/{proposal.pk}/traek-tilbage/"
    assert path in as_member.get("/moeder/7/").content.decode()
    assert "Klausuler" in as_member.get(path).content.decode()

    done = as_member.post(path)

    assert done.url == "/moeder/7/#dagsorden"
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert [*Activity.objects.values_list("verb", "actor")] == [(Verb.TAKEN_BACK, member.user.pk)]
    page = as_member.get("/moeder/7/").content.decode()
    assert "Trukket tilbage" in page
    assert path not in page


def test_withdrawn_proposal_waits_for_nobody(as_secretary, meeting):
    proposal = make_proposal(meeting, "Klausuler")
    assert [*as_secretary.get("/sekretariat/").context["proposals"]] == [proposal]

    proposing.withdraw(proposal=proposal, by=proposal.proposed_by)

    assert [*as_secretary.get("/sekretariat/").context["proposals"]] == []
    with refused("The proposal is withdrawn."):
        proposing.accept(proposal=proposal, by=make_secretary())
    with refused("The proposal is withdrawn.", already=True):
        proposing.withdraw(proposal=proposal, by=proposal.proposed_by)
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize("state", [ProposalState.TAKEN, ProposalState.DECLINED])
def test_answered_proposal_is_not_withdrawn(as_member, member, meeting, state):
    proposal = make_proposal(meeting, proposed_by=member, state=state, answer="Later.")

    page = as_member.post(f"/en{HERE}forslag/{proposal.pk}/traek-tilbage/", follow=True)

    assert "Somebody has answered this proposal already." in page.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == state


def test_nobody_else_withdraws_a_proposal(client, as_member, as_secretary, meeting):
    proposal = make_proposal(meeting)
    path = f"{HERE}forslag/{proposal.pk}/traek-tilbage/"

    assert as_member.post(path).status_code == 404
    assert as_secretary.post(path).status_code == 404
    assert client.post(path).status_code == 302
    assert path not in as_member.get("/moeder/7/").content.decode()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WAITING


def test_proposal_is_accepted_or_withdrawn_in_a_race(transactional_db):
    secretary = make_secretary()
    for number in range(40, 43):
        proposal = make_proposal(make_planned(number=number))

        results = at_once(
            partial(proposing.accept, proposal=proposal, by=secretary),
            partial(proposing.withdraw, proposal=proposal, by=proposal.proposed_by),
        )

        assert len([one for one in results if isinstance(one, Refused)]) == 1
