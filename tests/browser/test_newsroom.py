"""The secretariat's own texts, from the desk to what a stranger reads, in a browser."""

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from taskforce.front.models import PageVersion
from taskforce.news.models import NewsItem
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_secretary

Visit = Callable[..., Visitor]
COUNT_CLICKS = """addEventListener("click", ({isTrusted}) => {
    if (isTrusted) sessionStorage.setItem("klik", 1 + Number(sessionStorage.getItem("klik")));
}, true)"""


def clicks(visitor: Visitor) -> int:
    return int(visitor.page.evaluate("Number(sessionStorage.getItem('klik'))"))


@pytest.mark.parametrize("width", [1280, 390])
def test_news_is_published_from_the_desk_in_three_clicks(
    visit: Visit, db: None, width: int, capsys: Any
):
    make_barrier("Udbud er for store")
    visitor = visit(width=width)
    visitor.log_in(make_secretary())
    page = visitor.page
    page.add_init_script(COUNT_CLICKS)

    visitor.open("/sekretariat/")
    began = time.monotonic()
    page.get_by_role("link", name="Skriv en nyhed").click()
    page.locator("[name=title]").fill("Ny vejledning")
    page.locator("[name=summary]").fill("Den viser, hvordan man deler et udbud.")
    page.locator(".rich .typed").focus()
    page.keyboard.type("Læs den, før I udbyder.")
    visitor.press("Gem, og se den")
    visitor.press("Offentliggør nu")
    expect(page.get_by_text("Nyheden er offentliggjort.")).to_be_visible()

    took, used = time.monotonic() - began, clicks(visitor)
    with capsys.disabled():
        print(f"\npublish news, {width} px: {used} clicks, {took:.1f} s")  # noqa: T201  # people compare it
    item = NewsItem.objects.get()
    assert (item.is_published, item.text) == (True, "<p>Læs den, før I udbyder.</p>")
    assert used == 3
    reader = visit(width=width)
    reader.open(item.get_absolute_url())
    expect(reader.page.get_by_text("Læs den, før I udbyder.")).to_be_visible()
    assert visitor.complaints == reader.complaints == []


def test_news_is_written_and_published_without_scripts(visit: Visit, db: None):
    barrier = make_barrier("Udbud er for store")
    visitor = visit(java_script_enabled=False)
    visitor.log_in(make_secretary())
    page = visitor.page

    visitor.open("/sekretariat/nyheder/ny/")
    page.locator("[name=title]").fill("Ny vejledning")
    page.locator("[name=summary]").fill("Kort")
    page.locator("textarea[name=text]").fill("Først\n\n- et punkt")
    page.get_by_label("Udbud er for store").check()
    visitor.press("Gem, og se den")
    visitor.press("Offentliggør nu")

    item = NewsItem.objects.get()
    assert (item.is_published, item.text) == (True, "<p>Først</p><ul><li>et punkt</li></ul>")
    assert [*item.barriers.all()] == [barrier]
    expect(page.get_by_role("link", name="Udbud er for store")).to_be_visible()


def test_untouched_page_keeps_its_text_through_the_editor(visit: Visit, db: None):
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page

    visitor.open("/sekretariat/sider/privatliv/")
    expect(page.locator(".rich .typed").nth(1)).to_be_visible()
    page.locator("[name=title_da]").fill("Om dine data")
    visitor.press("Gem")
    expect(page.get_by_text("Siden er gemt")).to_be_visible()

    visitor.open("/sekretariat/sider/privatliv/versioner/")
    expect(page.locator("#forskel ~ h3")).to_have_text(["Overskrift på dansk"])
    assert PageVersion.objects.get().title_da == "Om dine data"
    assert not visitor.complaints


def test_everything_is_downloaded_as_one_file(visit: Visit, db: None, tmp_path: Path):
    visitor = visit()
    visitor.log_in(make_secretary())

    visitor.open("/sekretariat/alt-ud/")
    with visitor.page.expect_download() as waited:
        visitor.page.get_by_role("button", name="Hent det hele").click()
    waited.value.save_as(tmp_path / "alt.zip")

    found = ZipFile(BytesIO((tmp_path / "alt.zip").read_bytes()))
    assert found.testzip() is None
    assert found.namelist()[-1] == "README.md"
