"""Whose mail server takes no mail is told so at log-in and on their page."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from taskforce.core import bounces
from taskforce.core.models import RefusedAddress
from taskforce.members.models import Member
from tests.factories import make_member, make_user
from tests.members.accounts.ways import PASSWORD, log_in_by_code, with_password

SAID = "550 No such user"
EMAIL = "ea@example.org"


@pytest.fixture
def ea(db: None) -> Member:
    member = make_member(user=with_password(make_user(EMAIL, name="Ea")))
    bounces.note_for_good(EMAIL, SAID)
    return member


def told(browser: Client) -> list[str]:
    page = browser.get("/barrierer/")
    return [str(message) for message in get_messages(page.wsgi_request) if SAID in str(message)]


def by_password(browser: Client) -> None:
    browser.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})


def test_log_in_by_password_tells_and_withholds_on(ea: Member, client: Client):
    by_password(client)

    (words,) = told(client)
    assert words.startswith("Din mailserver tager ikke imod vores mails")
    assert bounces.withheld(EMAIL)


def test_code_that_came_by_mail_starts_the_address_afresh_and_tells_once(
    ea: Member, client: Client, mailoutbox: list[Any]
):
    log_in_by_code(client, EMAIL, mailoutbox)

    (words,) = told(client)
    assert words.startswith("Din mailserver afviste vores mails")
    assert not bounces.withheld(EMAIL)
    assert not RefusedAddress.objects.exists()


def test_page_says_what_the_server_said_and_how_to_go_on(ea: Member, client: Client):
    by_password(client)
    page = client.get("/min-side/")

    assert page.context["refused"].said == SAID
    content = page.content.decode()
    assert SAID in content
    assert 'href="/konto/email/"' in content
    assert 'href="/konto/reauthenticate/code/?next=/min-side/"' in content


def test_code_that_is_typed_to_confirm_starts_the_address_afresh(
    ea: Member, client: Client, mailoutbox: list[Any]
):
    by_password(client)
    confirm = "/konto/reauthenticate/code/"
    client.post(confirm, {"send": "1"})
    code = next(line for line in mailoutbox[-1].body.splitlines() if line[4:5] == "-")

    client.post(confirm, {"code": code})

    assert not bounces.withheld(EMAIL)
    assert client.get("/min-side/").context["refused"] is None


def test_another_address_starts_clean_and_the_old_one_is_forgotten(ea: Member):
    from taskforce.members.accounts.addresses import change_address

    change_address(user=ea.user, email="new@example.org", by=ea.user)

    assert not RefusedAddress.objects.exists()


def test_nobody_else_is_told(ea: Member, as_member: Client):
    assert as_member.get("/min-side/").context["refused"] is None


def test_secretariat_sees_it_on_its_desk(ea: Member, as_secretary: Client):
    ea.user.last_login = ea.user.date_joined
    ea.user.save()

    tasks = as_secretary.get("/sekretariat/").context["tasks"]

    (task,) = [task for task in tasks if task.title == "Ea"]
    assert SAID in task.about
    assert task.act_url == f"/sekretariat/personer/{ea.user_id}/ret/"
