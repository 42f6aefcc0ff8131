"""Reading what happened: each record is shown through its target."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from barriers.models import Barrier
from taskforce.activity.models import QUIET, Activity, Verb
from taskforce.activity.reading import acted_on_since, acts_on, latest
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


def test_small_acts_do_not_show(db):
    barrier = make_barrier()
    for verb in (*QUIET, Verb.ADDED):
        record(verb, barrier, by=None)

    assert [entry.verb for entry in latest(AnonymousUser())] == ["tilføjet"]


def test_entry_has_kind_verb_title_and_moment(db):
    kept = record(Verb.ADDED, make_barrier("Pris"), by=None)

    with translation.override("en"):
        (entry,) = latest(AnonymousUser())

    assert (entry.kind, entry.verb, entry.title, entry.at) == (
        "barrier",
        "added",
        "Pris",
        kept.at,
    )


def test_limit_is_filled_though_some_of_the_latest_are_hidden(db):
    shown = make_barrier("Shown")
    record(Verb.ADDED, shown, by=None)
    for _ in range(3):
        record(Verb.ADDED, make_barrier(hidden_at=timezone.now()), by=None)

    assert [entry.title for entry in latest(AnonymousUser(), limit=1)] == ["Shown"]


def test_told_of_gives_visible_rows_since_a_moment(db):
    old, new, changed, hidden = (
        make_barrier("Old"),
        make_barrier("New"),
        make_barrier("Changed"),
        make_barrier("Hidden", hidden_at=timezone.now()),
    )
    since = timezone.now()
    record(Verb.ADDED, old, by=None, at=since)
    later = since + timedelta(seconds=1)
    for verb, barrier in ((Verb.ADDED, new), (Verb.CHANGED, changed), (Verb.ADDED, hidden)):
        record(verb, barrier, by=None, at=later)

    def told(viewer: Any) -> set[Barrier]:
        return set(acted_on_since(Barrier, [Verb.ADDED], since=since, viewer=viewer))

    assert told(AnonymousUser()) == {new}
    assert told(make_secretary().user) == {new, hidden}


def test_acts_on_gives_what_was_done_to_one_row(db):
    barrier = make_barrier()
    closed = record(Verb.CLOSED, barrier, by=None)
    record(Verb.ADDED, barrier, by=None)
    record(Verb.CLOSED, make_barrier(), by=None)

    assert acts_on(barrier, [Verb.CLOSED, Verb.OPENED]) == [(Verb.CLOSED, closed.at)]
