"""Fixtures of action points."""

import pytest

from tests.factories import make_action_point, make_meeting, make_minutes


@pytest.fixture
def meeting(db):
    return make_minutes(make_meeting(3), published=True).meeting


@pytest.fixture
def point(meeting, member):
    return make_action_point(meeting, "Skriv et brev", organisation=member.organisation)
