"""From a pasted link to a consortium whose check turns green, in a browser."""

from collections.abc import Callable

from playwright.sync_api import expect

from calls.models import Call, Consortium
from tests.browser.conftest import Visitor
from tests.calls.conftest import eu_portal  # noqa: F401  # a server in the EU portal's place
from tests.calls.portal import TOPIC, Portal
from tests.factories import make_member, make_organisation, make_secretary

Visit = Callable[..., Visitor]
LONG = (
    "https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/"
    f"topic-details/{TOPIC.lower()};callCode=null;freeTextSearchKeyword=social;" + "x=y;" * 120
)


def test_from_a_pasted_link_to_a_check_that_turns_green(visit: Visit, eu_portal: Portal):  # noqa: F811  # the fixture
    _paste(visit())
    _apply_together(visit(width=390))


def _paste(visitor: Visitor) -> None:
    """Add a call of a link, look through what came, add a line and the rules, and save."""
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open("/opslag/")
    page.get_by_role("link", name="Tilføj et opslag").click()
    page.get_by_label("Link eller emne-id").fill(LONG)
    visitor.press("Videre")

    expect(page.get_by_label("Titel")).to_have_value("Workshops and buyers")
    expect(page.get_by_label("Dato").first).to_have_value("2030-01-10")
    page.get_by_label("Resumé").fill("Penge til værksteder, der vil sælge til flere.")
    page.get_by_label("Mindste antal ansøgere").fill("2")
    page.get_by_label("Mindste antal lande").fill("2")
    page.get_by_label("EU-netværk").check()
    visitor.press("Gem")

    # The rules lack their source: nothing that was typed is gone.
    expect(page.get_by_text("Skriv, hvor reglerne står").first).to_be_visible()
    page.get_by_label("Her står reglerne").fill("https://eu.example/call.pdf")
    page.get_by_label("Reglerne er tjekket den").fill("2022-11-15")
    visitor.press("Gem")

    expect(page.get_by_role("heading", name="Workshops and buyers")).to_be_visible()
    call = Call.objects.get()
    assert call.link.endswith(f"/topic-details/{TOPIC.lower()}")
    assert call.summary == "Penge til værksteder, der vil sælge til flere."
    expect(page).to_have_url(visitor.base + call.get_absolute_url())
    assert not visitor.complaints


def _apply_together(visitor: Visitor) -> None:
    """Start a consortium on a phone, and add the partner that it lacks."""
    visitor.log_in(make_member(make_organisation("Odense Kommune")))
    page = visitor.page
    visitor.open("/opslag/")
    page.get_by_role("link", name="Workshops and buyers").first.click()
    page.get_by_role("link", name="Opret et konsortium").click()
    page.get_by_label("Navn", exact=True).fill("Værksteder sammen")
    visitor.press("Opret konsortiet")

    check = page.locator("#tjek")
    expect(check.get_by_role("heading", name="Det mangler endnu")).to_be_visible()
    expect(check.locator("li")).to_have_text(["1/2 lande", "1/2 deltagere", "mangler EU-netværk"])
    expect(check.locator(".state.full")).to_have_count(0)

    page.get_by_role("link", name="Tilføj en partner").click()
    page.get_by_label("Eller en anden organisation").fill("Réseau Européen")
    page.get_by_label("Organisationens land").select_option(label="Belgien")
    page.get_by_label("Tæller som").select_option(label="EU-netværk")
    page.get_by_label("Status").select_option(label="Bekræftet")
    visitor.press("Tilføj")

    expect(check.get_by_role("heading", name="ser ud til at være opfyldt")).to_be_visible()
    expect(check.locator(".state.full")).to_have_text(
        ["2/2 lande", "2/2 deltagere", "har EU-netværk"]
    )
    assert Consortium.objects.get().partners.get().name == "Réseau Européen"
    assert not visitor.complaints
