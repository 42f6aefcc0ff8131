"""Sessions are found by their key, as long as they last."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from taskforce.core.session_store import SessionStore
from tests.factories import make_member, make_session


def test_it_is_the_store_of_the_portal():
    assert import_module(settings.SESSION_ENGINE).SessionStore is SessionStore


def test_each_session_has_what_was_put_into_it(db: None, django_assert_num_queries: Any):
    keys = []
    for word in ("one", "two"):
        store = SessionStore()
        store["word"] = word
        store.save()
        keys.append(store.session_key)

    with django_assert_num_queries(2):
        assert [SessionStore(key)["word"] for key in keys] == ["one", "two"]


@pytest.mark.parametrize("key", ["nothing-of-the-kind", "å" * 40, "'; --              "])
def test_an_unknown_key_is_no_session_and_is_not_taken_over(db: None, key: str):
    store = SessionStore(key)

    assert dict(store.items()) == {}
    assert store.session_key is None


def test_an_ended_session_is_empty(db: None):
    key = make_session(make_member())
    assert "_auth_user_id" in SessionStore(key)

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert "_auth_user_id" not in SessionStore(key)


@pytest.mark.parametrize("key", ["\x00" * 20, "x" * 5_000, "å" * 40])
def test_a_hostile_cookie_is_a_stranger(db: None, key: str):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key

    assert browser.get("/min-side/").status_code == 302
