"""Support a barrier and withdraw it."""

import pytest

from barriers.curation import merging
from barriers.models import Barrier, Support
from barriers.statements import supporting
from taskforce.activity.models import Activity, Verb
from tests.factories import (
    make_barrier,
    make_member,
    make_organisation,
    make_secretary,
    make_support,
)
from tests.racing import at_once
from tests.refusing import answers, refused

STANDS_BEHIND = "Your organisation stands behind it already."
WITHDRAWN = "Your organisation no longer supports the barrier."


@pytest.fixture
def barrier(db: None) -> Barrier:
    return make_barrier("Udbud")


def test_support_returns_it_and_counts_it(barrier, member):
    support = supporting.support(barrier=barrier, by=member)

    assert (support.barrier, support.organisation) == (barrier, member.organisation)
    assert support.by == member.user
    barrier.refresh_from_db()
    assert barrier.support_count == 2
    activity = Activity.objects.get()
    assert (activity.verb, activity.target_id) == (Verb.SUPPORTED, barrier.pk)


def test_support_refuses_the_organisation_that_raised_the_barrier(member):
    barrier = make_barrier(raised_by=member.organisation)

    with refused(STANDS_BEHIND, already=True):
        supporting.support(barrier=barrier, by=member)

    assert not Support.objects.exists()


def test_support_refuses_an_organisation_that_supports_it_already(barrier, member):
    supporting.support(barrier=barrier, by=make_member(member.organisation))

    with refused(STANDS_BEHIND, already=True):
        supporting.support(barrier=barrier, by=member)

    assert Support.objects.count() == Activity.objects.count() == 1


def test_support_goes_to_the_kept_barrier(barrier, member):
    kept = make_barrier("Kept")
    merging.merge(double=barrier, into=kept, by=make_secretary())

    assert supporting.support(barrier=barrier, by=member).barrier == kept


def test_withdraw_returns_the_barrier_without_the_support(barrier, member):
    make_support(barrier)
    supporting.support(barrier=barrier, by=make_member(member.organisation))

    assert supporting.withdraw(barrier=barrier, by=member) == barrier

    barrier.refresh_from_db()
    assert barrier.support_count == 2  # the other supporter, and who raised it
    assert not barrier.supports.filter(organisation=member.organisation).exists()
    assert [row.verb for row in Activity.objects.order_by("pk")] == [
        Verb.SUPPORTED,
        Verb.WITHDRAWN,
    ]


def test_withdraw_refuses_where_there_is_no_support(barrier, member):
    make_support(barrier)

    with refused(WITHDRAWN, already=True):
        supporting.withdraw(barrier=barrier, by=member)

    assert Support.objects.count() == 1
    assert not Activity.objects.exists()


def test_support_is_counted_once_in_a_race_of_colleagues(transactional_db):
    barrier, organisation = make_barrier(), make_organisation()
    colleagues = [make_member(organisation) for _ in range(4)]

    results = at_once(
        *(lambda by=by: supporting.support(barrier=barrier, by=by) for by in colleagues)
    )

    assert answers(results) == ["Refused", "Refused", "Refused", "Support"]
    barrier.refresh_from_db()
    assert (Support.objects.count(), barrier.support_count) == (1, 2)


def test_support_counts_all_organisations_in_a_race(transactional_db):
    barrier = make_barrier()
    members = [make_member() for _ in range(6)]

    at_once(*(lambda by=by: supporting.support(barrier=barrier, by=by) for by in members))

    assert Barrier.objects.get().support_count == 7


def test_withdraw_happens_once_in_a_race(transactional_db):
    barrier, by = make_barrier(), make_member()
    supporting.support(barrier=barrier, by=by)

    results = at_once(*[lambda: supporting.withdraw(barrier=barrier, by=by)] * 3)

    assert answers(results) == ["Barrier", "Refused", "Refused"]
    assert Barrier.objects.get().support_count == 1
