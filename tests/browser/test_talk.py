"""Talk in a browser: ask, answer, mark, hide and withdraw, also on the narrowest phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from barriers.models import Barrier
from taskforce.members.models import Member
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_member, make_organisation, make_secretary

Visit = Callable[..., Visitor]
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def barrier(transactional_db: None) -> Barrier:
    return make_barrier("Udbud er for store")


def arrive(visit: Visit, barrier: Barrier, who: Member, **options: Any) -> Page:
    visitor = visit(**options)
    visitor.log_in(who)
    visitor.open(barrier.get_absolute_url())
    return visitor.page


def ask(page: Page, text: str) -> None:
    page.get_by_label("Nyt bidrag").fill(text)
    page.get_by_label("Spørgsmål", exact=True).check()
    page.get_by_role("button", name="Send bidraget").click()
    expect(said(page, text)).to_be_visible()
    assert page.evaluate(FITS)


def reply(page: Page, to: str, text: str) -> None:
    above = said(page, to)
    above.locator("summary", has_text="Svar").first.click()
    above.get_by_label("Dit svar").fill(text)
    above.get_by_role("button", name="Send svaret").click()
    expect(said(page, text).last).to_be_visible()
    assert page.evaluate(FITS)


def said(page: Page, text: str) -> Locator:
    return page.locator(".saying[role=group]", has_text=text)


@pytest.mark.parametrize("width", [1280, 320])
def test_question_gets_its_answer(visit: Visit, barrier: Barrier, width: int):
    asker = arrive(visit, barrier, make_member(make_organisation("Odense Kommune")), width=width)
    other = arrive(visit, barrier, make_member(make_organisation("Glad Fonden")), width=width)
    ask(asker, "Hvem har delt et udbud op?")
    other.reload()
    reply(other, "Hvem har delt", "Det har vi, i fem dele.")

    asker.reload()
    asker.get_by_role("button", name="Det er svaret").click()

    expect(said(asker, "i fem dele").last.locator(".state.full")).to_have_text("Svaret")
    asker.goto(asker.url.partition("/barrierer/")[0] + "/samtale/spoergsmaal/")
    expect(asker.get_by_text("Alle spørgsmål er besvaret.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_words_are_hidden_shown_again_withdrawn_and_leave_their_place(
    visit: Visit, barrier: Barrier, scripts: bool
):
    way = {"width": 390, "java_script_enabled": scripts}
    odense = make_member(make_organisation("Odense Kommune"))
    member = arrive(visit, barrier, odense, **way)
    secretary = arrive(visit, barrier, make_secretary(), **way)
    ask(member, "Hvad koster det hos Jensen A/S?")
    secretary.reload()
    reply(secretary, "Jensen", "Det taler vi ikke om her.")

    said(secretary, "Jensen").get_by_role("link", name="Skjul").first.click()
    secretary.get_by_label("Hvorfor skjules det?").fill("Det nævner en kunde.")
    with secretary.expect_navigation():
        secretary.get_by_role("button", name="Skjul").click()

    member.reload()
    expect(said(member, "Jensen")).to_have_count(0)
    expect(said(member, "Det nævner en kunde.")).to_be_visible()
    expect(said(member, "Det taler vi ikke om her.").last).to_be_visible()

    secretary.goto(secretary.url.partition("/barrierer/")[0] + "/sekretariat/samtale/")
    with secretary.expect_navigation():
        secretary.get_by_role("button", name="Vis det igen").click()
    member.reload()
    expect(said(member, "Jensen")).to_be_visible()
    assert member.evaluate(FITS)

    member.get_by_role("link", name="Træk tilbage").click()
    member.get_by_role("button", name="Træk tilbage").click()

    expect(said(member, "Trukket tilbage den")).to_be_visible()
    expect(said(member, "Det taler vi ikke om her.").last).to_be_visible()


def test_half_written_words_are_there_again(visit: Visit, barrier: Barrier):
    page = arrive(visit, barrier, make_member())
    page.get_by_label("Nyt bidrag").fill("Halvt skrevet")
    page.reload()

    expect(page.get_by_label("Nyt bidrag")).to_have_value("Halvt skrevet")


def test_button_to_mention_takes_the_words_along(visit: Visit, barrier: Barrier):
    asked = make_member(make_organisation("Glad Fonden"))
    page = arrive(visit, barrier, make_member())
    page.get_by_label("Nyt bidrag").fill("Har I prøvet det?")
    page.get_by_label("Spørgsmål", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Nævn nogen").click()

    expect(page.get_by_label("Nyt bidrag")).to_have_value("Har I prøvet det?")
    page.get_by_label(asked.organisation.name).check()
    page.get_by_role("button", name="Send bidraget").click()

    expect(said(page, "Nævner: Glad Fonden")).to_be_visible()
