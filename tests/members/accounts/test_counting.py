"""What strangers send to log-in is counted, also when it comes at the same moment."""

from collections import Counter
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from taskforce.members.accounts import counting
from taskforce.members.models import JoinRequest
from tests.factories import make_user
from tests.members.accounts.ways import (
    PASSWORD,
    code_in,
    code_of_app,
    is_logged_in,
    log_in_by_code,
    switch_on_two_step,
    with_password,
)
from tests.racing import at_once

WAIT = "Der er bedt om så mange koder og links, at vi venter lidt. Prøv igen om en time."
TRIES = "Der var for mange forsøg. Vent et kvarter, eller log ind på en anden måde."


def post(path: str, values: dict[str, str], address: str = "192.0.2.1") -> Any:
    return Client().post(path, values, REMOTE_ADDR=address)


def is_refused(answer: Any) -> bool:
    return bool(answer.status_code == 200)


@pytest.mark.parametrize("path", ["/konto/login/code/", "/konto/password/reset/"])
def test_forty_letters_asked_for_at_once_are_five(transactional_db: None, path: str):
    make_user("ea@example.org")

    answers = at_once(*[lambda: post(path, {"email": "Ea@example.org"})] * 40)

    assert sum(map(is_refused, answers)) == 35
    assert len(mail.outbox) == 5
    page = next(answer for answer in answers if is_refused(answer))
    assert page.context["form"].errors["email"] == [WAIT]
    assert "Ea@example.org" in page.content.decode()


def test_one_visitor_asks_for_thirty_addresses(db: None):
    answers = [post("/konto/login/code/", {"email": f"a{n}@example.org"}) for n in range(31)]

    assert [is_refused(answer) for answer in answers] == [False] * 30 + [True]


def test_one_visitor_cannot_use_up_anothers_letters(db: None, mailoutbox):
    make_user("ea@example.org")
    for _ in range(10):
        post("/konto/login/code/", {"email": "ea@example.org"}, address="192.0.2.66")

    assert not is_refused(post("/konto/login/code/", {"email": "ea@example.org"}))


def test_many_visitors_together_flood_nobody(db: None, mailoutbox):
    make_user("ea@example.org")
    for n in range(45):
        post("/konto/login/code/", {"email": "ea@example.org"}, address=f"192.0.2.{n}")

    assert len(mailoutbox) == counting.LETTERS_OF_ONE.most


def test_home_with_ipv6_is_one_visitor(db: None):
    for n in range(30):
        post("/konto/login/code/", {"email": f"a{n}@example.org"}, address=f"2001:db8::{n + 1:x}")

    last = {"email": "b@example.org"}
    assert is_refused(post("/konto/login/code/", last, address="2001:db8::ffff"))
    assert not is_refused(post("/konto/login/code/", last, address="2001:db8:0:1::1"))


def test_password_is_guessed_ten_times_at_most(transactional_db: None):
    with_password(make_user("ea@example.org"))
    right = {"login": "ea@example.org", "password": PASSWORD}

    at_once(*[lambda: post("/konto/login/", right | {"password": "wrong"})] * 40)

    page = post("/konto/login/", right)
    assert page.context["form"].non_field_errors() == [TRIES]
    assert "ea@example.org" in page.content.decode()


def test_code_by_mail_works_when_somebody_guessed_at_the_password(db: None, mailoutbox):
    with_password(make_user("ea@example.org"))
    for _ in range(12):
        post("/konto/login/", {"login": "ea@example.org", "password": "x"}, address="192.0.2.66")
    browser = Client()

    assert log_in_by_code(browser, "ea@example.org", mailoutbox).url == "/min-side/"


def test_right_password_counts_nothing(db: None):
    with_password(make_user("ea@example.org"))

    for _ in range(15):
        answer = post("/konto/login/", {"login": "ea@example.org", "password": PASSWORD})

    assert answer.url == "/min-side/"


def test_code_is_guessed_five_times_at_most(transactional_db: None):
    """Even by requests that start from the same session and know nothing of each other."""
    make_user("ea@example.org")
    thief = Client()
    thief.post("/konto/login/code/", {"email": "ea@example.org"})
    code = code_in(mail.outbox)
    cookie = thief.cookies["sessionid"].value

    def guess(typed: str) -> Any:
        browser = Client()
        browser.cookies["sessionid"] = cookie
        return browser.post("/konto/login/code/confirm/", {"code": typed})

    at_once(*[lambda: guess("BBBB-BBBB")] * 20)

    answer = guess(code)
    assert not is_logged_in(thief)
    assert answer.status_code == 302 or TRIES in answer.content.decode()


def test_second_step_is_guessed_five_times_at_most(db: None, mailoutbox):
    user = make_user("ea@example.org")
    switch_on_two_step(user)
    browser = Client()
    log_in_by_code(browser, "ea@example.org", mailoutbox)
    for _ in range(5):
        browser.post("/konto/2fa/authenticate/", {"code": "000000"})

    page = browser.post("/konto/2fa/authenticate/", {"code": code_of_app()})

    assert page.context["form"].errors["code"] == [TRIES]


def test_forty_requests_to_join_at_the_same_moment_are_five(transactional_db: None):
    asked = {
        "name": "Ea",
        "organisation_name": "Nyt Værk",
        "kind": "company",
        "message": "Vi vil være med.",
    }

    answers = at_once(
        *[
            lambda n=n: post("/bliv-medlem/", asked | {"email": f"ea{n}@example.org"})
            for n in range(40)
        ]
    )

    assert sum(map(is_refused, answers)) == 35
    assert JoinRequest.objects.count() == 5
    assert len(mail.outbox) == 10  # each has a receipt, and the secretariat is told
    page = next(answer for answer in answers if is_refused(answer))
    assert "Prøv igen om en time" in page.context["form"].non_field_errors()[0]
    assert "Vi vil være med." in page.content.decode()


def test_twenty_requests_of_one_address_at_once_are_one(transactional_db: None):
    asked = {
        "name": "Ea",
        "email": "ea@example.org",
        "organisation_name": "Nyt Værk",
        "kind": "company",
        "message": "Vi vil være med.",
    }

    answers = at_once(
        *[lambda n=n: post("/bliv-medlem/", asked, address=f"192.0.2.{n}") for n in range(20)]
    )

    # All are answered alike: who has asked before is no stranger's business.
    assert {answer.status_code for answer in answers} == {302}
    assert JoinRequest.objects.count() == 1
    told = Counter(letter.to[0] for letter in mail.outbox)
    assert told == {"sekretariat@eksempel.example": 1, "ea@example.org": 3}
