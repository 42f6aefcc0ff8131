"""What is typed in a form stays until it has arrived: over a log-in, a fault, another button."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from meetings.models import AgendaItem, Meeting, RoundTableNews
from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.browser.test_writing import real
from tests.factories import make_agenda_item, make_member, make_secretary
from tests.meetings.planning.plans import make_planned

Visit = Callable[..., Visitor]
AGENDA, NEWS = "/moeder/7/dagsorden/", "/moeder/7/bordet-rundt/"
BACK = "Vi har gemt det, du skrev sidst."


@pytest.fixture
def meeting(transactional_db: None) -> Meeting:
    return make_planned()


@pytest.fixture
def secretary(meeting: Meeting) -> Member:
    return make_secretary()


def log_out(visitor: Visitor) -> None:
    visitor.page.context.clear_cookies(name="sessionid")


def test_log_in_that_ran_out_loses_no_word(visit: Visit, meeting: Meeting):
    member, visitor = make_member(), visit()
    visitor.log_in(member)
    visitor.open(NEWS)
    page = visitor.page
    text = page.locator(".rich").get_by_role("textbox")
    text.click()
    page.keyboard.press("Control+b")
    page.keyboard.type("Tre nye kolleger.")
    log_out(visitor)
    visitor.press("Gem")
    expect(page).to_have_url(re.compile(f"/konto/login/.*next={NEWS}"))
    visitor.log_in(member)
    visitor.open(NEWS)

    expect(page.get_by_text(BACK)).to_be_visible()
    expect(text.locator("strong")).to_have_text("Tre nye kolleger.")
    visitor.press("Gem")

    assert RoundTableNews.objects.get().text == "<p><strong>Tre nye kolleger.</strong></p>"
    visitor.open(NEWS)
    expect(page.get_by_text(BACK)).to_have_count(0)
    assert not real(visitor.complaints)


def test_other_button_of_the_page_loses_no_word(visit: Visit, meeting: Meeting, secretary: Member):
    make_agenda_item(meeting, "Ud")
    visitor = visit()
    visitor.log_in(secretary)
    visitor.open(AGENDA)
    page = visitor.page
    page.get_by_label("Titel").fill("Mærkning")
    page.get_by_label("Længde").fill("20")

    with page.expect_navigation():
        page.get_by_role("button", name="Fjern").click()

    expect(page.get_by_text(BACK)).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Mærkning")
    expect(page.get_by_label("Længde")).to_have_value("20")
    visitor.press("Tilføj")
    expect(page.get_by_label("Titel")).to_have_value("")
    assert [*meeting.agenda.values_list("title", "minutes")] == [("Mærkning", 20)]


def test_what_came_back_meets_what_another_wrote(visit: Visit, meeting: Meeting, secretary: Member):
    item = make_agenda_item(meeting, "Nyt")
    visitor = visit()
    visitor.log_in(secretary)
    visitor.open(f"{AGENDA}punkt/{item.pk}/")
    page = visitor.page
    page.get_by_label("Titel").fill("Mit")
    log_out(visitor)
    visitor.press("Gem")
    AgendaItem.objects.update(title="En andens")
    visitor.log_in(secretary)
    visitor.open(f"{AGENDA}punkt/{item.pk}/")
    expect(page.get_by_label("Titel")).to_have_value("Mit")

    visitor.press("Gem")

    expect(page.get_by_text("Nu står der: En andens").first).to_be_visible()
    assert meeting.agenda.get().title == "En andens"


def test_what_came_back_is_thrown_away(visit: Visit, meeting: Meeting, secretary: Member):
    visitor = visit()
    visitor.log_in(secretary)
    visitor.open(AGENDA)
    page = visitor.page
    page.get_by_label("Titel").fill("Fortrudt")
    visitor.follow("Tilbage til mødet")
    visitor.open(AGENDA)

    visitor.press("Slet det")

    expect(page.get_by_label("Titel")).to_have_value("")
    expect(page.get_by_text(BACK)).to_have_count(0)


@pytest.mark.parametrize("leaves", ["logs out", "is another"])
def test_nobody_else_reads_it(visit: Visit, meeting: Meeting, secretary: Member, leaves: str):
    visitor = visit()
    visitor.log_in(secretary)
    visitor.open(AGENDA)
    page = visitor.page
    page.get_by_label("Titel").fill("Kun mit")
    if leaves == "logs out":
        visitor.open("/min-side/")
        visitor.press("Log ud")
        expect(page).to_have_url(visitor.base + "/")
        assert "Kun mit" not in str(page.evaluate("Object.values(sessionStorage)"))
    visitor.log_in(make_secretary())

    visitor.open(AGENDA)

    expect(page.get_by_label("Titel")).to_have_value("")
    assert "Kun mit" not in str(page.evaluate("Object.values(sessionStorage)"))
