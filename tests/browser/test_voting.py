"""Voting in a browser: by keyboard alone, on a phone, without script, offline, two at once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from barriers.models import Ballot, BallotDraft, Barrier, PrioritisationRound
from barriers.rounds import prioritisation
from taskforce.members.models import Member, NameVisibility
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_member, make_organisation, make_round

Visit = Callable[..., Visitor]
TITLES = ["Kapital", "Udbud", "Politik", "Kapacitet", "Økonomi", "Boliger", "Salg", "Regler", "Tid"]
SEND, PLACES = "Send stemmesedlen", ".places [data-barrier] .what"


@pytest.fixture
def member(transactional_db: None) -> Member:
    return make_member(make_organisation("Odense Kommune"), name_visibility=NameVisibility.MEMBERS)


@pytest.fixture
def running(member: Member) -> PrioritisationRound:
    barriers = [make_barrier(title, description="Om det.") for title in TITLES]
    opened: PrioritisationRound = make_round(*barriers, title="Runde")
    return opened


def at_the_ballot(visit: Visit, member: Member, **options: Any) -> Visitor:
    visitor = visit(**options)
    visitor.log_in(member)
    visitor.open("/prioritering/runde/stem/")
    return visitor


def choose(page: Page, title: str) -> Any:
    row = page.locator(".pool li", has=page.get_by_role("heading", name=title, exact=True))
    return row.get_by_role("button")


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Gemt kl.")


def sent() -> list[str]:
    return [line.barrier.title for line in Ballot.objects.get().lines.all()]


def test_by_keyboard_alone(visit: Visit, member: Member, running):
    visitor = at_the_ballot(visit, member)
    page = visitor.page

    def to(matches: Callable[[str], bool]) -> None:
        """Press Tab until the focus is on what is looked for."""
        for _ in range(120):
            page.keyboard.press("Tab")
            if matches(page.evaluate(FOCUSED)):
                return
        pytest.fail("the keyboard does not get there")

    for title in ("Politik", "Kapital", "Salg"):
        page.locator("main").focus()
        to(lambda words, title=title: words == f"Vælg: {title}")
        page.keyboard.press("Enter")
        expect(page.locator(PLACES).last).to_have_text(title)
        # The focus stays where one is.
        assert page.evaluate(FOCUSED) == f"Fjern: {title}"
    page.locator("main").focus()
    to(lambda words: words == "↑ Op: Kapital")
    page.keyboard.press("Enter")
    expect(page.locator(PLACES).first).to_have_text("Kapital")
    expect(page.locator("[data-status]")).to_contain_text(re.compile("Kapital er nu nummer 1|Gem"))
    # At the top there is no further up: the focus is on the next button of the same barrier.
    assert page.evaluate(FOCUSED) == "↓ Ned: Kapital"
    to(lambda words: words == "✕ Fjern: Salg")
    page.keyboard.press("Space")
    expect(page.locator(PLACES)).to_have_count(2)
    to(lambda words: words.startswith(SEND))
    page.keyboard.press("Enter")
    page.wait_for_url("**/prioritering/runde/")

    assert sent() == ["Kapital", "Politik"]
    expect(page.get_by_text("Stemmesedlen er sendt.")).to_be_visible()
    assert not visitor.complaints


TOO_SMALL = """[...document.querySelectorAll(".ballot button:not(.handle), .ballot-bar a")]
    .map((one) => one.getBoundingClientRect())
    .filter((box) => box.height && (box.height < 24 || box.width < 24)).length"""
FOCUSED = 'document.activeElement.textContent.trim().replace(/\\s+/g, " ")'


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone(visit: Visit, member: Member, running, width: int):
    visitor = at_the_ballot(visit, member, width=width, has_touch=True, is_mobile=True)
    page = visitor.page

    for title in ("Udbud", "Tid", "Regler"):
        choose(page, title).tap()
    expect(page.locator(".ballot-bar b")).to_have_text("3")
    choose(page, "Salg").tap()
    expect(page.locator("[data-status]")).to_contain_text("Stemmesedlen er fuld")
    choose(page, "Tid").tap()
    page.get_by_role("link", name="Se og send").tap()
    expect(page.locator(PLACES)).to_have_text(["Udbud", "Regler"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_SMALL) == 0
    page.get_by_role("button", name=SEND).tap()
    page.wait_for_url("**/prioritering/runde/")

    assert sent() == ["Udbud", "Regler"]
    assert not visitor.complaints


def test_without_script(visit: Visit, member: Member, running):
    visitor = at_the_ballot(visit, member, java_script_enabled=False)
    page = visitor.page

    for title in ("Økonomi", "Kapacitet"):
        with page.expect_navigation():
            choose(page, title).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Op: Kapacitet").click()
    expect(page.locator(PLACES)).to_have_text(["Kapacitet", "Økonomi"])
    expect(page).to_have_url(re.compile("#seddel$"))
    assert not Ballot.objects.exists()
    with page.expect_navigation():
        page.get_by_role("button", name=SEND).click()

    assert sent() == ["Kapacitet", "Økonomi"]
    visitor.follow("Ret stemmesedlen")
    visitor.press("Vi stemmer blankt")
    assert Ballot.objects.get().abstains
    assert not visitor.complaints


def test_dragged_to_its_place(visit: Visit, member: Member, running):
    visitor = at_the_ballot(visit, member)
    page = visitor.page
    for title in ("Udbud", "Tid", "Regler"):
        choose(page, title).click()

    handle = page.locator(".places .handle").last.bounding_box()
    first = page.locator(".places li").first.bounding_box()
    assert handle and first
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, first["y"] + 2, steps=8)
    page.mouse.up()

    expect(page.locator(PLACES)).to_have_text(["Regler", "Udbud", "Tid"])
    saved(page)
    titles = dict(Barrier.objects.values_list("pk", "title"))
    assert [titles[pk] for pk in BallotDraft.objects.get().choices] == ["Regler", "Udbud", "Tid"]
    assert not visitor.complaints


def test_lost_connection_is_said_and_nothing_is_lost(visit: Visit, member: Member, running):
    visitor = at_the_ballot(visit, member)
    page = visitor.page
    choose(page, "Udbud").click()
    saved(page)

    page.context.set_offline(True)
    choose(page, "Tid").click()
    expect(page.locator("[data-status]")).to_contain_text("Ingen forbindelse")
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-status]")).to_contain_text("Ingen forbindelse")
    expect(page).to_have_url(re.compile("/stem/$"))
    # What a page sends while it closes is not held back by playing offline.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()) }")
    page.goto("about:blank")
    page.context.set_offline(False)

    visitor.open("/prioritering/runde/stem/")
    expect(page.locator(PLACES)).to_have_text(["Udbud"])
    expect(page.locator("[data-kept] li")).to_have_text(["Udbud", "Tid"])
    page.get_by_role("button", name="Hent dem frem").click()
    saved(page)
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/prioritering/runde/")

    assert sent() == ["Udbud", "Tid"]


def test_connection_that_comes_back_saves_by_itself(visit: Visit, member: Member, running):
    page = at_the_ballot(visit, member).page
    page.context.set_offline(True)
    choose(page, "Tid").click()
    expect(page.locator("[data-status]")).to_contain_text("Ingen forbindelse")

    page.context.set_offline(False)

    saved(page)
    assert len(BallotDraft.objects.get().choices) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "content_type": "application/json", "body": '{"said": "Ge'},
        {"status": 504, "body": ""},
    ],
)
def test_answer_that_is_lost_on_its_way_is_no_colleagues_change(
    visit: Visit, member: Member, running, answer: dict[str, Any]
):
    page = at_the_ballot(visit, member).page

    def lose(route: Route) -> None:
        assert route.fetch().ok
        route.fulfill(**answer)

    page.route("**/stem/", lambda route: route.abort())
    page.route("**/stem/", lose, times=1)  # the last one is asked first
    for title in ("Udbud", "Tid"):
        choose(page, title).click()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-status]")).to_contain_text("Ingen forbindelse")
    page.unroute("**/stem/")
    choose(page, "Salg").click()
    page.evaluate("dispatchEvent(new Event('online'))")

    saved(page)
    assert len(BallotDraft.objects.get().choices) == 3


def test_what_is_chosen_while_it_is_saved_is_not_called_saved(visit: Visit, member, running):
    page = at_the_ballot(visit, member).page
    held: list[Route] = []
    page.route("**/stem/", lambda route: held.append(route), times=1)
    with page.expect_request("**/stem/"):
        choose(page, "Udbud").click()

    choose(page, "Tid").click()
    held[0].continue_()

    saved(page)
    assert len(BallotDraft.objects.get().choices) == 2


def test_second_of_two_colleagues_is_shown_the_first_ones_ballot(visit: Visit, member, running):
    colleague = make_member(member.organisation, name_visibility=NameVisibility.MEMBERS)
    first, second = (at_the_ballot(visit, who) for who in (colleague, member))

    choose(first.page, "Politik").click()
    saved(first.page)
    choose(second.page, "Boliger").click()

    page = second.page
    expect(page.get_by_text(f"{colleague.user.name} har ændret stemmesedlen imens")).to_be_visible()
    expect(page.locator("section.notice.wrong")).to_contain_text("Politik")
    expect(page.locator(PLACES)).to_have_text(["Boliger"])
    with page.expect_navigation():
        page.get_by_role("button", name="Fortsæt med min").click()
    expect(page).to_have_url(re.compile("/stem/#seddel$"))
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/prioritering/runde/")

    assert sent() == ["Boliger"]


def test_round_that_closes_while_one_chooses_says_so(visit: Visit, member: Member, running):
    visitor = at_the_ballot(visit, member)
    prioritisation.close(voting_round=running)

    choose(visitor.page, "Udbud").click()

    expect(visitor.page.get_by_role("heading", name="Runden er lukket")).to_be_visible()
    expect(visitor.page.get_by_text("Udbud")).to_be_visible()
    assert not Ballot.objects.exists()
