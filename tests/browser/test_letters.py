"""The secretariat writes to all members in a browser, from the desk on, and sees who got it."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from taskforce.core.models import Mailing
from tests.browser.conftest import Visitor
from tests.browser.test_whole_way import Hand
from tests.browser.test_writing import real
from tests.conftest import Mailbox
from tests.factories import make_member, make_secretary, make_user

CLICKS = 3  # from the desk to a letter that is on its way to all


def test_letter_to_all(visit: Callable[..., Visitor], mailbox: Mailbox):
    make_member(user=make_user("ea@example.org", name="Ea Bæk"))
    visitor = visit(width=390)
    visitor.log_in(make_secretary(user=make_user("ida@example.org", name="Ida Lind")))
    visitor.open("/sekretariat/")
    hand, page = Hand(visitor), visitor.page

    hand.follow("Skriv til medlemmerne")
    expect(page.locator(".of-kind")).to_be_hidden()
    page.get_by_label("Emne").fill("Nyt fra os")
    page.locator(".rich").get_by_role("textbox").fill("Vi ses til foråret.")
    hand.press("Se brevet")
    letter = page.get_by_role("article", name="Nyt fra os")
    expect(letter).to_contain_text("Vi ses til foråret.")
    hand.press("Send til 2")

    assert hand.clicks == CLICKS
    assert {one["to"] for one in mailbox.letters} == {"ea@example.org", "ida@example.org"}
    visitor.follow("Se efter nu")
    expect(page.get_by_text("2 af 2 sendt")).to_be_visible()
    expect(page.get_by_text(re.compile("Ea Bæk"))).to_be_visible()
    assert not real(visitor.complaints)


def test_letter_to_some_without_a_script(visit: Callable[..., Visitor], mailbox: Mailbox):
    make_member(user=make_user("ea@example.org", name="Ea Bæk"))
    visitor = visit(width=320, java_script_enabled=False)
    visitor.log_in(make_secretary())
    visitor.open("/sekretariat/breve/nyt/")
    hand, page = Hand(visitor), visitor.page

    page.get_by_label("Dem, jeg vælger").check()
    page.get_by_role("checkbox", name=re.compile("Ea Bæk")).check()
    page.get_by_label("Emne").fill("Kun til dig")
    page.locator("textarea").fill("Ring til os.")
    hand.press("Se brevet")
    hand.press("Send til 1")

    assert [one["to"] for one in mailbox.letters] == ["ea@example.org"]
    assert Mailing.objects.get().audience["to"] == "chosen"
    assert not visitor.complaints
