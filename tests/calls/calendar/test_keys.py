"""Keys of members' own calendars."""

import pytest
from django.conf import settings
from django.utils import timezone

from calls.calendar import keys
from calls.models import CalendarKey
from taskforce.members.models import Member
from tests.factories import make_member
from tests.racing import at_once


def key_of(member: Member) -> str:
    return keys.address(member).rpartition("/")[2].removesuffix(".ics")


def test_address_is_absolute_and_of_one_member(member: Member):
    address = keys.address(member)

    assert address.startswith(f"{settings.SITE_URL}/opslagskalender/{member.pk}-1:")
    assert address == keys.address(member) != keys.address(make_member())
    assert keys.owner(key_of(member)) == member


def test_renew_ends_the_old_key(member: Member):
    old = key_of(member)

    assert keys.renew(member=member).number == 2

    assert keys.owner(old) is None
    assert keys.owner(key_of(member)) == member
    assert keys.renew(member=member).number == 3


def test_renew_leaves_the_keys_of_others(member: Member):
    other = make_member()
    keys.renew(member=other)

    keys.renew(member=member)

    assert keys.owner(key_of(other)) == other


def test_renew_twice_at_once_counts_both(transactional_db: None):
    member = make_member()

    at_once(lambda: keys.renew(member=member), lambda: keys.renew(member=member))

    assert CalendarKey.objects.get().number == 3


@pytest.mark.parametrize("forged", ["", "x", "1-1", "1-1:x"])
def test_owner_of_a_forged_key_is_nobody(member: Member, forged: str):
    assert keys.owner(forged) is None


@pytest.mark.parametrize("text", ["x", "1", "1-x", "1-1-1"])
def test_owner_of_a_signed_text_that_is_no_key_is_nobody(member: Member, text: str):
    assert keys.owner(keys.signer.sign(text)) is None


def test_owner_is_nobody_where_the_member_has_left(member: Member):
    key = key_of(member)
    Member.objects.filter(pk=member.pk).update(to_date=timezone.localdate())

    assert keys.owner(key) is None
