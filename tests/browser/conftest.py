"""A real browser on a real server: Debian's Chromium, skipped where there is none."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from taskforce.members.models import Member
from tests.factories import make_session

# Django refuses database calls where an event loop runs; Playwright's own loop is not ours.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=15_000)  # milliseconds: two busy cores need more than five seconds

# The shell draws no window, and needs a fifth less of the machine.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("REQUIRE_BROWSER=1, but there is no chromium on the PATH")
        pytest.skip("there is no chromium on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


class Visitor:
    """A person at a browser, and what the browser had to complain of."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._watch)

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _watch(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != urlsplit(self.base).netloc:
            self.complaints.append(f"asked another host: {request.url}")

    def open(self, path: str, *, status: int = 200) -> None:
        answer = self.page.goto(self.base + path)
        assert answer is not None
        assert answer.status == status, f"{path} answers {answer.status}"

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press a button, the first of its name, and wait for the page that follows."""
        place = within or self.page.get_by_role("main")
        with self.page.expect_navigation():
            place.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow a link, the first of its name, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def log_in(self, member: Member) -> None:
        """Give the browser the session of a member, as if the code had been typed."""
        key = make_session(member)
        self.page.context.add_cookies([{"name": "sessionid", "value": key, "url": self.base}])


def saved(place: Page | Locator) -> None:
    """Wait until everything that was typed there is saved, which its form says."""
    expect(place.locator("[data-unsaved]").first).to_be_hidden()
    expect(place.locator("[role=status]").first).to_have_text(re.compile(r"^Gemt kl\. \d\d\.\d\d$"))


@pytest.fixture(scope="session")
def portal(django_db_setup: None) -> Iterator[str]:
    """Return the address of a portal that runs on the test's database."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def open_context(chromium: Browser, **options: Any) -> BrowserContext:
    """Open a window of its own, wide and light unless told otherwise."""
    wide = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
    return chromium.new_context(**wide | options)


@pytest.fixture
def visit(
    chromium: Browser, portal: str, transactional_db: None
) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a browser, wide and light unless told otherwise."""
    contexts = []

    def visit(*, width: int = 1280, dark: bool = False, **options: Any) -> Visitor:
        size = {"viewport": {"width": width, "height": 900}}
        scheme = {"color_scheme": "dark" if dark else "light"}
        contexts.append(open_context(chromium, **size, **scheme, **options))
        return Visitor(contexts[-1].new_page(), portal)

    yield visit
    for context in contexts:
        context.close()
