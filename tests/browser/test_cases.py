"""A good example in a browser: written as one types, asked back, published, asked about."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Locator, Page, expect

from initiatives.models import Case, CaseState
from taskforce.members.models import Member
from tests.browser.conftest import Visitor, saved
from tests.browser.test_writing import real
from tests.conftest import Mailbox
from tests.factories import make_barrier, make_member, make_organisation, make_secretary
from tests.initiatives.cases.case_forms import image, make_draft

Visit = Callable[..., Visitor]
HERE = "/eksempler/frokost/"
PHONE = {"width": 390, "has_touch": True, "is_mobile": True}
LONG = {"Problemet": "Udbuddet var stort.", "Det gjorde de": "Vi delte det."}


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def author(transactional_db: None) -> Member:
    cache.clear()
    make_organisation("Odense Fællesindkøb")
    return make_member(make_organisation("Odense Kommune"))


def form(page: Page) -> Locator:
    return page.locator(".casework")


def photo(folder: Path, data: bytes, name: str = "photo.jpg") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_from_the_first_word_to_a_question(
    visit: Visit, author: Member, mailbox: Mailbox, tmp_path: Path
):
    barrier = make_barrier("Udbud er for store")
    secretary = make_secretary()
    writer, reader = visit(**PHONE), visit()
    writer.log_in(author)
    reader.log_in(secretary)
    page = writer.page

    # Written on a telephone, kept as one types.
    writer.open("/min-side/")
    page.get_by_role("link", name="Send et eksempel ind").click()
    page.get_by_label("Hvad skal eksemplet hedde?").fill("Frokost")
    page.get_by_role("button", name="Skriv et eksempel").click()
    page.wait_for_url("**/eksempler/frokost-*/ret/")
    for label, words in LONG.items():
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_label("Organisation").first.fill("odense fællesindkøb")
    page.get_by_label("Rolle").first.select_option(label="Køber")
    page.get_by_label(barrier.title).check()
    saved(form(page))
    case = Case.objects.get()
    here = case.get_absolute_url()
    assert (case.problem, case.done) == ("Udbuddet var stort.", "Vi delte det.")
    assert case.case_partners.get().organisation.name == "Odense Fællesindkøb"
    assert case.barriers.get() == barrier

    # What lacks is said at its fields; what is there stays.
    page.get_by_role("button", name="Send ind til sekretariatet").click()
    expect(page.locator("[aria-invalid=true]")).to_have_count(4)
    page.get_by_label("I én sætning").fill("Kantinen køber lokalt.")
    page.get_by_label("Indkøbsform").select_option(label="Klausul i udbud")
    page.get_by_label("Det kom der ud af det").fill("Tre fik job.")
    page.get_by_label("Hvad billedet viser").fill("To bagere ved en ovn")
    page.get_by_label("Billede", exact=True).set_input_files(photo(tmp_path, image((2000, 900))))
    page.get_by_label("Ja, taskforcen må offentliggøre").check()
    expect(page.locator("#billede img")).to_have_attribute("alt", "To bagere ved en ovn")
    page.get_by_role("button", name="Send ind til sekretariatet").click()
    page.wait_for_url(f"**{here}")
    case.refresh_from_db()
    assert (case.state, case.permission_by) == (CaseState.SUBMITTED, author)

    # Waits for its author, by keyboard.
    reader.open("/sekretariat/")
    reader.page.get_by_role("link", name="Frokost").first.click()
    reader.page.get_by_role("link", name="Bed om ændringer").focus()
    reader.page.keyboard.press("Enter")
    reader.page.get_by_label("Din besked").focus()
    reader.page.keyboard.type("Hvor mange job?")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(f"**{here}")
    assert "Hvor mange job?" in mailbox.letters[-1].get_content()

    writer.open("/min-side/")
    expect(page.get_by_text("Hvor mange job?")).to_be_visible()
    page.get_by_role("link", name="Frokost").first.click()
    page.get_by_role("link", name="Skriv videre").click()
    page.get_by_label("Tallet", exact=True).fill("80")
    page.get_by_label("Hvad tallet viser").fill("job")
    page.get_by_role("button", name="Send ind til sekretariatet").click()
    page.wait_for_url(f"**{here}")

    # Published, shown to everybody, asked about by a stranger.
    reader.open(here)
    reader.press("Offentliggør")
    expect(reader.page.get_by_text("Alle kan læse det").first).to_be_visible()
    stranger = visit(**PHONE)
    stranger.open("/eksempler/?slags=tender")
    stranger.page.get_by_role("link", name="Frokost").click()
    expect(stranger.page.locator(".figure b")).to_have_text("80")
    drawn = stranger.page.locator("article > img.media")
    drawn.scroll_into_view_if_needed()
    stranger.page.wait_for_function(
        "document.querySelector('article > img.media').naturalWidth > 0"
    )
    stranger.page.get_by_role("link", name="Spørg om eksemplet").click()
    stranger.page.get_by_label("Dit navn").fill("Mai")
    stranger.page.get_by_label("Din e-mail").fill("mai@example.org")
    stranger.page.get_by_label("Dit spørgsmål").fill("Hvad kostede det?")
    stranger.page.get_by_role("button", name="Send spørgsmålet").click()
    expect(stranger.page.get_by_text("Dit spørgsmål er på vej")).to_be_visible()
    question = next(one for one in mailbox.letters if "Hvad kostede det?" in one.get_content())
    assert (question["to"], question["reply-to"]) == (author.user.email, "mai@example.org")
    assert not writer.complaints + reader.complaints + stranger.complaints


def test_writing_by_keyboard_alone(visit: Visit, author: Member):
    make_draft(author, done="")
    visitor = visit()
    visitor.log_in(author)
    visitor.open(f"{HERE}ret/")
    page = visitor.page

    page.locator("[name=achieved]").focus()
    page.keyboard.type("Kort")
    for words in ("", "Odense", "Problem", "Gjort", "Udbytte", "Bageren"):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    saved(form(page))

    case = Case.objects.get()
    assert (case.achieved, case.place, case.problem) == ("Kort", "Odense", "Problem")
    assert (case.done, case.outcome, case.case_partners.get().name) == (
        "Gjort",
        "Udbytte",
        "Bageren",
    )


def test_refused_picture_is_told_at_its_field_and_the_words_are_saved(
    visit: Visit, author: Member, tmp_path: Path
):
    make_draft(author)
    visitor = visit()
    visitor.log_in(author)
    visitor.open(f"{HERE}ret/")
    page = visitor.page
    chosen = page.get_by_label("Billede", exact=True)

    page.get_by_label("Hvad billedet viser").fill("To bagere")
    chosen.set_input_files(photo(tmp_path, b"<svg><script>x()</script></svg>", "a.svg"))
    expect(page.locator("[data-file] .errorlist")).to_have_text(re.compile("JPEG, PNG eller WebP"))
    page.get_by_label("Det gjorde de").fill("Vi delte det.")
    saved(form(page))
    expect(page.locator("[data-file] .errorlist")).to_be_visible()
    assert Case.objects.get().done == "Vi delte det."

    chosen.set_input_files(photo(tmp_path, image(), "b.jpg"))
    expect(page.locator("#billede img")).to_be_visible()
    expect(page.locator("[data-file] .errorlist")).to_have_count(0)
    visitor.press("Fjern billedet")
    expect(page.locator("#billede img")).to_have_count(0)
    assert not Case.objects.get().picture
    expect(page.get_by_label("Det gjorde de")).to_have_value("Vi delte det.")
    assert not real(visitor.complaints)


def test_picture_waits_for_its_words(visit: Visit, author: Member, tmp_path: Path):
    make_draft(author)
    visitor = visit()
    visitor.log_in(author)
    visitor.open(f"{HERE}ret/")
    page = visitor.page

    page.get_by_label("Billede", exact=True).set_input_files(photo(tmp_path, image()))
    expect(page.locator("[data-file] .errorlist")).to_have_text(
        "Beskriv med ord, hvad billedet viser."
    )
    page.get_by_label("Hvad billedet viser").fill("To bagere")

    expect(page.locator("#billede img")).to_have_attribute("alt", "To bagere")
    assert Case.objects.get().picture_alt == "To bagere"


def test_lost_connection_keeps_the_words_and_says_so(visit: Visit, author: Member):
    barrier = make_barrier("Udbud er for store")
    make_draft(author)
    visitor = visit()
    visitor.log_in(author)
    visitor.open(f"{HERE}ret/")
    page = visitor.page

    page.context.set_offline(True)
    page.get_by_label("Det gjorde de").fill("Skrevet i toget.")
    page.get_by_label(barrier.title).check()
    expect(form(page).locator("[role=status]")).to_contain_text("Ingen forbindelse")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()) }")
    page.goto("about:blank")
    page.context.set_offline(False)
    assert Case.objects.get().done != "Skrevet i toget."

    visitor.open(f"{HERE}ret/")
    kept = page.locator("[data-notice] section")
    expect(kept).to_contain_text("Skrevet i toget.")
    kept.get_by_role("button", name="Hent det frem").click()
    saved(form(page))

    case = Case.objects.get()
    assert (case.done, case.barriers.get()) == ("Skrevet i toget.", barrier)
    assert not real(visitor.complaints)


def test_two_writers_lose_nothing(visit: Visit, author: Member):
    make_draft(author)
    first, second = visit(), visit()
    for visitor, who in ((first, author), (second, make_member(author.organisation))):
        visitor.log_in(who)
        visitor.open(f"{HERE}ret/")

    first.page.get_by_label("Det gjorde de").fill("Den førstes ord")
    saved(form(first.page))
    second.page.get_by_label("Det gjorde de").fill("Den andens ord")

    expect(second.page.locator("[data-notice]")).to_contain_text("Den førstes ord")
    expect(second.page.get_by_label("Det gjorde de")).to_have_value("Den andens ord")
    assert Case.objects.get().done == "Den førstes ord"
    second.page.get_by_role("button", name="Gem kladden").click()
    saved(form(second.page))
    assert Case.objects.get().done == "Den andens ord"


def test_without_a_script_a_button_keeps_the_draft(visit: Visit, author: Member, tmp_path: Path):
    make_draft(author)
    visitor = visit(java_script_enabled=False)
    visitor.log_in(author)
    visitor.open(f"{HERE}ret/")
    page = visitor.page

    page.get_by_label("Problemet").fill("Et langt svar")
    page.get_by_label("Billede", exact=True).set_input_files(photo(tmp_path, b"no picture"))
    visitor.press("Gem kladden")
    expect(page.locator("[name=upload][aria-invalid=true]")).to_have_count(1)
    expect(page.get_by_label("Problemet")).to_have_value("Et langt svar")
    visitor.press("Gem kladden")

    expect(page.get_by_text("Dine ændringer er gemt")).to_be_visible()
    assert Case.objects.get().problem == "Et langt svar"


def test_on_paper_the_page_is_the_story_alone(visit: Visit, author: Member):
    case = make_draft(author)
    Case.objects.filter(pk=case.pk).update(number=80, unit="job")
    visitor = visit()
    visitor.log_in(author)
    visitor.open(HERE)

    visitor.page.emulate_media(media="print")

    for gone in (".site-head", ".next", ".crumbs", ".actions"):
        expect(visitor.page.locator(gone).first).to_be_hidden()
    for shown in ("h1", ".figure b", "article > h2 + div"):
        expect(visitor.page.locator(shown).first).to_be_visible()
