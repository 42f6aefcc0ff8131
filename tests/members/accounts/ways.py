"""How tests go through log-in: codes from letters, and an app that makes codes."""

import re
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters
from django.test import Client

from taskforce.members.models import User

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "tre-gule-heste"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def switch_on_two_step(user: User) -> None:
    TOTP.activate(user, SECRET)


def code_of_app() -> str:
    return format_hotp_value(hotp_value(SECRET, list(counters())[1]))


def code_in(letters: list[Any]) -> str:
    found = re.search(r"^([A-Z]{4}-[A-Z]{4})$", letters[-1].body, re.MULTILINE)
    assert found
    return found[1]


def link_in(letters: list[Any]) -> str:
    """Return the path of the link in the newest letter."""
    found = re.search(r"http://localhost:8000(/konto/\S+)", letters[-1].body)
    assert found
    return found[1]


def log_in_by_code(client: Client, email: str, letters: list[Any], **options: Any) -> Any:
    client.post("/konto/login/code/", {"email": email}, **options)
    return client.post("/konto/login/code/confirm/", {"code": code_in(letters)}, **options)


def is_logged_in(client: Client) -> bool:
    return bool(client.get("/min-side/").status_code == 200)


def switch_on(browser: Client) -> Any:
    browser.get("/konto/2fa/totp/activate/")
    session = browser.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    return browser.post("/konto/2fa/totp/activate/", {"code": code_of_app()}, follow=True)
