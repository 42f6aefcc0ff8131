"""Pages of log-in speak the portal's words, in Danish and in English."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests.factories import make_member, make_user
from tests.members.accounts.passkeys import give_passkey
from tests.members.accounts.ways import log_in_by_code, switch_on, with_password

OUTSIDE = """/konto/login/ /konto/login/code/ /konto/password/reset/ /konto/password/reset/done/
/konto/password/reset/key/x-y/ /konto/password/reset/key/done/ /konto/inactive/"""
INSIDE = """/konto/logout/ /konto/email/ /konto/password/change/ /konto/2fa/
/konto/2fa/webauthn/add/ /konto/2fa/totp/deactivate/ /konto/2fa/recovery-codes/
/konto/2fa/recovery-codes/generate/
/konto/2fa/webauthn/keys/{key}/edit/ /konto/2fa/webauthn/keys/{key}/remove/ /min-side/"""
# Words of the library, and of forms that were translated word by word.
STIFF = """sign in|sign out|security key|authenticator|two-factor|your account|e-mailadresse:|
sikkerhedsnøgle|kontoen|din konto|kodeord|password:|tofaktor|to-faktor|log på|logget på|
bekræft adgang|nulstil"""


def words_of(html: str) -> str:
    body = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return strip_tags(body).casefold()


def look(browser: Client, path: str) -> str:
    page = browser.get(path)
    assert page.status_code == 200, path
    return words_of(page.content.decode())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_stiff_word_and_no_host(db: None, mailoutbox, prefix: str):
    member = make_member(user=with_password(make_user("ea@example.org")))
    inside = Client(HTTP_HOST="localhost:9999")
    log_in_by_code(inside, "ea@example.org", mailoutbox)
    switch_on(inside)
    key = give_passkey(member.user).pk
    pages = [(Client(HTTP_HOST="localhost:9999"), path) for path in OUTSIDE.split()]
    pages += [(inside, path.format(key=key)) for path in INSIDE.split()]

    for browser, path in pages:
        words = look(browser, prefix + path)
        stiff = "sikkerhedsnøgle|kontoen|tofaktor" if prefix else STIFF.replace("\n", "")
        for word in [*stiff.split("|"), "9999", "localhost"]:
            assert word not in words, (path, word)


def test_first_page_offers_every_way_in(db: None, client: Client):
    html = client.get("/konto/login/code/?next=/moeder/").content.decode()

    for words in ("Send mig en engangskode", "Brug en adgangsnøgle", "Brug din adgangskode"):
        assert words in html
    assert html.count('name="next" value="/moeder/"') == 2  # the code's form and the passkey's


def test_log_in_leads_back_to_where_one_was_going(db: None, mailoutbox):
    make_member(user=make_user("ea@example.org"))
    browser = Client()
    there = "/konto/login/code/?next=/aftaler/"

    answer = browser.post(there, {"email": "ea@example.org"})
    found = re.search(r"^([A-Z]{4}-[A-Z]{4})$", mailoutbox[0].body, re.MULTILINE)
    assert found

    assert browser.post(answer.url, {"code": found[1]}).url == "/aftaler/"


def test_sign_up_leads_to_the_request_to_join(db: None, client: Client):
    assert client.get("/konto/signup/").url == "/bliv-medlem/"
