"""What every template knows about who is looking."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from taskforce.members.context import viewer
from tests.factories import make_member, make_secretary


def looked_at_by(rf: RequestFactory, user: Any) -> tuple[bool, bool]:
    request = rf.get("/")
    request.user = user
    found = viewer(request)
    return bool(found["by_member"]), bool(found["by_secretariat"])


def test_roles_of_the_viewer(rf: RequestFactory, db: None):
    assert looked_at_by(rf, AnonymousUser()) == (False, False)
    assert looked_at_by(rf, make_member().user) == (True, False)
    assert looked_at_by(rf, make_secretary().user) == (True, True)


def test_viewer_is_asked_only_when_a_template_uses_it(rf: RequestFactory):
    request = rf.get("/")  # without a user

    found = viewer(request)

    assert set(found) == {"by_member", "by_secretariat"}
    with pytest.raises(AttributeError):
        bool(found["by_member"])
