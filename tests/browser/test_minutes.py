"""Minutes in a browser: links that last, by keyboard and without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from meetings.models import ActionPoint, Meeting, OutcomeKind
from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.factories import (
    make_action_point,
    make_agenda_item,
    make_entry,
    make_meeting,
    make_member,
    make_minutes,
    make_outcome,
)
from tests.world import LONG, TEXT

Visit = Callable[..., Visitor]


def make_told(member: Member) -> Meeting:
    """Make a meeting with published minutes, in which something is agreed for a member."""
    meeting = make_meeting(70)
    minutes = make_minutes(meeting, published=True)
    make_entry(minutes, TEXT, heading="Før dagsordenen")
    item = make_agenda_item(meeting, f"Om {LONG}")
    for number in range(5):
        make_entry(minutes, TEXT, agenda_item=item, heading=f"Om det {number}")
    make_outcome(item, OutcomeKind.DECIDED, decision=f"Vi køber af {LONG}.")
    make_action_point(meeting, f"Skriv til {LONG}", organisation=member.organisation)
    return meeting


def test_passage_has_a_link_that_leads_back_to_it(visit: Visit, transactional_db: None):
    meeting = make_told(make_member())
    visitor = visit(width=390)
    visitor.open(meeting.get_absolute_url())
    page = visitor.page

    page.get_by_role("link", name="Link til: Før dagsordenen").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#afsnit-"))

    other = visit()
    other.page.goto(page.url)
    expect(other.page.locator(".passage:target")).to_be_in_viewport()
    expect(other.page.locator(".passage:target .prose")).to_have_text(re.compile("^Vi talte om"))
    assert not visitor.complaints + other.complaints


def test_long_item_is_folded_on_a_phone_and_a_link_to_a_passage_opens_it(
    visit: Visit, transactional_db: None
):
    meeting = make_told(make_member())
    entry = meeting.minutes.entries.get(heading="Om det 3")
    wide, phone = visit(width=1280), visit(width=390)
    for visitor in (wide, phone):
        visitor.open(meeting.get_absolute_url())
    expect(wide.page.get_by_role("heading", name="Om det 3")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="Om det 3")).to_be_hidden()

    phone.page.get_by_text("Læs, hvad der blev sagt").click()

    expect(phone.page.get_by_role("heading", name="Om det 3")).to_be_visible()
    linked = visit(width=390)
    linked.open(entry.get_absolute_url())
    expect(linked.page.locator(".passage:target")).to_be_in_viewport()


def test_jump_list_leads_to_an_item_and_back(visit: Visit, transactional_db: None):
    meeting = make_told(make_member())
    visitor = visit(width=390, java_script_enabled=False)
    visitor.open(meeting.get_absolute_url())
    page = visitor.page

    page.get_by_text("Spring til et punkt").click()
    page.locator("#punkter a[href^='#punkt-']").click()

    expect(page.locator(".item:target h3")).to_be_in_viewport()
    page.get_by_role("link", name="Til punkterne").click()
    expect(page.locator("#punkter summary")).to_be_in_viewport()


def test_action_point_is_done_and_opened_again(visit: Visit, transactional_db: None):
    member = make_member()
    make_told(member)
    visitor = visit(java_script_enabled=False, width=320)
    visitor.log_in(member)
    page = visitor.page

    visitor.open("/aftaler/")
    page.locator(".filters summary").click()
    page.get_by_label("Ansvarlig").select_option(label="Min organisations og alles")
    page.get_by_label("Status").select_option(label="Åben")
    visitor.press("Søg")
    page.get_by_role("link", name="Markér som udført – Skriv til").click()
    page.get_by_label("Bemærkning").fill("Sendt.")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").click()

    expect(page.get_by_role("status")).to_have_text("Markeret som udført.")
    expect(page).to_have_url(re.compile("status=aaben"))
    point = ActionPoint.objects.get(note="Sendt.")
    assert point.done_by == member
    visitor.open("/aftaler/?status=udfoert")
    with page.expect_navigation():
        page.get_by_role("button", name="Genåbn – Skriv til").click()
    point.refresh_from_db()
    assert point.done_on is None


def test_paper_leaves_out_what_is_for_the_screen(visit: Visit, transactional_db: None):
    meeting = make_told(make_member())
    visitor = visit()
    visitor.open(meeting.get_absolute_url())
    visitor.page.emulate_media(media="print")

    for screen_only in (".site-head", ".site-foot", ".actions", ".anchor"):
        expect(visitor.page.locator(screen_only).first).to_be_hidden()
    expect(visitor.page.get_by_text("Vi køber af").first).to_be_visible()
