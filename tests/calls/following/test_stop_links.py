"""Links in letters that were sent before members followed more than calls and consortia."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from calls.models import Call
from taskforce.following.models import Follow
from taskforce.following.stopping.links import of_before
from taskforce.members.models import Member
from tests.calls.following.moving import follow


@pytest.fixture
def row(call: Call, member: Member) -> Follow:
    return follow(followed=call, member=member)


def address(row: Follow) -> str:
    return f"/foelg-ikke/{of_before.sign(str(row.pk))}/"


def test_link_of_a_letter_from_before_still_stops(client: Client, row: Follow):
    page = client.get(address(row))
    assert (page.status_code, "Penge" in page.content.decode()) == (200, True)
    assert Follow.objects.exists()

    Client(enforce_csrf_checks=True).post(address(row), {"List-Unsubscribe": "One-Click"})
    assert not Follow.objects.exists()


def test_expired_forged_or_used_link_is_not_found(client: Client, row: Follow, time_machine: Any):
    here = address(row)
    for path in ("/foelg-ikke/x/", f"/foelg-ikke/{row.pk}/", here[:-2] + "/"):
        assert client.post(path).status_code == 404
    time_machine.shift(timedelta(days=367))
    assert client.post(here).status_code == 404
    assert Follow.objects.exists()
