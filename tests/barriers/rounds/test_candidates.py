"""What can be voted on, and who can vote."""

from django.utils import timezone

from barriers.models import BarrierState
from barriers.rounds import candidates
from tests.factories import (
    make_barrier,
    make_meeting,
    make_member,
    make_minutes,
    make_organisation,
)


def test_open_and_addressed_barriers_that_everybody_sees_are_candidates(db):
    meeting, today = make_meeting(), timezone.localdate()
    make_minutes(meeting)  # a draft
    unsolved = {make_barrier(state=state) for state in (BarrierState.OPEN, BarrierState.ADDRESSED)}
    make_barrier(state=BarrierState.RESOLVED, resolved_on=today)
    make_barrier(state=BarrierState.MERGED, merged_into=min(unsolved, key=lambda row: row.pk))
    make_barrier(hidden_at=timezone.now())
    make_barrier(raised_at=meeting)

    assert {*candidates.barriers()} == unsolved


def test_organisations_of_the_taskforce_with_a_member_of_today_can_vote(db):
    member = make_member()
    make_organisation("Nobody")
    make_member(make_organisation("Former"), to_date=timezone.localdate())
    make_member(make_organisation("Outside", in_taskforce=False))
    invented = make_member(make_organisation("Invented", is_example=True))

    assert [*candidates.organisations(is_example=False)] == [member.organisation]
    assert [*candidates.organisations(is_example=True)] == [invented.organisation]
