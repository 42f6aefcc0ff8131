"""Who is proposed for a consortium, and for which reasons."""

import re
from typing import Any

import pytest
from django.utils import timezone

from calls.consortia.fitting import fitting
from calls.models import Consortium
from initiatives.models import CasePartner
from taskforce.members.models import Member, Organisation, Tag
from tests.conftest import LogIn
from tests.factories import (
    make_barrier,
    make_case,
    make_initiative,
    make_listed,
    make_member,
    make_organisation,
    make_partner,
    make_statement,
    make_support,
)


def proposed(consortium: Consortium, viewer: Member) -> dict[str, list[str]]:
    return {str(fit.organisation): fit.reasons for fit in fitting(consortium, viewer.user)}


@pytest.fixture
def organisation(db: None) -> Organisation:
    return make_organisation("Bageren")


def test_who_meets_a_barrier_of_the_call_is_proposed(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    barrier = make_barrier("Store udbud", raised_by=make_organisation("Rejseren"))
    make_statement(barrier, organisation=organisation)
    make_support(barrier, make_organisation("Støtten"))
    make_statement(make_barrier("Andet"), organisation=make_organisation("Uden for"))
    consortium.call.barriers.add(barrier)

    reason = ["Møder ”Store udbud”"]
    assert proposed(consortium, lead) == {"Bageren": reason, "Rejseren": reason, "Støtten": reason}


def test_who_works_on_what_the_call_pays_for_is_proposed(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    initiative = make_initiative("Fælles salg", lead=make_organisation("Tovholderen"))
    initiative.participants.add(organisation)
    consortium.call.initiatives.add(initiative)

    reason = ["Er med i ”Fælles salg”"]
    assert proposed(consortium, lead) == {"Bageren": reason, "Tovholderen": reason}


def test_who_has_a_published_example_is_proposed(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    barrier = make_barrier("Store udbud", raised_by=lead.organisation)
    consortium.call.barriers.add(barrier)
    for title, state, who in (
        ("Frokost", "published", organisation),
        ("Kladden", "draft", make_organisation("Forfatteren")),
    ):
        case = make_case(title, state=state, written_by=lead.organisation)
        case.barriers.add(barrier)
        CasePartner.objects.create(case=case, organisation=who)

    assert proposed(consortium, lead) == {"Bageren": ["Har det gode eksempel ”Frokost”"]}


def test_who_tells_or_offers_what_is_sought_is_proposed(consortium: Consortium, lead: Member):
    Consortium.objects.update(seeking="Vi mangler et bageri, der kan oplære praktikanter.")
    consortium.refresh_from_db()
    make_listed("Bageren", line="Oplærer praktikanter.", delivers=["15"])
    make_listed("Skolen", [Tag.objects.create(name="Praktikanter")], line="Underviser.")
    make_listed("Den tavse", line="Oplærer praktikanter.", unanswered=3)

    assert proposed(consortium, lead) == {
        "Bageren": ["Det, den fortæller, ligner det, I søger"],
        "Skolen": ["Tilbyder: Praktikanter"],
    }


def test_most_reasons_come_first_and_each_once(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    barrier = make_barrier("Store udbud", raised_by=make_organisation("Aaa"))
    make_statement(barrier, organisation=organisation)
    make_support(barrier, organisation)
    initiative = make_initiative("Fælles salg", lead=organisation)
    consortium.call.barriers.add(barrier)
    consortium.call.initiatives.add(initiative)

    assert list(proposed(consortium, lead).items()) == [
        ("Bageren", ["Møder ”Store udbud”", "Er med i ”Fælles salg”"]),
        ("Aaa", ["Møder ”Store udbud”"]),
    ]


@pytest.mark.parametrize("state", ["confirmed", "withdrawn", "invited"])
def test_partners_and_the_lead_are_not_proposed(
    consortium: Consortium, lead: Member, organisation: Organisation, state: str
):
    barrier = make_barrier(raised_by=organisation)
    make_support(barrier, lead.organisation)
    consortium.call.barriers.add(barrier)
    assert list(proposed(consortium, lead)) == ["Bageren"]

    make_partner(consortium, organisation=organisation, state=state)
    assert proposed(consortium, lead) == {}


def test_hidden_barrier_is_no_reason(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    barrier = make_barrier(raised_by=organisation)
    consortium.call.barriers.add(barrier)
    assert proposed(consortium, lead) != {}

    barrier.hidden_at = timezone.now()
    barrier.save()
    assert proposed(consortium, lead) == {}


def test_nobody_is_proposed_once_it_has_applied(
    consortium: Consortium, lead: Member, organisation: Organisation
):
    consortium.call.barriers.add(make_barrier(raised_by=organisation))
    consortium.outcome = "applied"

    assert proposed(consortium, lead) == {}


def test_lead_chooses_a_proposal_by_a_link(
    consortium: Consortium, lead: Member, organisation: Organisation, log_in: LogIn
):
    consortium.call.barriers.add(make_barrier("Store udbud", raised_by=organisation))
    page = f"{consortium.get_absolute_url()}partnere/ny/"

    shown: Any = log_in(lead).get(page)
    assert "Møder ”Store udbud”" in shown.content.decode()
    assert f'href="?organisation={organisation.pk}"' in shown.content.decode()

    chosen = log_in(lead).get(f"{page}?organisation={organisation.pk}").content.decode()
    assert re.search(rf'<option value="{organisation.pk}" selected *>\s*Bageren\s*<', chosen)
    assert log_in(lead).get(f"{page}?organisation=nonsense").status_code == 200
    assert log_in(make_member()).get(page).status_code == 404
