"""A call, and a consortium that looks for partners and asks for suggestions."""

import pytest

from calls.models import Call, Consortium
from taskforce.members.models import Member
from tests.factories import make_call, make_member, make_open_consortium, make_organisation


@pytest.fixture
def call(db: None) -> Call:
    return make_call("Penge", participants_min=2)


@pytest.fixture
def lead(db: None) -> Member:
    return make_member(make_organisation("Leder"))


@pytest.fixture
def consortium(call: Call, lead: Member) -> Consortium:
    return make_open_consortium(call, lead.organisation, name="Vores")
