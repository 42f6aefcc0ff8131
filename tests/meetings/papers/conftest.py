"""Fixtures of papers."""

import pytest

from tests.factories import make_meeting, make_minutes


@pytest.fixture
def minutes(db):
    return make_minutes(make_meeting(3), published=True)
