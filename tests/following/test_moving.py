"""Following moves with a merge, and back when it is undone."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from barriers.curation import merging, taking_apart
from taskforce.activity.models import Activity, Verb
from taskforce.following import acts, telling
from taskforce.following.models import Follow, Follower, How, Newsletter, NewsletterCopy, whose
from taskforce.following.things import NEWSLETTER, is_followed, named
from taskforce.members.merging import organisations, people
from taskforce.members.models import Merge
from tests.factories import make_barrier, make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


def follow(thing: Any, reader: Any, how: str = "") -> Follow:
    return Follow.objects.create(**whose(reader), **named(thing), how=how)


def test_following_moves_with_a_merge_of_barriers_and_back(secretary):
    double, into, other = make_barrier("Penge"), make_barrier("Kapital"), make_barrier()
    one, both = make_user(), make_user()
    stranger = Follower.objects.create(email="fremmed@example.org")
    kept_as_it_is = follow(other, one)
    for reader in (one, both, stranger):
        follow(double, reader)
    follow(into, both, How.DAILY)

    merging.merge(double=double, into=into, by=secretary)

    assert [is_followed(into, reader) for reader in (one, both, stranger)] == [True] * 3
    assert not any(is_followed(double, reader) for reader in (one, both, stranger))
    assert Follow.objects.get(user=both).how == How.DAILY
    kept_as_it_is.refresh_from_db()
    assert kept_as_it_is.target_id == other.pk

    double.refresh_from_db()
    taking_apart.take_apart(double=double, reason="Det var ikke den samme.", by=secretary)

    assert [is_followed(double, reader) for reader in (one, both, stranger)] == [True] * 3
    assert [is_followed(into, reader) for reader in (one, both, stranger)] == [False, True, False]


def test_followers_of_both_hear_once_where_a_double_leads_now(secretary, member):
    double, into = make_barrier("Penge"), make_barrier("Kapital")
    for barrier in (double, into):
        follow(barrier, member.user, How.AT_ONCE)
    merging.merge(double=double, into=into, by=secretary)
    event = Activity.objects.get(verb=Verb.MERGED)
    Follow.objects.update(since=event.at)

    assert telling.tell(event) == 1

    (letter,) = mail.outbox
    assert letter.subject == "Kapital"
    assert "”Penge” er nu en del af ”Kapital”." in letter.body
    assert into.get_absolute_url() in letter.body


def test_following_moves_with_a_merge_of_organisations_and_back(secretary, member):
    gone, kept = make_organisation("Værket ApS"), make_organisation("Værket")
    follow(gone, member.user)

    organisations.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)
    assert [is_followed(one, member.user) for one in (gone, kept)] == [False, True]

    organisations.take_apart(merge=Merge.objects.get(), by=secretary.user)
    assert [is_followed(one, member.user) for one in (gone, kept)] == [True, False]


def test_taking_apart_brings_back_no_follow_of_a_stranger_who_stopped_all(secretary):
    double, into = make_barrier("Penge"), make_barrier("Kapital")
    stranger = Follower.objects.create(email="fremmed@example.org")
    for barrier in (double, into):
        follow(barrier, stranger)
    merging.merge(double=double, into=into, by=secretary)
    stranger.delete()

    double.refresh_from_db()
    taking_apart.take_apart(double=double, reason="Det var ikke den samme.", by=secretary)

    assert not Follow.objects.exists()


def test_taking_apart_brings_back_no_follow_that_its_owner_ended_meanwhile(secretary, member):
    double, into = make_barrier("Penge"), make_barrier("Kapital")
    ended, kept = member.user, make_user()
    for reader in (ended, kept):
        follow(double, reader)
        follow(into, reader)
    merging.merge(double=double, into=into, by=secretary)
    acts.unfollow(reader=ended, **named(into))

    double.refresh_from_db()
    taking_apart.take_apart(double=double, reason="Det var ikke den samme.", by=secretary)

    assert [is_followed(double, reader) for reader in (ended, kept)] == [False, True]


def test_accounts_taken_apart_bring_back_no_follow_that_was_ended_meanwhile(secretary):
    gone, kept = make_member().user, make_member().user
    ended, stays = make_barrier(), make_barrier()
    for thing, reader in product((ended, stays), (gone, kept)):
        follow(thing, reader)
    people.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)
    acts.unfollow(reader=kept, **named(ended))

    people.take_apart(merge=Merge.objects.get(), by=secretary.user)

    assert [is_followed(thing, gone) for thing in (ended, stays)] == [False, True]
    assert [is_followed(thing, kept) for thing in (ended, stays)] == [False, True]


def test_accounts_that_both_got_a_newsletter_can_be_merged(secretary):
    gone, kept = make_member().user, make_member().user
    moment = timezone.now()
    letter = Newsletter.objects.create(
        begins_at=moment - timedelta(days=7), ends_at=moment, sent_at=moment, day=moment.date()
    )
    for reader in (gone, kept):
        own = Follow.objects.create(user=reader, **NEWSLETTER)
        NewsletterCopy.objects.create(newsletter=letter, follow=own, sent_at=moment)

    people.merge(gone=gone, kept=kept, from_gone=set(), by=secretary.user)

    assert Follow.objects.get().user == kept
