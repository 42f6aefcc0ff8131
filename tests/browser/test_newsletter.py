"""The newsletter and what is new since the last visit, in a browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.following.models import Newsletter
from taskforce.following.newsletter import acts, due
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_member, make_secretary, make_statement

Visit = Callable[..., Visitor]


@pytest.mark.parametrize("width", [1280, 320])
def test_newsletter_is_introduced_skipped_sent_after_all_and_read(
    visit: Visit, db: None, width: int
):
    now = timezone.now()
    Newsletter.objects.create(begins_at=now - timedelta(days=14))
    record(Verb.ADDED, make_barrier("Smalle døre"), by=None, at=now - timedelta(days=10))
    visitor = visit(width=width)
    visitor.log_in(make_secretary())
    page = visitor.page

    visitor.open("/sekretariat/")
    page.get_by_role("link", name="Nyhedsbrev", exact=True).first.click()
    expect(page.get_by_role("heading", name="Næste nyhedsbrev")).to_be_visible()
    page.locator(".rich .typed").focus()
    page.keyboard.type("Vi har fået travlt.")
    visitor.press("Gem")
    expect(page.get_by_text("Indledningen er gemt.")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("button", name="Spring").click()
    expect(page.get_by_text("En uge er sprunget over.")).to_be_visible()
    visitor.press("Send det alligevel på tirsdag")
    expect(page.get_by_text("Nyhedsbrevet sendes alligevel.")).to_be_visible()

    letter = acts.send_due(due.moment(due.latest(now) + due.WEEK))
    assert letter is not None
    reader = visit(width=width, dark=True)
    reader.open("/nyhedsbrev/")
    with reader.page.expect_navigation():
        reader.page.locator("main .rows a").click()
    expect(reader.page.get_by_text("Vi har fået travlt.")).to_be_visible()
    reader.page.get_by_role("link", name="Ny barriere: Smalle døre").click()
    expect(reader.page.get_by_role("heading", name="Smalle døre")).to_be_visible()
    assert visitor.complaints == reader.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
def test_member_sees_what_is_new_until_they_have_read_it(visit: Visit, db: None, width: int):
    member, now = make_member(), timezone.now()
    member.user.seen_at = now - timedelta(days=3)
    member.user.save()
    barrier = make_barrier("Smalle døre")
    record(Verb.ADDED, make_statement(barrier, "De er for smalle."), by=None)
    visitor = visit(width=width)
    visitor.log_in(member)
    page = visitor.page

    visitor.open("/barrierer/")
    expect(page.get_by_text("Nyt", exact=True)).to_be_visible()
    page.get_by_role("link", name="Smalle døre").click()
    page.get_by_role("link", name="1 udsagn").click()
    expect(page.locator(".saying .state.new")).to_be_visible()
    visitor.open("/barrierer/")
    expect(page.locator("main .state.new")).to_have_count(0)
    assert visitor.complaints == []
