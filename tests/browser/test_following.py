"""Follow as a member and as a stranger, choose how often, and stop, in a real browser."""

import re
from collections.abc import Callable

from django.core import mail

from taskforce.following.models import Follow, Follower
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_member

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
