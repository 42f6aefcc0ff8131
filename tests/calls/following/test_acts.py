"""The acts that follow a call or a consortium, and stop."""

from datetime import timedelta
from functools import partial
from typing import Any

from calls.following import acts
from calls.models import Call, Follow, SentReminder
from taskforce.members.models import Member
from tests.calls.following.moving import DEADLINE, move
from tests.factories import make_call, make_member, make_open_consortium, make_organisation
from tests.racing import at_once


def test_follow_a_call_once(call: Call, member: Member):
    row = acts.follow(followed=call, member=member)

    assert acts.follow(followed=call, member=member) == row == Follow.objects.get()
    assert (row.member, row.call, row.consortium, row.followed) == (member, call, None, call)


def test_follow_a_consortium(call: Call, member: Member):
    consortium = make_open_consortium(call, make_organisation())

    row = acts.follow(followed=consortium, member=member)

    assert (row.call, row.consortium, row.followed) == (None, consortium, consortium)


def test_follow_takes_due_reminders_as_sent(call: Call, member: Member, time_machine: Any):
    move(time_machine, 10)
    consortium = make_open_consortium(
        call, make_organisation(), suggestions_by=DEADLINE - timedelta(days=8)
    )

    acts.follow(followed=consortium, member=member)

    sent = SentReminder.objects.values_list("consortium", "days").order_by("days")
    assert [*sent] == [(consortium.pk, 3), (None, 14)]


def test_follow_long_before_marks_no_reminder(call: Call, member: Member):
    acts.follow(followed=call, member=member)

    assert not SentReminder.objects.exists()


def test_follow_twice_at_once_follows_once(transactional_db: None):
    call, member = make_call(), make_member()
    follow = partial(acts.follow, followed=call, member=member)

    assert at_once(follow, follow) == [Follow.objects.get()] * 2


def test_unfollow_removes_that_one_alone(call: Call, member: Member):
    other, consortium = make_call(), make_open_consortium(call, make_organisation())
    for followed in (call, other, consortium):
        acts.follow(followed=followed, member=member)
    acts.follow(followed=call, member=make_member())

    assert acts.unfollow(followed=call, member=member) == call

    own = Follow.objects.filter(member=member)
    assert [follow.followed for follow in own] == [other, consortium]
    assert Follow.objects.filter(call=call).count() == 1


def test_unfollow_what_is_not_followed_does_no_harm(call: Call, member: Member):
    assert acts.unfollow(followed=call, member=member) == call
