"""Whichever way the last secretary would go, the database refuses it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from taskforce.members.models import Member, Role, User
from taskforce.members.people.last_secretary import a_secretary_stays
from tests.factories import make_secretary, make_user
from tests.racing import at_once
from tests.refusing import answers, refused

LAST = (
    "This is the last secretary who has logged in. Let another one in first, and wait until they "
    "have logged in."
)


def standing(**fields: Any) -> Member:
    """Make a secretary who has logged in."""
    return make_secretary(user=make_user(last_login=timezone.now()), **fields)


def demote(who: Member) -> None:
    Member.objects.filter(pk=who.pk).update(role=Role.MEMBER)


def end(who: Member) -> None:
    Member.objects.filter(pk=who.pk).update(to_date=timezone.localdate())


def deactivate(who: Member) -> None:
    User.objects.filter(pk=who.user_id).update(is_active=False)


def never_came(who: Member) -> None:
    User.objects.filter(pk=who.user_id).update(last_login=None)


def give_away(who: Member) -> None:
    """As merging two people does, into one who has never logged in."""
    Member.objects.filter(pk=who.pk).update(user=make_user())


def delete(who: Member) -> None:
    User.objects.get(pk=who.user_id).delete()


WAYS = [demote, end, deactivate, never_came, give_away, delete]


@pytest.mark.parametrize("go", WAYS)
def test_last_secretary_stays(db: None, go: Callable[[Member], None]):
    secretary = standing()
    make_secretary()  # who never logged in
    standing(to_date=timezone.localdate())
    make_secretary(user=make_user(last_login=timezone.now(), is_active=False))

    with refused(LAST), a_secretary_stays():
        go(secretary)

    secretary.refresh_from_db()
    assert (secretary.role, secretary.to_date) == (Role.SECRETARIAT, None)
    assert secretary.is_current


@pytest.mark.parametrize("go", WAYS)
def test_one_of_two_secretaries_goes(db: None, go: Callable[[Member], None]):
    gone, stays = standing(), standing()

    with a_secretary_stays():
        go(gone)

    assert [*Member.objects.secretariat().exclude(user__last_login=None)] == [stays]


@pytest.mark.parametrize("go", WAYS)
def test_who_never_logged_in_goes_before_anybody_came(db: None, go: Callable[[Member], None]):
    """A portal that is being set up has no secretary to lose."""
    secretary = make_secretary()

    with a_secretary_stays():
        go(secretary)


@pytest.mark.parametrize("go", [demote, end, deactivate, delete])
def test_one_of_two_who_go_at_once_stays(transactional_db: None, go: Callable[[Member], None]):
    def leave(who: Member) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic(), a_secretary_stays():
                go(who)

        return act

    found = at_once(leave(standing()), leave(standing()))

    assert answers(found) == ["NoneType", "Refused"]
    assert Member.objects.secretariat().count() == 1


def test_another_refusal_of_the_database_is_not_mistaken_for_it(member: Member):
    with pytest.raises(Exception, match="member_dates_in_order"), a_secretary_stays():
        Member.objects.filter(pk=member.pk).update(to_date="1999-01-01")
