"""Letters of log-in: their links lead to the portal, whatever host a request names."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from initiatives.models import CaseState
from taskforce.members.accounts import addresses
from taskforce.members.models import Member
from tests.factories import (
    make_case,
    make_join_request,
    make_member,
    make_secretary,
    make_user,
)
from tests.members.accounts.passkeys import give_passkey
from tests.members.accounts.ways import PASSWORD, link_in, log_in_by_code, switch_on, with_password

EVIL = {"HTTP_HOST": "localhost:9999", "HTTP_X_FORWARDED_HOST": "evil.example"}
EMAIL = "ea@example.org"


@pytest.fixture
def ea(transactional_db: None) -> Member:  # letters of the second step leave on commit
    return make_member(user=with_password(make_user(EMAIL, name="Ea")))


def begun(member: Member, letters: list[Any]) -> Client:
    browser = Client(**EVIL)
    log_in_by_code(browser, member.user.email, letters)
    return browser


def ask_for_a_code(member: Member, letters: list[Any]) -> None:
    Client(**EVIL).post("/konto/login/code/", {"email": EMAIL})


def ask_for_a_strangers_code(member: Member, letters: list[Any]) -> None:
    Client(**EVIL).post("/konto/login/code/", {"email": "stranger@example.org"})


def reset_the_password(member: Member, letters: list[Any]) -> None:
    browser = Client(**EVIL)
    browser.post("/konto/password/reset/", {"email": EMAIL})
    form = browser.get(link_in(letters), follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": "fire-blå-køer"})


def reset_a_strangers_password(member: Member, letters: list[Any]) -> None:
    Client(**EVIL).post("/konto/password/reset/", {"email": "stranger@example.org"})


def change_the_password(member: Member, letters: list[Any]) -> None:
    values = {"oldpassword": PASSWORD, "password1": "fire-blå-køer"}
    begun(member, letters).post("/konto/password/change/", values)


def set_a_password(member: Member, letters: list[Any]) -> None:
    member.user.set_unusable_password()
    member.user.save()
    begun(member, letters).post("/konto/password/set/", {"password1": "fire-blå-køer"})


def use_two_steps(member: Member, letters: list[Any]) -> None:
    browser = begun(member, letters)
    switch_on(browser)
    browser.post("/konto/2fa/recovery-codes/generate/")
    browser.post("/konto/2fa/totp/deactivate/")


def remove_a_passkey(member: Member, letters: list[Any]) -> None:
    browser = begun(member, letters)
    browser.post(f"/konto/2fa/webauthn/keys/{give_passkey(member.user).pk}/remove/")


def show_again_by_code(member: Member, letters: list[Any]) -> None:
    give_passkey(member.user)
    begun(member, letters).post("/konto/reauthenticate/code/", {"send": "1"})


def change_the_address(member: Member, letters: list[Any]) -> None:
    browser = begun(member, letters)
    browser.post("/konto/email/", {"email": "new@example.org"})
    browser.post(link_in(letters))


def have_the_address_changed(member: Member, letters: list[Any]) -> None:
    addresses.change_address(user=member.user, email="new@example.org", by=make_user())


def ask_to_join(member: Member, letters: list[Any]) -> None:
    asked = {"name": "Bo", "email": "bo@example.org", "organisation_name": "Værk"}
    Client(**EVIL).post("/bliv-medlem/", asked | {"kind": "company", "message": "Hej"})


def be_answered(member: Member, letters: list[Any]) -> None:
    browser = Client(**EVIL)
    browser.force_login(make_secretary().user)
    yes, no = make_join_request(), make_join_request()
    browser.post(f"/sekretariat/anmodninger/{yes.pk}/optag/", {"organisation": ""})
    browser.post(f"/sekretariat/anmodninger/{no.pk}/afvis/", {"reason": "Nej"})


def ask_about_a_case(member: Member, letters: list[Any]) -> None:
    make_case("Frokost", state=CaseState.PUBLISHED, written_by=member.organisation, contact=member)
    asked = {"name": "Bo", "email": "bo@example.org", "question": "Hvad?", "homepage": ""}
    Client(**EVIL).post("/eksempler/frokost/spoerg/", asked)


ACTS = {
    ask_for_a_code: 1,
    ask_for_a_strangers_code: 1,
    reset_the_password: 2,
    reset_a_strangers_password: 1,
    change_the_password: 2,
    set_a_password: 2,
    use_two_steps: 4,
    remove_a_passkey: 2,
    show_again_by_code: 2,
    change_the_address: 3,
    have_the_address_changed: 2,
    ask_to_join: 2,
    be_answered: 2,
    ask_about_a_case: 2,
}


@pytest.mark.parametrize(
    ("act", "count"), ACTS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_links_lead_to_the_portal(ea, mailoutbox, act: Any, count: int):
    act(ea, mailoutbox)

    assert len(mailoutbox) == count
    for letter in mailoutbox:
        text = f"{letter.subject}\n{letter.body}"
        assert "9999" not in text
        assert "evil" not in text
        hosts = re.findall(r"https?://[^/\s]+", text)
        assert set(hosts) <= {"http://localhost:8000"}


@pytest.mark.parametrize(
    ("act", "count"), ACTS.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_letters_are_in_our_words(ea, mailoutbox, act: Any, count: int):
    act(ea, mailoutbox)

    for letter in mailoutbox:
        text = f"{letter.subject}\n{letter.body}".casefold()
        for stiff in (
            "konto på",
            "kontoen",
            "registrere",
            "kodeord",
            "password",
            "nøglefil",
            "2fa/",
        ):
            assert stiff not in text.replace("/konto/password", "").replace("portalen", "")
        assert "\n\n\n" not in letter.body


def test_no_letter_takes_its_host_from_the_request():
    """No template of a letter knows the request, or what the library makes of its host."""
    folders = ("emails", "account/email", "mfa/email")
    letters = [
        path
        for folder in folders
        for path in Path(settings.BASE, "templates", folder).glob("*.txt")
    ]

    assert len(letters) > 100
    for path in letters:
        for word in ("current_site", "get_host", "build_absolute", "signup_url", "://"):
            assert word not in path.read_text(), path


def test_letter_in_english_is_english_throughout(ea, mailoutbox):
    Client().post("/en/konto/login/code/", {"email": EMAIL})

    assert mailoutbox[0].subject.startswith("Your code: ")
    assert "within a quarter of an hour" in mailoutbox[0].body
