"""Recording what happened."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record, record_changes
from tests.factories import make_barrier, make_meeting, make_user


def test_record_keeps_who_did_what_to_which_row(db: None):
    user, barrier = make_user(), make_barrier()
    before = timezone.now()

    kept = record(Verb.ADDED, barrier, by=user)

    assert kept == Activity.objects.get()
    assert (kept.actor, kept.verb) == (user, Verb.ADDED)
    assert (kept.target_type, kept.target_id) == (
        ContentType.objects.get_for_model(Barrier),
        barrier.pk,
    )
    assert before <= kept.at <= timezone.now()


def test_record_of_the_portal_itself_at_a_moment(db: None):
    then = datetime(2022, 11, 15, 12, tzinfo=UTC)

    kept = record(Verb.PUBLISHED, make_meeting(), by=None, at=then)

    assert (kept.actor, kept.at) == (None, then)


def test_record_is_in_the_transaction_of_the_change(db: None):
    with pytest.raises(OSError), transaction.atomic():
        record(Verb.ADDED, make_barrier(), by=None)
        raise OSError

    assert not Activity.objects.exists()


def test_record_changes_once_an_hour(db: None):
    user, barrier = make_user(), make_barrier()

    first = record_changes(barrier, by=user)

    assert first.verb == Verb.CHANGED
    assert record_changes(barrier, by=user) == first
    Activity.objects.update(at=timezone.now() - timedelta(minutes=61))
    assert record_changes(barrier, by=user) != first
    assert Activity.objects.count() == 2


def test_record_changes_of_each_person_and_row(db: None):
    user, barrier = make_user(), make_barrier()

    record(Verb.ADDED, barrier, by=user)
    record_changes(barrier, by=user)
    record_changes(barrier, by=make_user())
    record_changes(make_barrier(), by=user)

    assert Activity.objects.filter(verb=Verb.CHANGED).count() == 3


def test_activity_is_named_by_its_parts(db: None):
    kept = record(
        Verb.ADDED, make_barrier(), by=None, at=datetime(2022, 11, 15, 12, 30, tzinfo=UTC)
    )

    assert str(kept) == f"2022-11-15 12:30 added {kept.target_type_id}/{kept.target_id}"
