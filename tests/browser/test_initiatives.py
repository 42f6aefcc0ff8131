"""An initiative from a barrier to its end in a browser: by keyboard, on the narrowest phone."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from barriers.models import Barrier, BarrierState
from initiatives.models import Initiative
from tests.browser.conftest import Visitor
from tests.factories import make_barrier, make_initiative, make_member, make_organisation

Visit = Callable[..., Visitor]
FAR = 120  # presses of Tab; nobody goes on for longer
FITS = "document.documentElement.scrollWidth <= innerWidth"


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def enter(page: Page, selector: str) -> None:
    """Go to a link or a button by Tab, press Enter, and wait for the page that follows."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate(FITS), page.url


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def state_of(barrier: Barrier) -> str:
    barrier.refresh_from_db()
    return barrier.state


def test_from_a_barrier_to_what_came_of_it(visit: Visit, db):
    odense, other = make_organisation("Odense Kommune"), make_organisation("Glad Fonden")
    barrier = make_barrier("Udbud er for store", rank=1, points=3)
    make_barrier("En anden")
    visitor = visit(width=320)
    visitor.log_in(make_member(odense))
    page = visitor.page

    visitor.open(f"/indsatser/ny/?barriere={barrier.slug}")
    expect(page.get_by_label("Nr. 1: Udbud er for store")).to_be_checked()
    expect(page.get_by_label("En anden")).not_to_be_checked()
    assert page.evaluate(FITS)
    write(page, "[name=title]", "Opdelte udbud")
    write(page, "[name=goal]", "Små virksomheder kan byde.")
    write(page, "[name=measure]", "Fem opdelte udbud.")
    write(page, "[name=milestones-0-title]", "Det første udbud")
    write(page, "[name=milestones-0-due_on]", "11112030")  # the same day in either order
    enter(page, "main button[type=submit]")

    made = Initiative.objects.get()
    assert (made.lead, made.state) == (odense, "running")
    assert state_of(barrier) == BarrierState.ADDRESSED
    expect(page.get_by_role("heading", level=1)).to_have_text("Opdelte udbud")

    enter(page, "form[action$='/naaet/'] button")
    milestones = page.get_by_role("region", name="Milepæle")
    expect(milestones.locator("li", has=page.locator(".state.full"))).to_contain_text(
        "Det første udbud"
    )
    _join(visit, made, other)
    enter(page, "a[href$='/fremdrift/']")
    write(page, "[name=text]", "Tre kommuner er med.")
    write(page, "[name=percent]", "40")
    enter(page, "main button[type=submit]")
    expect(page.locator(".saying")).to_contain_text("Tre kommuner er med.")
    expect(page.locator(".aside")).to_contain_text("Glad Fonden")

    visitor.open(f"/barrierer/{barrier.slug}/")
    expect(page.locator(".path")).to_contain_text("Opdelte udbud, i gang")
    enter(page, f".path a[href='{made.get_absolute_url()}']")
    tab_to(page, "details.menu summary")
    page.keyboard.press("Enter")
    enter(page, "a[href$='/afslut/']")
    tab_to(page, "[name=state]")
    page.keyboard.press("Space")
    write(page, "[name=outcome]", "Seks udbud blev delt op.")
    enter(page, "main button[type=submit]")

    made.refresh_from_db()
    assert (made.state, made.outcome) == ("done", "Seks udbud blev delt op.")
    assert state_of(barrier) == BarrierState.OPEN
    _read(visit, made)
    assert not visitor.complaints


def _join(visit: Visit, initiative: Initiative, organisation: object) -> None:
    joiner = visit(width=320)
    joiner.log_in(make_member(organisation))
    joiner.open(initiative.get_absolute_url())
    enter(joiner.page, "form[action$='/deltag/'] button")
    tab_to(joiner.page, "details.menu summary")
    joiner.page.keyboard.press("Enter")
    expect(joiner.page.locator("form[action$='/forlad/'] button")).to_be_visible()
    assert not joiner.complaints


def _read(visit: Visit, initiative: Initiative) -> None:
    """A stranger finds what came of it on the board and on the page, in the dark too."""
    stranger = visit(width=320, dark=True)
    stranger.open("/indsatser/")
    page = stranger.page
    expect(page.get_by_role("region", name="Gennemført")).to_contain_text("Opdelte udbud")
    enter(page, f"a[href='{initiative.get_absolute_url()}']")
    expect(page.get_by_role("region", name="Det kom der ud af det")).to_contain_text(
        "Seks udbud blev delt op."
    )
    for look in ("?status=done", "?vis=tidslinje"):
        stranger.open(f"/indsatser/{look}")
        assert page.evaluate(FITS)
    expect(page.locator(".along ol circle.done")).to_have_count(1)
    expect(page.locator("table")).to_contain_text("11. november 2030: Det første udbud (nået)")
    assert not stranger.complaints


def test_without_javascript_milestones_are_added_removed_and_never_lost(visit: Visit, db):
    lead = make_member(make_organisation("Odense Kommune"))
    made = make_initiative("Guide", lead=lead.organisation)
    made.barriers.add(make_barrier())
    visitor = visit(width=390, java_script_enabled=False)
    visitor.log_in(lead)
    page = visitor.page

    def save() -> None:
        page.get_by_role("main").get_by_role("button", name="Gem").click()

    visitor.open("/indsatser/guide/ret/")
    page.locator("[name=milestones-0-title]").fill("Vi mødes")
    save()
    # A day is missing, and the review; what was typed stands there still.
    expect(page.locator("[name=milestones-0-due_on][aria-invalid=true]")).to_have_count(1)
    expect(page.locator("[name=milestones-0-title]")).to_have_value("Vi mødes")
    page.locator("[name=milestones-0-due_on]").fill("2030-05-01")
    page.locator("[name=review_on]").fill("2030-06-01")
    save()
    page.wait_for_url(re.compile("/indsatser/guide/$"))
    assert made.milestones.get().title == "Vi mødes"

    visitor.open("/indsatser/guide/ret/")
    expect(page.locator(".plan fieldset")).to_have_count(4)  # and room for three more
    page.get_by_label("Fjern milepælen").check()
    save()
    page.wait_for_url(re.compile("/indsatser/guide/$"))
    assert not made.milestones.exists()


def test_a_long_list_of_organisations_is_searched_and_enter_sends_nothing(visit: Visit, db):
    for number in range(20):
        make_organisation(f"Forening {number}")
    make_organisation("Glad Fonden")
    make_barrier()
    visitor = visit()
    visitor.log_in(make_member())
    page = visitor.page
    visitor.open("/indsatser/ny/")
    named = page.locator("fieldset", has=page.locator("[name=named]"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    named.get_by_label("Søg i listen").fill("glad")
    page.keyboard.press("Enter")

    expect(named.locator("[name=named]:visible")).to_have_count(1)
    expect(named.get_by_role("status")).to_have_text("1 vises")
    named.get_by_label("Glad Fonden").check()
    named.get_by_label("Søg i listen").fill("æøå")
    expect(named.get_by_text("Intet fundet.")).to_be_visible()
    expect(named.locator("[name=named]:visible")).to_have_count(1)  # what is ticked stays
    named.get_by_label("Søg i listen").fill("")
    expect(named.get_by_text("Intet fundet.")).to_have_count(0)
    expect(named.locator("[name=named]:visible")).to_have_count(22)
    assert asked == []


def test_a_long_list_without_script_is_whole(visit: Visit, db):
    for number in range(20):
        make_organisation(f"Forening {number}")
    make_barrier()
    visitor = visit(java_script_enabled=False)
    visitor.log_in(make_member())
    visitor.open("/indsatser/ny/")

    expect(visitor.page.locator("[name=named]")).to_have_count(21)
    expect(visitor.page.get_by_label("Søg i listen")).to_have_count(0)
