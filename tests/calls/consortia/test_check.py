"""A consortium is checked against its call's rules, in words."""

from typing import Any

import pytest
from django.utils import translation

from calls.consortia.check import check, places
from calls.models import PartnerState
from tests.factories import make_call, make_consortium, make_organisation, make_partner

RULES: dict[str, Any] = {
    "participants_min": 5,
    "participants_max": 10,
    "countries_min": 3,
    "kinds_required": ["eu_network"],
}


def told(rules: dict[str, Any], *partners: dict[str, Any], **fields: Any) -> tuple[str, bool]:
    call = make_call(**rules)
    lead = make_organisation(country="DK", kind="municipality")
    consortium = make_consortium(call, lead=lead, **fields)
    for partner in partners:
        make_partner(consortium, **partner)
    found = consortium.partners.select_related("organisation")
    with translation.override("da"):
        held = check(call, places(consortium, found))
        return held.words, held.is_met


def abroad(number: int, country: str, **fields: Any) -> dict[str, Any]:
    return {"name": f"Partner {number}", "country": country, "kind": "company", **fields}


def test_lead_alone_meets_no_rule(db: None):
    assert told(RULES) == ("1/3 lande, 1/5 deltagere, mangler EU-netværk", False)


def test_partners_of_one_country_count_as_participants(db: None):
    partners = [abroad(1, "DK"), abroad(2, "DK")]

    assert told(RULES, *partners) == ("1/3 lande, 3/5 deltagere, mangler EU-netværk", False)


def test_consortium_meets_all_rules(db: None):
    partners = [
        abroad(1, "SE"),
        abroad(2, "de"),
        abroad(3, "DE"),
        abroad(4, "BE", kind="eu_network"),
    ]

    assert told(RULES, *partners) == ("3/3 lande, 5/5 deltagere, har EU-netværk", True)


def test_only_confirmed_partners_count(db: None):
    states = [PartnerState.INVITED, PartnerState.INTERESTED, PartnerState.WITHDRAWN]
    partners = [abroad(number, "SE", state=state) for number, state in enumerate(states)]

    assert told(RULES, *partners)[0].startswith("1/3 lande, 1/5 deltagere")


def test_organisation_counts_once(db: None):
    lead = make_organisation(country="DK")
    consortium = make_consortium(make_call(**RULES), lead=lead)
    make_partner(consortium, organisation=lead)
    make_partner(consortium, organisation=make_organisation(country=""))

    assert len(places(consortium, consortium.partners.all())) == 2


def test_participants_more_than_asked_for_and_too_many(db: None):
    rules = {"participants_min": 1, "participants_max": 2}

    assert told(rules, abroad(1, "SE")) == ("2 deltagere (mindst 1)", True)
    assert told(rules, abroad(1, "SE"), abroad(2, "SE")) == ("3 deltagere, højst 2", False)
    assert told({"participants_max": 2}) == ("1 af højst 2 deltagere", True)


@pytest.mark.parametrize(
    ("kind", "lead_kind", "words"),
    [
        ("network", "", "mangler netværk eller forening"),
        ("network", "eu_network", "har netværk eller forening"),  # it is a network too
        ("eu_network", "network", "mangler EU-netværk"),
        ("municipality", "", "har kommune"),
        ("municipality", "company", "mangler kommune"),
    ],
)
def test_kind_counts_as_the_lead_says(db: None, kind: str, lead_kind: str, words: str):
    assert told({"kinds_required": [kind]}, lead_kind=lead_kind)[0] == words


def test_call_without_rules_has_an_empty_check(db: None):
    assert told({}) == ("", False)
