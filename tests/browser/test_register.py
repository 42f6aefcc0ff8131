"""Adding a barrier in a browser: on a phone, by keyboard alone, and without JavaScript."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from barriers.models import Barrier, Statement
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_member, make_organisation, make_theme

Visit = Callable[..., Visitor]
FOUND = "section.alike"


@pytest.fixture
def register(transactional_db: None) -> None:
    capital = make_theme("Kapital")
    make_barrier("Udbud er for store til små leverandører", theme=make_theme("Udbud"))
    make_barrier("Det er svært at rejse kapital", theme=capital)


@pytest.mark.usefixtures("register")
def test_similar_ones_appear_on_a_phone_and_one_tap_takes_the_words_there(visit: Visit):
    visitor = visit(width=390, has_touch=True)
    visitor.log_in(make_member(make_organisation("Odense Kommune")))
    page = visitor.page

    visitor.open("/barrierer/ny/")
    page.locator("[name=title]").press_sequentially("Udbuddene er alt for store")
    expect(page.locator(FOUND)).to_contain_text("Udbud er for store til små leverandører")
    expect(page.locator("[data-said]")).to_have_text("En lignende er allerede i registret")
    page.locator("textarea[name=description]").fill("Vi kan ikke byde.")
    page.locator(FOUND).get_by_role("button").first.tap()

    text = page.locator("[name=text]")
    expect(text).to_have_value("Udbuddene er alt for store\n\nVi kan ikke byde.")
    page.get_by_role("button", name="Tilføj udsagnet").tap()
    expect(page.locator(".saying")).to_contain_text("Vi kan ikke byde.")
    assert Statement.objects.get().organisation.name == "Odense Kommune"
    assert Barrier.objects.count() == 2
    assert not visitor.complaints


@pytest.mark.usefixtures("register")
def test_by_keyboard_enter_adds_and_never_leads_elsewhere(visit: Visit):
    visitor = visit()
    visitor.log_in(make_member())
    page = visitor.page

    visitor.open("/barrierer/ny/")
    page.locator("[name=title]").focus()
    page.keyboard.type("Store udbud")
    expect(page.locator(FOUND)).to_be_visible()
    page.keyboard.press("Tab")  # to the barrier that is like it
    assert page.evaluate("document.activeElement.textContent.trim()").startswith("Udbud er")
    page.keyboard.press("Tab")  # to the button beside it
    page.keyboard.press("Tab")
    page.keyboard.type("Udbud")
    page.locator("[name=title]").focus()
    page.keyboard.press("Enter")

    # It was shown while typing, so sending stops at nothing.
    page.wait_for_url("**/barrierer/store-udbud-*/")
    assert Barrier.objects.filter(title="Store udbud", theme__name="Udbud").exists()
    assert not visitor.complaints


@pytest.mark.usefixtures("register")
def test_similar_ones_go_when_the_title_becomes_another(visit: Visit):
    visitor = visit()
    visitor.log_in(make_member())

    visitor.open("/barrierer/ny/")
    title = visitor.page.locator("[name=title]")
    title.fill("Store udbud")
    expect(visitor.page.locator(FOUND)).to_be_visible()
    title.fill("Noget ganske andet")
    expect(visitor.page.locator(FOUND)).to_have_count(0)
    assert not visitor.complaints


@pytest.mark.usefixtures("register")
def test_without_javascript_sending_shows_them_once(visit: Visit):
    visitor = visit(java_script_enabled=False, width=320)
    visitor.log_in(make_member())
    page = visitor.page

    visitor.open("/barrierer/ny/")
    page.locator("[name=title]").fill("Store udbud")
    page.locator("[name=theme]").select_option(label="Udbud")
    visitor.press("Tilføj barrieren")
    expect(page.locator(FOUND)).to_contain_text("Er det en af disse?")
    expect(page.locator("[name=title]")).to_have_value("Store udbud")
    page.get_by_role("button", name="Ingen af disse: Tilføj den").click()

    page.wait_for_url("**/barrierer/store-udbud-*/")


@pytest.mark.slow  # types as slowly as people do
def test_first_timer_adds_one_in_under_a_minute(visit: Visit, register: None):
    """As somebody types on a phone: some three keys a second, a second's look at every step."""
    visitor = visit(width=390, has_touch=True)
    visitor.log_in(make_member())
    page, taps, began = visitor.page, 0, time.monotonic()

    def look_and_tap(place) -> int:
        time.sleep(1)
        place.tap()
        return 1

    visitor.open("/barrierer/")
    taps += look_and_tap(page.get_by_role("link", name="Tilføj en barriere"))
    taps += look_and_tap(page.locator("[name=title]"))
    page.locator("[name=title]").press_sequentially("Indkøberne har for travlt", delay=330)
    taps += look_and_tap(page.locator("[name=theme]"))
    page.locator("[name=theme]").select_option(label="Kapital")
    taps += 1  # in the phone's own list
    taps += look_and_tap(page.get_by_role("button", name="Tilføj barrieren"))
    page.wait_for_url("**/barrierer/indkoeberne-har-for-travlt-*/")
    seconds = time.monotonic() - began

    assert taps == 5
    assert seconds < 60  # 16 on two slow cores


@pytest.mark.usefixtures("register")
def test_support_is_one_tap_and_withdrawing_another(visit: Visit):
    visitor = visit(width=320, has_touch=True)
    visitor.log_in(make_member(make_organisation("Incita")))
    page = visitor.page

    visitor.open("/barrierer/det-er-svaert-at-rejse-kapital/")
    page.get_by_role("button", name="Den står også i vejen for os").tap()
    expect(page.locator("#stoette")).to_contain_text("2 organisationer står bag")
    page.get_by_role("button", name="Jeres organisation står bag: træk tilbage").tap()
    expect(page.locator("#stoette")).to_contain_text("1 organisation står bag")
    assert not visitor.complaints
