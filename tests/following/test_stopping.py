"""A link in a letter stops one thing, a kind of news or all, without logging in."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.models import MailChoice
from taskforce.following import telling
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Follower, How, Rhythm, whose
from taskforce.following.stopping import links
from taskforce.following.stopping.links import ALL, GOOD_FOR, Stop
from taskforce.following.things import named
from tests.factories import make_barrier, make_contribution, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def barrier() -> Barrier:
    return make_barrier("Kapital")


@pytest.fixture
def stranger() -> Follower:
    return Follower.objects.create(email="fremmed@example.org", confirmed_at=timezone.now())


def follow(reader: Any, thing: Any) -> Follow:
    since = timezone.now() - timedelta(days=1)
    return Follow.objects.create(**whose(reader), **named(thing), how=How.AT_ONCE, since=since)


def test_the_link_of_a_letter_ends_that_follow_and_nothing_else(client, barrier, member):
    user = member.user
    follow(user, barrier)
    other = follow(user, make_barrier())
    telling.tell(record(Verb.ADDED, make_statement(barrier), by=None))
    path = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]

    asked = client.get(f"/{path}")
    assert b"Kapital" in asked.content
    assert Follow.objects.count() == 2
    # As a mail program does it: no cookie, no token, no redirect.
    done = Client(enforce_csrf_checks=True).post(f"/{path}", {"List-Unsubscribe": "One-Click"})

    assert done.status_code == 200
    assert [*Follow.objects.all()] == [other]
    assert client.post(f"/{path}").status_code == 200


def test_the_link_of_a_letter_ends_what_is_followed_again_too(client, barrier, member):
    before = follow(member.user, barrier)
    path = links.stop(member.user, before, None)
    before.delete()
    follow(member.user, barrier)
    other = follow(member.user, make_barrier())

    client.post(path)

    assert [*Follow.objects.all()] == [other]


def test_news_of_a_kind_is_never_told_again(client, member):
    stop = Stop(member.user, Kind.NEW_BARRIERS)

    assert "Nye barrierer" in client.get(stop.path).content.decode()
    client.post(stop.path)

    assert MailChoice.objects.values_list("kind", "how").get() == ("new_barriers", How.NEVER)


def test_all_leaves_a_member_what_asks_something_of_them(client, barrier, member):
    follow(member.user, barrier)

    page = client.get(Stop(member.user, ALL).path).content.decode()
    client.post(Stop(member.user, ALL).path)

    assert "stemmesedler" in page
    assert Rhythm.objects.get(user=member.user).only_asked
    assert Follow.objects.count() == 1


def test_all_forgets_a_stranger(client, barrier, stranger):
    follow(stranger, barrier)

    page = client.get(Stop(stranger, ALL).path).content.decode()
    client.post(Stop(stranger, ALL).path)

    assert "stemmesedler" not in page
    assert not Follower.objects.exists()
    assert client.get(Stop(stranger, ALL).path).status_code == 404


def test_the_page_offers_to_stop_all(client, barrier, stranger):
    followed = follow(stranger, barrier)

    page = client.get(Stop(stranger, f"follow-{followed.pk}").path).content.decode()

    assert "Stop alle mails om, hvad der sker" in page


def test_a_title_that_is_hidden_by_now_is_not_named(client, barrier, stranger):
    followed = follow(stranger, barrier)
    Barrier.objects.update(hidden_at=timezone.now())

    page = client.get(Stop(stranger, f"follow-{followed.pk}").path)

    assert page.status_code == 200
    assert b"Kapital" not in page.content


def test_what_members_write_is_named_to_nobody_who_did_not_log_in(client, barrier, member):
    said = make_contribution(barrier, text="Juristerne tør ikke.")
    for thing, words in ((barrier, "Kapital"), (said, "Juristerne")):
        page = client.get(Stop(member.user, f"follow-{follow(member.user, thing).pk}").path)

        assert (words in page.content.decode()) == (thing is barrier)


def test_nobody_ends_anothers_follow(client, barrier, member, stranger):
    followed = follow(member.user, barrier)

    client.post(Stop(stranger, f"follow-{followed.pk}").path)

    assert Follow.objects.count() == 1


@pytest.mark.parametrize("what", ["follow-x", "follow-99", "nothing", ""])
def test_what_names_nothing_stops_nothing(client, barrier, stranger, what):
    follow(stranger, barrier)

    assert client.post(Stop(stranger, what).path).status_code == 200
    assert Follow.objects.count() == 1


@pytest.mark.parametrize("key", ["x", "user.1.all", "user.1.all:a:b"])
def test_a_forged_link_says_so(client, db, key):
    assert client.get(f"/mails/stop/{key}/").status_code == 404


def test_a_link_works_for_a_year(client, stranger, time_machine):
    path = Stop(stranger, ALL).path
    began = timezone.now()
    time_machine.move_to(began + GOOD_FOR - timedelta(days=1))
    assert client.get(path).status_code == 200

    time_machine.move_to(began + GOOD_FOR + timedelta(days=1))
    assert client.get(path).status_code == 404


def test_other_methods_are_refused(client, stranger):
    assert client.put(Stop(stranger, ALL).path).status_code == 405
