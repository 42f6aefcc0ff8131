"""What people come to do, from beginning to end, in a browser."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from barriers.models import Barrier
from meetings.models import Minutes
from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import (
    make_entry,
    make_member,
    make_minutes,
    make_organisation,
    make_secretary,
    make_theme,
)

Visit = Callable[..., Visitor]


def type_the_code(visitor: Visitor, member: Member, mailbox: Mailbox) -> None:
    """Ask for a code, read it in the mail that arrives, and log in with it."""
    visitor.page.locator("[name=email]").fill(member.user.email)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("main").get_by_role("button").first.click()
    letter = mailbox.letters[-1]
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", letter.get_content(), re.MULTILINE)[1]
    visitor.page.locator("[name=code]").fill(code)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/min-side/")


def test_log_in_by_the_code_in_the_mail(visit: Visit, mailbox: Mailbox):
    member = make_member(make_organisation("Odense Kommune"))
    visitor = visit(width=390)

    visitor.open("/")
    visitor.page.get_by_role("link", name="Log ind").click()
    type_the_code(visitor, member, mailbox)

    expect(visitor.page.get_by_text("Odense Kommune").first).to_be_visible()
    assert not visitor.complaints


def test_add_a_barrier_by_keyboard_alone(visit: Visit, db):
    make_theme("Kapital")
    visitor = visit()
    visitor.log_in(make_member(make_organisation("Odense Kommune")))
    page = visitor.page

    visitor.open("/barrierer/ny/")
    page.locator("[name=title]").focus()
    page.keyboard.type("Udbud er for store")
    page.keyboard.press("Tab")
    page.keyboard.type("Kapital")
    page.keyboard.press("Tab")
    page.keyboard.type("Små virksomheder kan ikke byde.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/barrierer/udbud-er-for-store-*/")

    barrier = Barrier.objects.get()
    assert (barrier.title, barrier.theme.name) == ("Udbud er for store", "Kapital")
    expect(page.get_by_role("heading", level=1)).to_have_text("Udbud er for store")
    assert not visitor.complaints


def test_what_was_typed_stays_when_something_is_missing(visit: Visit, db):
    visitor = visit(java_script_enabled=False)
    visitor.log_in(make_member())

    visitor.open("/barrierer/ny/")
    visitor.page.locator("textarea[name=description]").fill("Et langt svar")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("main").get_by_role("button").click()

    expect(visitor.page.locator("[name=title][aria-invalid=true]")).to_have_count(1)
    expect(visitor.page.locator("textarea[name=description]")).to_have_value("Et langt svar")


def test_publish_minutes(visit: Visit, db):
    minutes = make_minutes()
    make_entry(minutes, "<p>Vi blev enige om en guide.</p>")
    visitor = visit()
    visitor.log_in(make_secretary())

    visitor.open("/sekretariat/")
    page = visitor.page
    page.locator("summary", has_text="kan vente").click()
    page.locator(f"a[href*='/moeder/{minutes.meeting.number}/referat/']").click()
    page.get_by_role("link", name="Gå til gennemsyn").first.click()
    page.locator("summary", has_text="Spring alt det øvrige over").click()
    page.get_by_label("Hvorfor resten springes over").fill("Et gammelt møde.")
    visitor.press("Spring alt det øvrige over")
    visitor.follow("Offentliggør uden gennemsyn")
    visitor.press("Offentliggør")
    expect(page).to_have_url(f"{visitor.base}/moeder/{minutes.meeting.number}/")

    minutes.refresh_from_db()
    assert minutes.is_published
    stranger = visit(width=320)
    stranger.open(f"/moeder/{minutes.meeting.number}/")
    expect(stranger.page.get_by_text("Vi blev enige om en guide.")).to_be_visible()
    assert Minutes.objects.get().versions.count() == 1
    assert not visitor.complaints + stranger.complaints
