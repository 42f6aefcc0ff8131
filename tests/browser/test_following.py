"""Follow as a member and as a stranger, choose how often, and stop, in a real browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

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
    page.get_by_role("button", name="Følger · Følg ikke længere", pressed=True).wait_for()
    assert Follow.objects.get().user == member.user

    visitor.open("/min-side/beskeder/")
    page.get_by_label("Hvor tit om Smal dør").select_option("daily")
    page.locator("summary", has_text="Nyt fra taskforcen").click()
    page.get_by_role("group", name="Nyheder").get_by_label("Aldrig").check()
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("status").wait_for()
    assert Follow.objects.get().how == "daily"

    page.get_by_role("button", name="Følg ikke længere Smal dør").click()
    page.get_by_text("Du følger 0 ting").wait_for()
    assert not Follow.objects.exists()
    assert visitor.complaints == []


def test_stranger_follows_confirms_and_stops_on_a_phone(visit: Visit):
    barrier = make_barrier("Smal dør")
    visitor = visit(width=320)
    page = visitor.page
    visitor.open(barrier.get_absolute_url())
    page.get_by_role("link", name="Følg med en mail").click()
    page.get_by_label("Din e-mail").fill("fremmed@example.org")
    page.get_by_role("button", name="Send mig linket").click()
    page.get_by_role("heading", name="Se i din mail").wait_for()

    link = re.search(r"/foelg-med/bekraeft/\w+/", str(mail.outbox[-1].body))
    assert link
    visitor.open(link[0])
    page.get_by_role("button", name="Følg").click()
    page.get_by_role("heading", name="Det, du følger").wait_for()
    assert Follower.objects.get().email == "fremmed@example.org"

    page.get_by_role("button", name="Stop alt").click()
    page.get_by_role("heading", name="Du følger ikke noget længere").wait_for()
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
    reader.page.get_by_role("button", name="Følg", exact=True).click()
    reader.open("/min-side/beskeder/")
    reader.page.get_by_label("Hvor tit om Smal dør").select_option("at_once")
    reader.page.get_by_role("button", name="Gem").click()
    reader.page.get_by_role("status").wait_for()

    something_happens(barrier)

    (letter,) = mailbox.letters
    assert (letter["to"], letter["subject"]) == ("ea@example.org", "Smal dør")
    assert "Vi mangler kapital." in letter.get_content()
    anybody.open(link_in(letter, "/barrierer/"))
    anybody.page.get_by_text("Vi mangler kapital.").first.wait_for()
    anybody.open(link_in(letter, "/mails/stop/"))
    assert Follow.objects.count() == 1  # looking ends nothing
    anybody.page.get_by_role("button", name="Få ikke flere").click()
    anybody.page.get_by_text("Du får ikke flere").first.wait_for()

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
    page.get_by_role("button", name="Send mig linket").click()
    page.get_by_role("heading", name="Se i din mail").wait_for()
    visitor.open(link_in(mailbox.letters[0], "/foelg-med/bekraeft/"))
    assert not Follow.objects.exists()
    page.get_by_role("button", name="Følg").click()
    page.get_by_role("heading", name="Det, du følger").wait_for()
    page.get_by_label("Hvor tit om Smal dør").select_option("at_once")
    page.get_by_role("button", name="Gem").click()
    page.get_by_role("status").wait_for()

    something_happens(barrier)

    letter = mailbox.letters[1]
    assert (letter["to"], letter["subject"]) == ("fremmed@example.org", "Smal dør")
    visitor.open(link_in(letter, "/mails/stop/"))
    page.get_by_role("button", name="Få ikke flere").click()
    page.get_by_text("Du får ikke flere").first.wait_for()
    assert not Follower.objects.exists()  # with the last thing the address goes
    assert visitor.complaints == []
