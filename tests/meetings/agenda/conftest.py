"""Fixtures of agendas."""

import pytest

from meetings.models import Meeting
from tests.factories import make_meeting, make_minutes
from tests.meetings.planning.plans import days_ahead, make_planned


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The seventh meeting, at 14.00–15.30."""
    return make_planned()


@pytest.fixture
def last(meeting: Meeting) -> Meeting:
    """The sixth meeting, a month ago, with published minutes."""
    last = make_meeting(6, date=days_ahead(-30))
    make_minutes(last, published=True)
    return last
