"""A new secret key, with the old one among the fallbacks: what was signed before still works."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from taskforce.front.erasing import acts, evidence
from taskforce.members.models import Erasure, User
from tests.factories import make_member, make_session

OLD, NEW = "old-" * 15, "new-" * 15
# Every signer that a module made when it was imported.
FIND = """
import gc, json, sys
import django
django.setup()
from django.core.signing import Signer
from django.urls import get_resolver
get_resolver().url_patterns
found = {one.salt: one for one in gc.get_objects() if issubclass(type(one), Signer)}
"""
SIGN = FIND + "print(json.dumps({salt: one.sign('7') for salt, one in found.items()}))"
READ = FIND + "print(json.dumps([found[s].unsign(k) for s, k in json.loads(sys.argv[1]).items()]))"


def with_key(program: str, *words: str, **environment: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "taskforce.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_links_in_mail_outlive_the_key():
    signed = with_key(SIGN, SECRET_KEY=OLD)
    assert {"meetings.answer_links", "calls.calendar", "taskforce.core.unasked"} <= signed.keys()

    read = with_key(READ, json.dumps(signed), SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=OLD)

    assert read == ["7"] * len(signed)


@pytest.fixture
def rotate(settings: Any) -> Any:
    def rotate() -> None:
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = NEW

    return rotate


def test_log_in_outlives_the_key(db: None, rotate: Any):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = make_session(make_member())
    assert browser.get("/min-side/").status_code == 200

    rotate()

    assert browser.get("/min-side/").status_code == 200


def test_log_in_ends_with_a_key_that_is_no_fallback(db: None, rotate: Any, settings: Any):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = make_session(make_member())

    rotate()
    settings.SECRET_KEY_FALLBACKS = []

    assert browser.get("/min-side/").status_code == 302


def test_whoever_was_erased_by_the_old_key_is_erased_again(
    db: None, rotate: Any, settings: Any, tmp_path: Any
):
    settings.VAR = tmp_path
    person = User.objects.create_user("anna@example.org", name="Anna Vang")
    evidence.write(Erasure(person=0, digest=evidence.digest_of(person.email)))

    rotate()

    assert acts.repeat() == 1
    assert not User.objects.filter(email="anna@example.org").exists()
