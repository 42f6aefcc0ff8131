"""When the demo adds its activity, and what stays as it was."""

import pytest
import time_machine
from django.utils import timezone

from barriers.models import PrioritisationRound
from calls.models import Call
from meetings.models import Meeting
from taskforce.core.acts import Refused
from taskforce.example import activity
from taskforce.example.loading import load
from tests.example.test_loading import everything


def test_refuses_outside_a_demo_and_adds_nothing(third, settings):
    settings.DEMO = False
    before = everything()

    with pytest.raises(Refused, match="only where the environment says DEMO=1"):
        activity.add()
    assert everything() == before


def test_real_rows_change_in_nothing_but_their_rank(third, demo):
    before = {str(row): row for row in everything() if row["model"] != "barriers.barrier"}

    activity.add()

    assert {*before} <= {str(row) for row in everything()}


# The night of a leap day, both changes of the clock, and the turn of a year.
@pytest.mark.parametrize(
    "moment", ["2028-02-28T23:30Z", "2027-03-28T00:30Z", "2027-10-31T00:30Z", "2026-12-31T22:59Z"]
)
def test_can_be_loaded_on_any_day(db, demo, moment):
    with time_machine.travel(moment, tick=False):
        load()
        activity.add()
        assert Meeting.objects.coming(timezone.localdate()).get().number == 6
        assert PrioritisationRound.objects.open_at(timezone.now()).count() == 1
        assert Call.objects.open_at(timezone.now()).count() == 1
