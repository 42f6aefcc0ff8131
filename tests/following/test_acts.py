"""Follow, follow no longer, and choose; one act changes one setting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from taskforce.core.acts import Refused
from taskforce.core.models import How, MailChoice
from taskforce.following import acts
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Rhythm
from taskforce.following.things import NEWSLETTER, named, searched
from taskforce.members.models import User
from tests.factories import make_barrier, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_member().user


def test_follow_stands_once_however_often_it_is_asked(user: User):
    for what in (named(make_barrier()), searched(" sociale  klausuler "), NEWSLETTER):
        first = acts.follow(reader=user, **what)
        assert acts.follow(reader=user, **what) == first
    assert [row.words for row in Follow.objects.of(user)] == ["", "sociale klausuler", ""]


def test_follow_changes_no_other_setting(user: User):
    other = acts.follow(reader=user, **named(make_barrier()))
    acts.set_how(follow=other, how=How.NEVER)
    acts.choose(user=user, kind=Kind.BARRIERS, how=How.DAILY)

    acts.follow(reader=user, **named(make_barrier()))

    assert [row.how for row in Follow.objects.of(user)] == [How.NEVER, ""]
    assert [choice.how for choice in MailChoice.objects.all()] == [How.DAILY]


def test_unfollow_ends_that_one_follow_of_that_one_person(user: User):
    barrier, other, colleague = make_barrier(), make_barrier(), make_member().user
    for reader in (user, colleague):
        for thing in (barrier, other):
            acts.follow(reader=reader, **named(thing))

    for _time in range(2):
        acts.unfollow(reader=user, **named(barrier))

    assert [row.target_id for row in Follow.objects.of(user)] == [other.pk]
    assert Follow.objects.of(colleague).count() == 2


def test_set_how_of_nothing_leaves_it_to_theme_and_kind(user: User):
    row = acts.follow(reader=user, **named(make_barrier()))
    assert acts.set_how(follow=row, how=How.DAILY).how == How.DAILY
    assert acts.set_how(follow=row, how=None).how == ""
    assert Follow.objects.get().how == ""


def test_choose_keeps_the_latest(user: User):
    for how in (How.DAILY, How.NEVER):
        acts.choose(user=user, kind=Kind.NEWS, how=how)
    assert MailChoice.objects.get().how == How.NEVER


def test_rhythm_pause_and_only_asked_are_apart(user: User):
    tomorrow = timezone.localdate() + timedelta(days=1)
    acts.set_rhythm(user=user, weekday=4, hour=15)
    acts.pause(user=user, until=tomorrow)
    acts.only_asked(user=user, is_wanted=True)

    rhythm = Rhythm.objects.get()
    assert (rhythm.weekday, rhythm.hour, rhythm.paused_until) == (4, 15, tomorrow)
    assert rhythm.only_asked

    acts.pause(user=user, until=None)
    rhythm.refresh_from_db()
    assert (rhythm.weekday, rhythm.paused_until, rhythm.only_asked) == (4, None, True)


@pytest.mark.parametrize("until", [date(2020, 1, 1), None])
def test_pause_refuses_a_day_that_has_come(user: User, until: date | None):
    with pytest.raises(Refused) as refused:
        acts.pause(user=user, until=until or timezone.localdate())
    assert refused.value.field == "paused_until"
    assert not Rhythm.objects.exists()
