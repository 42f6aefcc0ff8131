"""The acts by which organisations join a consortium and leave it."""

from functools import partial
from typing import Any

import pytest

from calls.consortia import joining
from calls.consortia.forms import AddPartnerForm, EditPartnerForm
from calls.models import Consortium, Partner, PartnerState
from taskforce.following.models import Follow
from taskforce.members.models import Member, Organisation
from tests.factories import (
    make_call,
    make_member,
    make_open_consortium,
    make_organisation,
    make_partner,
)
from tests.outbox import sent, sent_to
from tests.racing import at_once
from tests.refusing import answers, conflict, refused

CONFIRMED, INTERESTED = PartnerState.CONFIRMED, PartnerState.INTERESTED
INVITED, WITHDRAWN = PartnerState.INVITED, PartnerState.WITHDRAWN
STATES = [CONFIRMED, INTERESTED, INVITED, WITHDRAWN]
ANSWERED = "Somebody has answered this already."


def others(*states: PartnerState) -> list[PartnerState]:
    return [state for state in STATES if state not in states]


def state_of(partner: Partner) -> str:
    partner.refresh_from_db()
    return partner.state


@pytest.fixture
def asker(db: None) -> Member:
    return make_member(make_organisation("Odense Kommune"))


# Ask


@pytest.mark.parametrize("before", [None, WITHDRAWN])
def test_ask_writes_to_the_lead(
    consortium: Consortium, lead: Member, asker: Member, before: PartnerState | None
):
    if before:
        make_partner(consortium, organisation=asker.organisation, state=before)

    partner = joining.ask(consortium=consortium, note="Vi kan tysk.", by=asker)

    assert partner == consortium.partners.get()
    assert (partner.organisation, partner.state) == (asker.organisation, INTERESTED)
    assert partner.note == "Vi kan tysk."
    assert sent() == [(lead.user.email, "Odense Kommune vil gerne være med i jeres konsortium")]


@pytest.mark.parametrize("state", others(WITHDRAWN))
def test_ask_refuses_an_organisation_that_is_on_the_list(
    consortium: Consortium, asker: Member, state: PartnerState
):
    partner = make_partner(consortium, organisation=asker.organisation, state=state, note="Før")

    with refused("Your organisation has asked, or is invited, already.", already=True):
        joining.ask(consortium=consortium, note="Igen", by=asker)

    assert (state_of(partner), partner.note) == (state, "Før")
    assert sent() == []


def test_ask_writes_to_partners_where_the_lead_has_no_members(asker: Member):
    consortium = make_open_consortium(make_call(), make_organisation())
    confirmed, invited = make_member(), make_member()
    make_partner(consortium, organisation=confirmed.organisation)
    make_partner(consortium, organisation=invited.organisation, state=INVITED)

    joining.ask(consortium=consortium, note="x", by=asker)

    assert sent_to() == [confirmed.user.email]


def test_ask_twice_at_once_asks_once(transactional_db: None):
    consortium, by = make_open_consortium(make_call(), make_organisation()), make_member()
    ask = partial(joining.ask, consortium=consortium, note="x", by=by)

    assert answers(at_once(ask, ask)) == ["Partner", "Refused"]
    assert Partner.objects.count() == 1


# Add


def added(consortium: Consortium, **typed: Any) -> AddPartnerForm:
    form = AddPartnerForm({"state": "confirmed", **typed}, consortium=consortium)
    assert form.is_valid(), form.errors
    return form


FOREIGN = {"name": "Tukholma Oy", "country": "FI", "kind": "company"}


def test_add_saves_an_organisation_without_members_as_chosen(consortium: Consortium):
    organisation = make_organisation()

    partner = joining.add(form=added(consortium, organisation=organisation.pk))

    assert partner == consortium.partners.get()
    assert (partner.organisation, partner.state) == (organisation, CONFIRMED)
    assert sent() == []


def test_add_saves_a_foreign_organisation_by_its_name(consortium: Consortium):
    count = Organisation.objects.count()

    partner = joining.add(form=added(consortium, **FOREIGN))

    assert (partner.organisation, partner.name, partner.country) == (None, "Tukholma Oy", "FI")
    assert Organisation.objects.count() == count


def test_add_invites_an_organisation_with_members(consortium: Consortium, asker: Member):
    partner = joining.add(form=added(consortium, organisation=asker.organisation_id))

    assert partner.state == INVITED
    assert sent() == [(asker.user.email, "Leder inviterer jer til at søge sammen")]


def test_add_refuses_what_somebody_added_first(consortium: Consortium, asker: Member):
    late = added(consortium, organisation=asker.organisation_id)
    make_partner(consortium, organisation=asker.organisation)

    with refused("This organisation is in the consortium already."):
        joining.add(form=late)

    assert consortium.partners.count() == 1
    assert sent() == []


def test_add_twice_at_once_adds_one(transactional_db: None):
    consortium = make_open_consortium(make_call(), make_organisation())
    forms = [added(consortium, **FOREIGN) for _time in range(2)]

    found = at_once(*(partial(joining.add, form=form) for form in forms))

    assert answers(found) == ["Partner", "Refused"]


# Answer an invitation


@pytest.mark.parametrize(
    ("accept", "state", "subject"),
    [
        (True, CONFIRMED, "Odense Kommune er med i jeres konsortium"),
        (False, WITHDRAWN, "Odense Kommune er ikke med i jeres konsortium"),
    ],
)
def test_answer_invitation_writes_to_the_lead(
    consortium: Consortium, lead: Member, asker: Member, accept: bool, state: str, subject: str
):
    partner = make_partner(consortium, organisation=asker.organisation, state=INVITED)

    found = joining.answer_invitation(consortium=consortium, accept=accept, by=asker)

    assert found == partner
    assert state_of(partner) == state
    assert sent() == [(lead.user.email, subject)]
    follows = Follow.objects.of(asker.user).filter(target_id=consortium.pk)
    assert follows.exists() == accept


def test_answer_invitation_writes_to_other_partners_where_the_lead_has_no_members(asker: Member):
    consortium = make_open_consortium(make_call(), make_organisation())
    make_partner(consortium, organisation=asker.organisation, state=INVITED)
    colleague = make_member(asker.organisation)

    joining.answer_invitation(consortium=consortium, accept=True, by=asker)

    assert sent_to() == [colleague.user.email]  # not to whoever answers


@pytest.mark.parametrize("state", [None, *others(INVITED)])
def test_answer_invitation_refuses_where_none_waits(
    consortium: Consortium, asker: Member, state: PartnerState | None
):
    if state:
        make_partner(consortium, organisation=asker.organisation, state=state)

    with refused(ANSWERED):
        joining.answer_invitation(consortium=consortium, accept=True, by=asker)

    assert sent() == []


def test_answer_invitation_yes_and_no_at_once_takes_the_first(transactional_db: None):
    by = make_member()
    consortium = make_open_consortium(make_call(), make_organisation())
    make_partner(consortium, organisation=by.organisation, state=INVITED)
    answer = partial(joining.answer_invitation, consortium=consortium, by=by)

    found = at_once(partial(answer, accept=True), partial(answer, accept=False))

    assert answers(found) == ["Partner", "Refused"]


# Decide about who asks


@pytest.mark.parametrize(("accept", "state"), [(True, CONFIRMED), (False, WITHDRAWN)])
def test_decide_writes_to_the_organisation(
    consortium: Consortium, asker: Member, accept: bool, state: str
):
    partner = make_partner(consortium, organisation=asker.organisation, state=INTERESTED)

    assert joining.decide(partner=partner, accept=accept) == partner

    assert state_of(partner) == state
    assert sent() == [(asker.user.email, "Svar fra konsortiet Vores")]


@pytest.mark.parametrize("state", others(INTERESTED))
def test_decide_refuses_who_does_not_ask(consortium: Consortium, asker: Member, state: str):
    partner = make_partner(consortium, organisation=asker.organisation, state=INTERESTED)
    Partner.objects.update(state=state)

    with refused(ANSWERED):
        joining.decide(partner=partner, accept=True)

    assert state_of(partner) == state
    assert sent() == []


# Leave, be removed, be invited again


@pytest.mark.parametrize("state", others(WITHDRAWN))
def test_leave_writes_to_the_lead(
    consortium: Consortium, lead: Member, asker: Member, state: PartnerState
):
    partner = make_partner(consortium, organisation=asker.organisation, state=state)

    assert joining.leave(consortium=consortium, by=asker) == partner

    assert state_of(partner) == WITHDRAWN
    assert sent() == [(lead.user.email, "Odense Kommune har forladt jeres konsortium")]


@pytest.mark.parametrize("state", [None, WITHDRAWN])
def test_leave_refuses_who_takes_no_part(
    consortium: Consortium, asker: Member, state: PartnerState | None
):
    if state:
        make_partner(consortium, organisation=asker.organisation, state=state)

    with refused("Your organisation takes no part in it.", already=True):
        joining.leave(consortium=consortium, by=asker)

    assert sent() == []


def test_remove_writes_to_the_organisation(consortium: Consortium, asker: Member):
    partner = make_partner(consortium, organisation=asker.organisation)

    assert joining.remove(partner=partner) == partner

    assert state_of(partner) == WITHDRAWN
    assert sent_to() == [asker.user.email]


def test_remove_writes_to_nobody_of_a_foreign_organisation(consortium: Consortium):
    partner = make_partner(consortium, **FOREIGN)

    joining.remove(partner=partner)

    assert state_of(partner) == WITHDRAWN
    assert sent() == []


def test_remove_refuses_who_is_out(consortium: Consortium, asker: Member):
    partner = make_partner(consortium, organisation=asker.organisation, state=WITHDRAWN)

    with refused("The organisation is out of the consortium.", already=True):
        joining.remove(partner=partner)

    assert sent() == []


def test_invite_again_writes_to_the_organisation(consortium: Consortium, asker: Member):
    partner = make_partner(consortium, organisation=asker.organisation, state=WITHDRAWN)

    assert joining.invite_again(partner=partner) == partner

    assert state_of(partner) == INVITED
    assert sent() == [(asker.user.email, "Leder inviterer jer til at søge sammen")]


@pytest.mark.parametrize("state", others(WITHDRAWN))
def test_invite_again_refuses_who_is_in(consortium: Consortium, asker: Member, state: str):
    partner = make_partner(consortium, organisation=asker.organisation, state=WITHDRAWN)
    Partner.objects.update(state=state)

    with refused("This organisation is in the consortium already.", already=True):
        joining.invite_again(partner=partner)

    assert state_of(partner) == state
    assert sent() == []


# Change


def changed(partner: Partner, **typed: Any) -> EditPartnerForm:
    """Return the form of a partner, as it was loaded before anything else."""
    found = Partner.objects.get(pk=partner.pk)
    seen = EditPartnerForm(instance=found).initial["seen"]
    sent = {"role": "Køber", "kind": "company", "state": "invited", "seen": seen, **typed}
    form = EditPartnerForm(sent, instance=found)
    assert form.is_valid(), form.errors
    return form


def test_change_saves_role_kind_and_state(consortium: Consortium):
    partner = make_partner(consortium, **FOREIGN)

    assert joining.change(form=changed(partner)) == partner

    assert state_of(partner) == INVITED
    assert (partner.role, partner.kind) == ("Køber", "company")


def test_change_leaves_the_state_of_an_organisation_with_members(
    consortium: Consortium, asker: Member
):
    partner = make_partner(consortium, organisation=asker.organisation)

    joining.change(form=changed(partner))

    assert (state_of(partner), partner.role) == (CONFIRMED, "Køber")


def test_change_raises_conflict_if_somebody_saved_first(consortium: Consortium):
    partner = make_partner(consortium, **FOREIGN)
    late = changed(partner)
    Partner.objects.update(role="Leverandør")

    with conflict(partner):
        joining.change(form=late)

    assert (state_of(partner), partner.role) == (CONFIRMED, "Leverandør")


def test_one_of_two_changes_at_once_gets_a_conflict(transactional_db: None):
    consortium = make_open_consortium(make_call(), make_organisation())
    partner = make_partner(consortium, **FOREIGN)
    forms = [changed(partner, role=role) for role in ("Køber", "Leverandør")]

    found = at_once(*(partial(joining.change, form=form) for form in forms))

    assert answers(found) == ["Conflict", "Partner"]
