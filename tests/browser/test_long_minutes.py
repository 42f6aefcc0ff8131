"""Long minutes in a browser: one item is open, what is typed is saved before the next one is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings.models import MinutesEntry
from tests.browser.conftest import Visitor, saved
from tests.factories import make_secretary
from tests.heavy import make_long_minutes

Visit = Callable[..., Visitor]
HERE = "/moeder/3/referat/skriv/"


@pytest.fixture
def entries(transactional_db: None) -> list[MinutesEntry]:
    return [*make_long_minutes(30).entries.select_related("agenda_item")]


@pytest.fixture
def write(visit: Visit, entries: list[MinutesEntry]) -> Callable[..., Visitor]:
    secretary = make_secretary()

    def write(**options: Any) -> Visitor:
        visitor = visit(**options)
        visitor.log_in(secretary)
        visitor.open(HERE)
        return visitor

    return write


def opener(page: Page, entry: MinutesEntry) -> Locator:
    return page.locator(f"#punkt-{entry.agenda_item_id}").get_by_role("link", name="Skriv her")


def editor(page: Page) -> Locator:
    return page.locator(".rich").get_by_role("textbox", name="Tekst")


def test_opened_item_has_the_focus_and_is_saved_before_the_next_opens(write, entries):
    visitor = write()
    page = visitor.page
    expect(page.locator("textarea[name=text]")).to_have_count(0)

    opener(page, entries[4]).click()
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Hurtigt.")
    page.locator("#punkter").get_by_role(
        "link", name=str(entries[6].agenda_item), exact=True
    ).click()
    page.wait_for_url(f"**?aabn=punkt-{entries[6].agenda_item_id}#*")

    expect(editor(page)).to_be_focused()
    assert "Hurtigt." in MinutesEntry.objects.get(pk=entries[4].pk).text
    expect(page.locator(f"#{entries[4].anchor}")).to_contain_text("Hurtigt.")
    expect(page.get_by_role("region", name="Tekst, der ikke blev gemt")).to_have_count(0)
    assert not visitor.complaints


def test_text_that_was_not_saved_is_offered_though_its_item_is_closed(write, entries):
    visitor = write()
    page = visitor.page
    opener(page, entries[4]).click()
    expect(editor(page)).to_be_focused()
    page.context.set_offline(True)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Uden net.")
    expect(page.locator(".passage [role=status]").first).to_contain_text("Ingen forbindelse")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()) }")
    page.goto("about:blank")
    page.context.set_offline(False)

    visitor.open(HERE)
    offer = page.get_by_role("region", name="Tekst, der ikke blev gemt")
    expect(offer).to_contain_text("Uden net.")
    offer.get_by_role("button", name="Hent det frem").click()
    page.wait_for_url("**?aabn=*")
    offer.get_by_role("button", name="Hent det frem").click()

    saved(page.locator(".passage"))
    assert "Uden net." in MinutesEntry.objects.get(pk=entries[4].pk).text


def test_without_java_script(write, entries):
    visitor = write(java_script_enabled=False, width=320)
    page = visitor.page
    opener(page, entries[4]).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?aabn=*")
    section = page.locator(f"#punkt-{entries[4].agenda_item_id}")
    expect(section).to_be_focused()

    section.locator("textarea[name=text]").fill("Uden script")
    visitor.press("Gem", section.locator(".passage"))

    assert MinutesEntry.objects.get(pk=entries[4].pk).text == "<p>Uden script</p>"
    expect(section.locator("textarea[name=text]")).to_have_value("Uden script")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
