"""A second step is for those who switched it on; a passkey is a way in by itself."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from taskforce.members.accounts.two_step import TwoStepAdapter
from taskforce.members.models import User
from taskforce.members.people import inviting
from tests.factories import make_member, make_user
from tests.members.accounts.passkeys import give_passkey
from tests.members.accounts.ways import (
    SECRET,
    code_in,
    code_of_app,
    is_logged_in,
    log_in_by_code,
    switch_on,
    switch_on_two_step,
    with_password,
)

Type = Authenticator.Type


@pytest.fixture
def ea(transactional_db: None) -> User:  # letters of the second step leave on commit
    return make_member(user=make_user("ea@example.org", name="Ea")).user


def test_passkey_asks_nobody_for_a_second_step(ea, mailoutbox):
    give_passkey(ea)
    phone = Client()

    assert log_in_by_code(phone, "ea@example.org", mailoutbox).url == "/min-side/"
    assert is_logged_in(phone)


def test_passkey_asks_for_none_after_a_password(ea, client: Client):
    give_passkey(with_password(ea))

    values = {"login": "ea@example.org", "password": "tre-gule-heste"}
    assert client.post("/konto/login/", values).url == "/min-side/"


def test_two_step_asks_for_the_code_of_the_app(ea, client: Client, mailoutbox):
    switch_on_two_step(ea)

    assert log_in_by_code(client, "ea@example.org", mailoutbox).url == "/konto/2fa/authenticate/"
    assert not is_logged_in(client)
    page = client.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert page.context["form"].errors["code"] == ["Koden er ikke rigtig. Prøv den nyeste."]
    assert client.post("/konto/2fa/authenticate/", {"code": code_of_app()}).url == "/min-side/"
    assert is_logged_in(client)


def test_invitation_does_not_pass_by_the_second_step(ea, client: Client, mailoutbox):
    switch_on_two_step(ea)
    invitation = inviting.invite(member=ea.member, by=make_user())
    client.post(f"/velkommen/{invitation.key}/")

    answer = client.post("/konto/login/code/confirm/", {"code": code_in(mailoutbox)})

    assert answer.url == "/konto/2fa/authenticate/"


@pytest.mark.parametrize(
    ("kinds", "asked", "is_on"),
    [
        ([], None, False),
        ([Type.WEBAUTHN], None, False),
        ([Type.WEBAUTHN], [Type.TOTP, Type.WEBAUTHN], False),
        ([Type.WEBAUTHN], [Type.WEBAUTHN], True),
        ([Type.WEBAUTHN, Type.RECOVERY_CODES], [Type.RECOVERY_CODES], False),
        ([Type.TOTP], None, True),
        ([Type.TOTP], [Type.TOTP, Type.WEBAUTHN], True),
        ([Type.TOTP], [Type.WEBAUTHN], False),
        ([Type.TOTP, Type.RECOVERY_CODES], [Type.RECOVERY_CODES], True),
    ],
)
def test_what_counts_as_a_second_step(ea, kinds: list[str], asked: Any, is_on: bool):
    for kind in kinds:
        Authenticator.objects.create(user=ea, type=kind, data={"secret": SECRET, "seed": "x"})

    assert TwoStepAdapter().is_mfa_enabled(ea, asked) == is_on


def test_switching_it_on_shows_recovery_codes_and_one_lets_in_once(ea, mailoutbox):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)

    page = switch_on(here)

    assert page.redirect_chain == [("/konto/2fa/recovery-codes/", 302)]
    code = page.context["unused_codes"][0]
    assert len(page.context["unused_codes"]) == 10
    assert code in page.content.decode()
    assert mailoutbox[-1].subject == "Login i to trin er slået til"
    for works in (True, False):
        phone = Client()
        log_in_by_code(phone, "ea@example.org", mailoutbox)
        phone.post("/konto/2fa/authenticate/", {"code": code})
        assert is_logged_in(phone) == works


def test_switching_it_off_deletes_the_recovery_codes_and_keeps_the_passkey(ea, mailoutbox):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    switch_on(here)
    give_passkey(ea)

    assert here.post("/konto/2fa/totp/deactivate/").url == "/konto/2fa/"

    assert [one.type for one in Authenticator.objects.all()] == [Type.WEBAUTHN]
    assert mailoutbox[-1].subject == "Login i to trin er slået fra"


def test_recovery_codes_need_the_second_step(ea, mailoutbox):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    give_passkey(ea)

    page = here.post("/konto/2fa/recovery-codes/generate/")

    assert page.context["form"].non_field_errors() == [
        "Nødkoder hører til login i to trin, som ikke er slået til."
    ]
    assert not Authenticator.objects.filter(type=Type.RECOVERY_CODES).exists()


@pytest.mark.parametrize("typed", ["", "{}", "[]", "1", '"x"', "null", "{", '{"id": 1}', "[[]]"])
def test_nonsense_for_a_passkey_lets_nobody_in(ea, client: Client, typed: str):
    give_passkey(ea)
    client.get("/konto/2fa/webauthn/login/", headers={"accept": "application/json"})

    page = client.post("/konto/2fa/webauthn/login/", {"credential": typed}, follow=True)

    assert page.redirect_chain[0][0] == "/konto/login/"
    assert not is_logged_in(client)


@pytest.mark.parametrize("typed", ["", "{}", "[]", "1", '"x"', "null", "{", '{"id": 1}', "[[]]"])
def test_nonsense_is_no_passkey(ea, mailoutbox, typed: str):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    here.get("/konto/2fa/webauthn/add/")

    page = here.post("/konto/2fa/webauthn/add/", {"name": "Telefon", "credential": typed})

    assert page.status_code == 200
    assert typed or page.context["form"].non_field_errors() == ["Adgangsnøgler kræver JavaScript."]
    assert "credential" not in page.context["form"].errors
    assert not Authenticator.objects.exists()


def test_server_asks_for_a_passkey_that_logs_in_by_itself(ea, mailoutbox):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)

    page = here.get("/konto/2fa/webauthn/add/", HTTP_HOST="localhost:9999")

    asked = page.context["js_data"]["creation_options"]["publicKey"]
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"]["id"] == "localhost"


def test_who_logged_in_a_while_ago_shows_again_who_it_is_by_mail(ea, mailoutbox, time_machine):
    """The passkey may lie on another device, and there may be no password."""
    give_passkey(ea)
    time_machine.move_to("2026-03-01 12:00Z")
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    assert here.get("/konto/2fa/webauthn/add/").status_code == 200
    time_machine.move_to("2026-03-01 13:00Z")

    page = here.get("/konto/2fa/webauthn/add/", follow=True)
    assert page.redirect_chain[0][0].startswith("/konto/2fa/webauthn/reauthenticate/")
    (other,) = page.context["reauthentication_alternatives"]
    assert other["url"] == "/konto/reauthenticate/code/?next=%2Fkonto%2F2fa%2Fwebauthn%2Fadd%2F"
    here.post(other["url"], {"send": "1"})
    wrong = here.post(other["url"], {"code": "BBBB-BBBB"})
    assert list(wrong.context["form"].errors) == ["code"]
    answer = here.post(other["url"], {"code": code_in(mailoutbox)})

    assert answer.url == "/konto/2fa/webauthn/add/"
    assert here.get(answer.url).status_code == 200


def test_mail_alone_is_not_enough_where_two_step_is_on(ea, mailoutbox, time_machine):
    time_machine.move_to("2026-03-01 12:00Z")
    switch_on_two_step(ea)
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    here.post("/konto/2fa/authenticate/", {"code": code_of_app()})
    time_machine.move_to("2026-03-01 13:00Z")

    answer = here.post("/konto/reauthenticate/code/", {"send": "1"})

    assert answer.url.startswith("/konto/2fa/reauthenticate/")
    assert here.get("/konto/2fa/totp/deactivate/").status_code == 302


def test_nobody_renames_or_removes_anothers_passkey(ea, as_member: Client):
    key = give_passkey(ea)

    assert (
        as_member.post(f"/konto/2fa/webauthn/keys/{key.pk}/edit/", {"name": "x"}).status_code == 404
    )
    assert as_member.post(f"/konto/2fa/webauthn/keys/{key.pk}/remove/").status_code == 404
    assert Authenticator.objects.get() == key


def test_code_of_the_app_is_right_once(ea, mailoutbox):
    switch_on_two_step(ea)
    code = code_of_app()
    for works in (True, False):
        browser = Client()
        log_in_by_code(browser, "ea@example.org", mailoutbox)
        browser.post("/konto/2fa/authenticate/", {"code": code})
        assert is_logged_in(browser) == works


def test_secretariat_helps_somebody_whose_phone_is_gone(ea, as_secretary, mailoutbox):
    switch_on_two_step(ea)
    give_passkey(ea)

    as_secretary.post(reverse("members:switch_off_two_step", args=[ea.pk]))

    assert [one.type for one in Authenticator.objects.all()] == [Type.WEBAUTHN]
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        (["ea@example.org"], "Login i to trin er slået fra")
    ]
    assert log_in_by_code(Client(), "ea@example.org", mailoutbox).url == "/min-side/"


def test_old_kind_of_passkey_is_pointed_at(ea, mailoutbox):
    here = Client()
    log_in_by_code(here, "ea@example.org", mailoutbox)
    words = "Den kan ikke logge ind af sig selv."
    give_passkey(ea)
    assert words not in here.get("/konto/2fa/").content.decode()
    Authenticator.objects.all().delete()

    give_passkey(ea, passwordless=False)

    assert words in here.get("/konto/2fa/").content.decode()
