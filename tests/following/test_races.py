"""Two workers at once tell nobody anything twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.following import digests, telling
from taskforce.following.models import Digest, Follow, How, Told
from taskforce.following.things import named
from taskforce.members.models import Member
from tests.factories import make_barrier, make_member, make_statement
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader() -> Member:
    return make_member()


def follow(thing: Any, reader: Member, how: How) -> None:
    since = timezone.now() - timedelta(days=30)
    Follow.objects.create(user=reader.user, **named(thing), how=how, since=since)


def said(thing: Any) -> Activity:
    return record(Verb.ADDED, make_statement(thing), by=None)


def test_one_event_told_by_eight_workers_is_one_letter(reader):
    barrier = make_barrier()
    follow(barrier, reader, How.AT_ONCE)
    event = said(barrier)

    told = at_once(*[lambda: telling.tell(event)] * 8)

    assert sorted(told) == [0] * 7 + [1]
    assert (len(mail.outbox), Told.objects.count()) == (1, 1)


def test_many_events_told_by_as_many_workers_are_three_letters(reader):
    barrier = make_barrier()
    follow(barrier, reader, How.AT_ONCE)
    events = [said(barrier) for _each in range(8)]

    told = at_once(*(lambda event=event: telling.tell(event) for event in events))

    assert sorted(told) == [0] * 5 + [1] * 3
    assert len(mail.outbox) == telling.MOST


def test_one_digest_sent_by_eight_workers_is_one_letter(reader):
    barrier = make_barrier()
    follow(barrier, reader, How.WEEKLY)
    digests.run(timezone.now() - timedelta(days=8))
    event = said(barrier)
    Activity.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(days=7))

    sent = at_once(*[lambda: digests.run(timezone.now())] * 8)

    assert sorted(sent) == [0] * 7 + [1]
    assert len(mail.outbox) == 1
    assert Digest.objects.filter(how=How.WEEKLY).count() == 2
