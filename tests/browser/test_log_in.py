"""Every way in, in a browser, with a virtual authenticator for passkeys."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.browser.test_pages import look_at
from tests.conftest import Mailbox
from tests.factories import make_member, make_organisation
from tests.members.accounts.passkeys import give_passkey
from tests.members.accounts.ways import PASSWORD, switch_on_two_step, with_password

Visit = Callable[..., Visitor]
ABILITIES = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def ea(transactional_db: None) -> Member:
    return make_member(make_organisation("Odense Kommune"))


class Device:
    """A browser with an authenticator in it, and the person who holds it."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page, self.press = visitor, visitor.page, visitor.press
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        made = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": ABILITIES})
        self.authenticator = made["authenticatorId"]

    def forbid(self) -> None:
        """Let the person's face not be known from now on."""
        about = {"authenticatorId": self.authenticator, "isUserVerified": False}
        self.devtools.send("WebAuthn.setUserVerified", about)

    def ask_for_a_code(self, member: Member, mailbox: Mailbox) -> None:
        self.visitor.open("/konto/login/code/")
        self.page.get_by_label("E-mail").fill(member.user.email)
        self.press("Send mig en engangskode")
        self.page.get_by_label("Kode").fill(code_in(mailbox))
        self.press("Log ind")

    def log_in_by_code(self, member: Member, mailbox: Mailbox) -> None:
        self.ask_for_a_code(member, mailbox)
        expect(self.page).to_have_url(self.visitor.base + "/min-side/")

    def log_in_by_passkey(self, start: str = "/konto/login/code/") -> None:
        self.visitor.open(start)
        self.press("Brug en adgangsnøgle")
        expect(self.page).to_have_url(self.visitor.base + "/min-side/")

    def add_passkey(self) -> None:
        """Add one with the defaults."""
        self.visitor.open("/konto/2fa/")
        self.visitor.follow("Tilføj en adgangsnøgle")
        self.press("Tilføj en adgangsnøgle")
        expect(self.page).to_have_url(self.visitor.base + "/konto/2fa/")

    def log_out(self) -> None:
        self.visitor.open("/min-side/")
        self.press("Log ud")
        expect(self.page).to_have_url(self.visitor.base + "/")


def code_in(mailbox: Mailbox) -> str:
    """Return the code of the last letter."""
    body = mailbox.letters[-1].get_content()
    return re.findall(r"^([A-Z]{4}-[A-Z]{4})$", body, re.MULTILINE)[-1]


def code_of_app(secret: str, ahead: int) -> str:
    """Return the code of now, or of the next half minute: each works once."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1 + ahead]))


def test_passkey_with_the_defaults_logs_in_and_locks_nobody_out(visit: Visit, ea, mailbox: Mailbox):
    with_password(ea.user)
    mine = Device(visit())
    mine.log_in_by_code(ea, mailbox)

    mine.add_passkey()

    expect(mine.page.get_by_role("heading", name="Chrome på Linux")).to_be_visible()
    expect(mine.page.get_by_text("Adgangsnøglen er tilføjet.")).to_be_visible()
    mine.log_out()
    mine.log_in_by_passkey()
    mine.log_out()
    mine.log_in_by_passkey("/konto/login/")
    phone = Device(visit(width=320))  # another device, without the passkey
    phone.log_in_by_code(ea, mailbox)
    phone.log_out()
    phone.visitor.open("/konto/login/")
    phone.page.get_by_label("E-mail").fill(ea.user.email)
    phone.page.get_by_label("Adgangskode", exact=True).fill(PASSWORD)
    phone.press("Log ind")
    expect(phone.page).to_have_url(phone.visitor.base + "/min-side/")
    expect(phone.page.get_by_text("Odense Kommune").first).to_be_visible()
    assert not mine.visitor.complaints + phone.visitor.complaints


def test_passkey_made_on_each_of_two_devices(visit: Visit, ea, mailbox: Mailbox):
    for device in (Device(visit()), Device(visit(width=390, dark=True))):
        device.log_in_by_code(ea, mailbox)
        device.add_passkey()
        device.log_out()
        device.log_in_by_passkey()
        assert not device.visitor.complaints


def test_two_steps_with_recovery_codes_beside_a_passkey(visit: Visit, ea, mailbox: Mailbox):
    mine = Device(visit())
    mine.log_in_by_code(ea, mailbox)
    mine.add_passkey()
    mine.visitor.follow("Slå det til")
    secret = mine.page.locator("code").inner_text()
    mine.page.get_by_label("Kode").fill(code_of_app(secret, 0))
    mine.press("Slå det til")
    expect(mine.page).to_have_url(re.compile("/recovery-codes/$"))
    recovery = mine.page.locator("code").first.inner_text()

    mine.log_out()
    mine.log_in_by_passkey()  # asks for nothing more
    phone = Device(visit(width=320))
    phone.ask_for_a_code(ea, mailbox)
    expect(phone.page).to_have_url(re.compile("/konto/2fa/authenticate/$"))
    phone.page.get_by_label("Kode").fill(code_of_app(secret, 1))
    phone.press("Log ind")
    expect(phone.page).to_have_url(phone.visitor.base + "/min-side/")
    phone.log_out()
    phone.ask_for_a_code(ea, mailbox)
    expect(phone.page.get_by_role("heading", name="Det andet trin")).to_be_visible()
    phone.page.get_by_label("Kode").fill(recovery)
    phone.press("Log ind")
    expect(phone.page).to_have_url(phone.visitor.base + "/min-side/")
    assert not mine.visitor.complaints + phone.visitor.complaints


def test_device_that_says_no_is_told_in_words(visit: Visit, ea, mailbox: Mailbox):
    device = Device(visit())
    device.log_in_by_code(ea, mailbox)
    device.add_passkey()
    device.log_out()
    device.forbid()

    device.visitor.open("/konto/login/code/")
    device.page.get_by_role("button", name="Brug en adgangsnøgle").click()

    expect(device.page.get_by_role("alert")).to_have_text(
        "Det lykkedes ikke med adgangsnøglen. Prøv igen, eller log ind på en anden måde."
    )
    assert not device.visitor.complaints


def test_without_javascript_one_gets_in_by_code(visit: Visit, ea, mailbox: Mailbox):
    visitor = visit(java_script_enabled=False)
    visitor.open("/konto/login/code/")
    expect(visitor.page.get_by_role("button", name="Brug en adgangsnøgle")).to_be_hidden()
    visitor.page.get_by_label("E-mail").fill(ea.user.email)
    visitor.press("Send mig en engangskode")
    visitor.page.get_by_label("Kode").fill(code_in(mailbox))
    visitor.press("Log ind")

    expect(visitor.page).to_have_url(visitor.base + "/min-side/")


def test_logs_out_everywhere_from_my_page(visit: Visit, ea, mailbox: Mailbox):
    mine, phone = Device(visit()), Device(visit(width=320))
    for device in (mine, phone):
        device.log_in_by_code(ea, mailbox)

    phone.press("Log ud alle steder")

    expect(phone.page.get_by_text("Du er logget ud alle steder, også her.")).to_be_visible()
    mine.page.reload()
    expect(mine.page.get_by_role("heading", name="Log ind")).to_be_visible()


def test_hides_a_name_after_one_question(visit: Visit, ea):
    ea.name_visibility = "public"
    ea.save()
    visitor = visit()
    visitor.log_in(ea)
    visitor.open("/min-side/")

    visitor.follow("Skjul mit navn")

    expect(visitor.page.get_by_text("Sekretariatet ser det stadig.")).to_be_visible()
    visitor.press("Skjul mit navn")
    expect(visitor.page.get_by_text("Kun sekretariatet kan stadig se det.")).to_be_visible()
    ea.refresh_from_db()
    assert ea.name_visibility == "nobody"


OUTSIDE = """/konto/login/ /konto/login/code/ /konto/password/reset/ /konto/password/reset/done/
/konto/password/reset/key/x-y/ /konto/password/reset/key/done/ /konto/inactive/"""
INSIDE = """/konto/logout/ /konto/email/ /konto/password/change/ /konto/2fa/
/konto/2fa/webauthn/add/ /konto/2fa/totp/deactivate/ /konto/2fa/recovery-codes/
/konto/2fa/recovery-codes/generate/ /konto/2fa/webauthn/keys/{key}/edit/
/konto/2fa/webauthn/keys/{key}/remove/ /konto/reauthenticate/ /konto/2fa/reauthenticate/
/konto/2fa/webauthn/reauthenticate/ /min-side/ /min-side/tag-mit-navn-af/"""
WITHOUT_TWO_STEP = "/konto/2fa/ /konto/2fa/totp/activate/ /konto/reauthenticate/code/"


def test_pages_of_log_in_in_every_look(visit: Visit, ea, mailbox: Mailbox):
    with_password(ea.user)
    device = Device(visit())
    device.page.add_init_script(Axe().axe_script)
    outside = look(device, OUTSIDE.split())
    device.log_in_by_code(ea, mailbox)
    key = give_passkey(ea.user).pk
    without = look(device, WITHOUT_TWO_STEP.split())
    switch_on_two_step(ea.user)
    RecoveryCodes.activate(ea.user)

    assert not outside + without + look(device, INSIDE.format(key=key).split())


def look(device: Device, paths: list[str]) -> list[str]:
    """Return the faults of pages, wide and light, wide and dark, and on the narrowest phone."""
    faults = []
    for path in paths:
        device.visitor.open(path)
        expect(device.page).to_have_url(device.visitor.base + path)
        faults += [f"{path} {fault}" for fault in look_at(device.visitor)]
    return faults + device.visitor.complaints
