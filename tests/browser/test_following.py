"""Follow as a member and as a stranger, choose how often, and stop, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import expect

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following import telling
from taskforce.following.models import Follow, Follower
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import (
    make_barrier,
    make_member,
    make_statement,
    make_user,
)

Visit = Callable[..., Visitor]


def test_member_follows_by_keyboard_chooses_and_stops(visit: Visit):
    member, barrier = make_member(), make_barrier("Smal dør")
    visitor = visit()
    visitor.log_in(member)
    page = visitor.page
    visitor.open(barrier.get_absolute_url())

    page.get_by_role("button", name="Følg", exact=True).focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("button", name="Følger · Følg ikke længere", pressed=True)
    ).to_be_visible()
    assert Follow.objects.get().user == member.user

    visitor.open("/min-side/beskeder/")
    page.get_by_label("Hvor tit om Smal dør").select_option("daily")
    page.locator("summary", has_text="Nyt fra taskforcen").click()
    page.get_by_role("group", name="Nyheder").get_by_label("Aldrig").check()
    visitor.press("Gem")
    expect(page.get_by_role("status")).to_be_visible()
    assert Follow.objects.get().how == "daily"

    visitor.press("Følg ikke længere Smal dør")
    expect(page.get_by_text("Du følger 0 ting")).to_be_visible()
    assert not Follow.objects.exists()
    assert visitor.complaints == []


def test_stranger_follows_confirms_and_stops_on_a_phone(visit: Visit):
    barrier = make_barrier("Smal dør")
    visitor = visit(width=320)
    page = visitor.page
    visitor.open(barrier.get_absolute_url())
    page.get_by_role("link", name="Følg med en mail").click()
    page.get_by_label("Din e-mail").fill("fremmed@example.org")
    visitor.press("Send mig linket")
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()

    link = re.search(r"/foelg-med/bekraeft/\w+/", str(mail.outbox[-1].body))
    assert link
    visitor.open(link[0])
    visitor.press("Følg")
    expect(page.get_by_role("heading", name="Det, du følger")).to_be_visible()
    assert Follower.objects.get().email == "fremmed@example.org"

    visitor.press("Stop alt")
    expect(page.get_by_role("heading", name="Du følger ikke noget længere")).to_be_visible()
    assert not Follower.objects.exists()
    assert visitor.complaints == []


WAYS = [
    pytest.param({"width": 390}, id="on a phone"),
    pytest.param({"width": 1280, "java_script_enabled": False}, id="without JavaScript"),
]


def link_in(letter: Any, path: str) -> str:
    """Return the path of a link in the words of a letter that came by mail."""
    found = re.search(rf"http://localhost:8000({path}\S+)", str(letter.get_content()))
    assert found, letter.get_content()
    return found[1]


def something_happens(barrier: Barrier) -> None:
    """Let an organisation say something, and tell it to whoever wants to hear of it at once."""
    made = make_statement(barrier, "Vi mangler kapital.")
    telling.tell(record(Verb.ADDED, made, by=None))


@pytest.mark.parametrize("way", WAYS)
def test_member_gets_a_letter_and_stops_from_it_without_logging_in(
    visit: Visit, mailbox: Mailbox, way: dict[str, Any]
):
    member, barrier = make_member(user=make_user("ea@example.org")), make_barrier("Smal dør")
    reader, anybody = visit(**way), visit(**way)
    reader.log_in(member)
    reader.open(barrier.get_absolute_url())
    reader.press("Følg")
    reader.open("/min-side/beskeder/")
    reader.page.get_by_label("Hvor tit om Smal dør").select_option("at_once")
    reader.press("Gem")
    expect(reader.page.get_by_role("status")).to_be_visible()

    something_happens(barrier)

    (letter,) = mailbox.letters
    assert (letter["to"], letter["subject"]) == ("ea@example.org", "Smal dør")
    assert "Vi mangler kapital." in letter.get_content()
    anybody.open(link_in(letter, "/barrierer/"))
    expect(anybody.page.get_by_text("Vi mangler kapital.").first).to_be_visible()
    anybody.open(link_in(letter, "/mails/stop/"))
    assert Follow.objects.count() == 1  # looking ends nothing
    anybody.press("Få ikke flere")
    expect(anybody.page.get_by_text("Du får ikke flere").first).to_be_visible()

    assert not Follow.objects.exists()
    something_happens(barrier)
    assert len(mailbox.letters) == 1
    assert reader.complaints + anybody.complaints == []


@pytest.mark.parametrize("way", WAYS)
def test_stranger_confirms_gets_a_letter_and_stops_from_it(
    visit: Visit, mailbox: Mailbox, way: dict[str, Any]
):
    barrier = make_barrier("Smal dør")
    visitor = visit(**way)
    page = visitor.page
    visitor.open(barrier.get_absolute_url())
    page.get_by_role("link", name="Følg med en mail").click()
    page.get_by_label("Din e-mail").fill("fremmed@example.org")
    visitor.press("Send mig linket")
    expect(page.get_by_role("heading", name="Se i din mail")).to_be_visible()
    visitor.open(link_in(mailbox.letters[0], "/foelg-med/bekraeft/"))
    assert not Follow.objects.exists()
    visitor.press("Følg")
    expect(page.get_by_role("heading", name="Det, du følger")).to_be_visible()
    page.get_by_label("Hvor tit om Smal dør").select_option("at_once")
    visitor.press("Gem")
    expect(page.get_by_role("status")).to_be_visible()

    something_happens(barrier)

    letter = mailbox.letters[1]
    assert (letter["to"], letter["subject"]) == ("fremmed@example.org", "Smal dør")
    visitor.open(link_in(letter, "/mails/stop/"))
    visitor.press("Få ikke flere")
    expect(page.get_by_text("Du får ikke flere").first).to_be_visible()
    assert not Follower.objects.exists()  # with the last thing the address goes
    assert visitor.complaints == []
