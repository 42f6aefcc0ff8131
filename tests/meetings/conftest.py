"""Fixtures of meetings."""

import pytest

from meetings.models import Attendance
from taskforce.members.models import Member
from tests.meetings.planning.plans import invite, make_planned


@pytest.fixture
def invited(member: Member) -> Attendance:
    """Return the place of a member on the list of the seventh meeting."""
    invite(make_planned(), member)
    return Attendance.objects.get()
