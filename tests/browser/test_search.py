"""The search in the head of every page, with suggestions while one types, and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_organisation

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("width", [390, 1280])
def test_a_suggestion_is_chosen_by_keyboard(visit: Visit, db, width: int):
    make_barrier("Udbud er for store")
    make_organisation("Udbudsrådet")
    visitor = visit(width=width)
    page = visitor.page
    visitor.open("/om/")

    page.get_by_role("button", name="Søg").first.click()
    field = page.get_by_role("combobox", name="Søg i portalen")
    expect(field).to_be_focused()
    field.fill("udb")  # at once: a list that came anew would forget which row is chosen

    expect(page.get_by_role("option")).to_have_text(
        [re.compile("Udbudsrådet"), re.compile("Udbud er for store")]
    )
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text(re.compile("Udbud er for store"))
    field.press("Enter")
    page.wait_for_url(re.compile("/barrierer/udbud-er-for-store/$"))


def test_escape_closes_the_list_and_enter_searches(visit: Visit, db):
    make_barrier("Udbud er for store")
    visitor = visit()
    page = visitor.page
    visitor.open("/soeg/")
    field = page.get_by_role("combobox", name="Søg i portalen")
    field.press_sequentially("udbud")
    expect(page.get_by_role("option")).to_have_count(1)

    field.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("udbud")
    field.press("Enter")

    page.wait_for_url(re.compile(r"/soeg/\?q=udbud$"))
    expect(page.get_by_role("heading", name="1 resultat for")).to_be_visible()


def test_without_a_script_the_field_searches(visit: Visit, db):
    make_barrier("Udbud er for store")
    visitor = visit(java_script_enabled=False, width=390)
    page = visitor.page
    visitor.open("/om/")

    page.get_by_role("button", name="Søg").first.click()
    page.locator("#soeg-her").fill("udbud")
    page.locator("#soeg-her").press("Enter")

    page.wait_for_url(re.compile(r"/soeg/\?q=udbud$"))
    page.get_by_text("Afgræns resultaterne").click()
    expect(page.get_by_role("link", name="Udbud er for store")).to_be_visible()
