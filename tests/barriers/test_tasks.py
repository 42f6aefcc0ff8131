"""What the worker does: open and close rounds that are due."""

from datetime import timedelta

from django.utils import timezone

from barriers.models import (
    PrioritisationRound,
)
from barriers.rounds import opening, prioritisation
from barriers.tasks import close_due_rounds, open_due_rounds
from taskforce.activity.models import Activity, Verb
from tests.barriers.rounds.rounds import draft, make_late
from tests.factories import (
    make_barrier,
    make_member,
    make_round,
)
from tests.racing import at_once


def test_worker_opens_rounds_that_are_due_and_no_others(transactional_db):
    make_member()
    barriers = make_barrier("a"), make_barrier("b")
    due, waiting, later = (draft(*barriers) for _ in range(3))
    make_late(due, opens_by_itself=True)
    make_late(waiting)
    opening.schedule(voting_round=later, by_itself=True)
    broken = draft(make_barrier())
    make_late(broken, opens_by_itself=True)

    open_due_rounds(timestamp=0)

    opened = PrioritisationRound.objects.exclude(opened_at=None)
    assert [*opened] == [due]


def test_worker_closes_rounds_that_are_due(transactional_db):
    due = make_round(make_barrier(), closes_at=timezone.now() - timedelta(minutes=1))
    running = make_round(make_barrier())

    close_due_rounds(timestamp=0)

    due.refresh_from_db()
    running.refresh_from_db()
    assert due.closed_at == due.closes_at
    assert running.closed_at is None


def test_two_workers_open_and_close_each_round_once(transactional_db):
    make_member()
    barriers = make_barrier("a"), make_barrier("b")
    make_late(draft(*barriers), opens_by_itself=True)
    make_round(*barriers, closes_at=timezone.now() - timedelta(minutes=1))

    results = at_once(
        *[lambda: open_due_rounds(timestamp=0), lambda: close_due_rounds(timestamp=0)] * 2
    )

    assert results == [None] * 4
    verbs = Activity.objects.order_by("verb").values_list("verb", flat=True)
    assert [*verbs] == [Verb.CLOSED, Verb.OPENED]


def test_worker_goes_on_where_somebody_closed_a_round_by_hand(transactional_db, monkeypatch):
    past = timezone.now() - timedelta(minutes=1)
    by_hand, due = (make_round(make_barrier(), closes_at=past) for _ in range(2))
    found = PrioritisationRound.objects.filter(pk__in=[by_hand.pk, due.pk]).order_by("pk")
    monkeypatch.setattr(type(PrioritisationRound.objects), "due", lambda *_args: [*found])
    prioritisation.close(voting_round=by_hand)

    close_due_rounds(timestamp=0)

    due.refresh_from_db()
    assert due.closed_at == past
