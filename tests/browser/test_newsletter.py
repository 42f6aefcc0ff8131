"""The newsletter and what is new since the last visit, in a browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

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
    page.get_by_role("heading", name="Næste nyhedsbrev").wait_for()
    page.locator(".rich .typed").focus()
    page.keyboard.type("Vi har fået travlt.")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_text("Indledningen er gemt.").wait_for()
    page.get_by_role("button", name="Spring").click()
    page.get_by_text("En uge er sprunget over.").wait_for()
    page.get_by_role("button", name="Send det alligevel på tirsdag").click()
    page.get_by_text("Nyhedsbrevet sendes alligevel.").wait_for()

    letter = acts.send_due(due.moment(due.latest(now) + due.WEEK))
    assert letter is not None
    reader = visit(width=width, dark=True)
    reader.open("/nyhedsbrev/")
    reader.page.locator("main .rows a").click()
    assert reader.page.get_by_text("Vi har fået travlt.").is_visible()
    reader.page.get_by_role("link", name="Ny barriere: Smalle døre").click()
    reader.page.get_by_role("heading", name="Smalle døre").wait_for()
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
    assert page.get_by_text("Nyt", exact=True).is_visible()
    page.get_by_role("link", name="Smalle døre").click()
    page.get_by_role("link", name="1 udsagn").click()
    assert page.locator(".saying .state.new").is_visible()
    visitor.open("/barrierer/")
    assert page.locator("main .state.new").count() == 0
    assert visitor.complaints == []
