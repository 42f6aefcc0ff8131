"""How the library of log-in behaves here."""

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.test import Client, RequestFactory

from taskforce.members.accounts.addresses import keep_address
from tests.factories import make_member, make_user


def test_nobody_signs_up_by_themselves(rf: RequestFactory):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_log_in_marks_the_address_as_verified(db: None):
    member = make_member()

    Client().force_login(member.user)

    address = EmailAddress.objects.get()
    assert (address.user, address.email) == (member.user, member.user.email)
    assert (address.verified, address.primary) == (True, True)


def test_address_is_kept_once(db: None):
    user = make_user()

    keep_address(user=user, request=None)
    keep_address(user=user, request=None)

    assert EmailAddress.objects.count() == 1
