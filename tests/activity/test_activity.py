"""What happened: told by id, and read through what it happened to."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from taskforce.activity.models import Activity, Verb
from taskforce.activity.reading import latest
from taskforce.activity.recording import record
from tests.factories import make_barrier, make_join_request, make_secretary


def test_title_is_as_it_is_today(db):
    barrier = make_barrier("Before")
    record(Verb.ADDED, barrier, by=None)

    barrier.title = "After"
    barrier.save()

    (entry,) = latest(AnonymousUser())
    assert (entry.title, entry.url) == ("After", barrier.get_absolute_url())


def test_hidden_and_deleted_targets_are_left_out(db):
    hidden, gone = make_barrier(hidden_at=timezone.now()), make_barrier()
    for barrier in (hidden, gone):
        record(Verb.ADDED, barrier, by=None)
    gone.delete()

    assert latest(AnonymousUser()) == []
    assert [entry.title for entry in latest(make_secretary().user)] == [hidden.title]


def test_requests_to_join_are_the_secretariats(db):
    record(Verb.SUBMITTED, make_join_request(name="Ea"), by=None)

    assert latest(AnonymousUser()) == []
    assert len(latest(make_secretary().user)) == 1


def test_newest_first_and_no_more_than_asked_for(db):
    for number in range(5):
        record(Verb.ADDED, make_barrier(f"{number}"), by=None)

    assert [entry.title for entry in latest(AnonymousUser(), limit=2)] == ["4", "3"]


def test_record_outlives_the_person(db):
    user = make_secretary().user
    record(Verb.ADDED, make_barrier(), by=user)

    user.delete()

    assert Activity.objects.get().actor is None
