"""Signed links that stop following."""

from datetime import timedelta
from typing import Any

import pytest

from calls.following import acts, links
from calls.models import Call, Follow
from taskforce.members.models import Member
from tests.refusing import refused

NO_LONGER = "The link no longer works"


@pytest.fixture
def follow(call: Call, member: Member) -> Follow:
    return acts.follow(followed=call, member=member)


def key(follow: Follow) -> str:
    return links.address(follow).split("/")[2]


def test_read_returns_what_the_link_is_of(follow: Follow):
    assert links.address(follow).startswith("/foelg-ikke/")
    assert links.read(key(follow)) == follow


def test_read_returns_nothing_where_the_member_follows_no_longer(follow: Follow):
    signed = key(follow)
    follow.delete()

    assert links.read(signed) is None


def test_read_refuses_an_expired_link(follow: Follow, time_machine: Any):
    signed = key(follow)
    time_machine.shift(timedelta(seconds=links.GOOD_FOR))
    assert links.read(signed) == follow

    time_machine.shift(timedelta(seconds=1))
    with refused(NO_LONGER):
        links.read(signed)


@pytest.mark.parametrize("forged", ["", "x", "1", "1:x:y"])
def test_read_refuses_a_link_that_is_not_ours(follow: Follow, forged: str):
    with refused(NO_LONGER):
        links.read(forged)


def test_read_refuses_a_signed_text_that_is_no_number(db: None):
    with refused(NO_LONGER):
        links.read(links.signer.sign("x"))
