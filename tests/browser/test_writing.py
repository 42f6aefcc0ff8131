"""Taking minutes in a browser: saved as one types, two at once, offline and back, no script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from meetings.models import Minutes, MinutesEntry, Outcome, Purpose
from tests.browser.conftest import Visitor, saved
from tests.factories import (
    make_agenda_item,
    make_attendance,
    make_entry,
    make_meeting,
    make_minutes,
    make_organisation,
    make_secretary,
)

Visit = Callable[..., Visitor]
HERE = "/moeder/3/referat/skriv/"


@pytest.fixture
def entry(transactional_db: None) -> MinutesEntry:
    minutes = make_minutes(make_meeting(3))
    item = make_agenda_item(minutes.meeting, "Nyt fra fondene")
    return make_entry(minutes, "<p>Vi er <strong>enige</strong>.</p>", agenda_item=item)


@pytest.fixture
def write(visit: Visit, entry: MinutesEntry) -> Callable[..., Visitor]:
    """Return a function that opens the page for a secretary in a browser of their own."""
    secretary = make_secretary()

    def write(**options: Any) -> Visitor:
        visitor = visit(**options)
        visitor.log_in(secretary)
        visitor.open(HERE)
        return visitor

    return write


def editor(page: Page) -> Locator:
    """Return the editor, which takes the textarea's place a moment after the page has loaded."""
    return page.locator(".rich").get_by_role("textbox", name="Tekst").first


def passage(page: Page) -> Locator:
    return page.locator(".passage").first


def state(page: Page) -> Locator:
    return passage(page).locator("[role=status]")


def keeps(page: Page, entry: MinutesEntry, words: str) -> None:
    """Wait until the passage is saved, and find the words in it."""
    saved(passage(page))
    entry.refresh_from_db()
    assert words in entry.text


def type_at_end(page: Page, text: str) -> None:
    editor(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def leave_while_offline(page: Page, text: str) -> None:
    page.context.set_offline(True)
    type_at_end(page, text)
    expect(state(page)).to_contain_text("Ingen forbindelse")
    # What a page sends while it closes is not held back by playing offline.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()) }")
    page.goto("about:blank")
    page.context.set_offline(False)


def real(complaints: list[str]) -> list[str]:
    """Leave out what a browser says of a refusal or of a connection that was cut on purpose."""
    return [said for said in complaints if "Failed to load resource" not in said]


def test_decided_without_its_decision_is_told_at_the_field(write):
    page = write().page
    page.get_by_label("Besluttet").check()

    decision = page.get_by_label("Beslutning")
    expect(page.locator(".decision .errorlist")).to_have_text("Skriv, hvad der blev besluttet.")
    expect(decision).to_have_attribute("aria-invalid", "true")
    decision.fill("Vi køber socialt.")

    expect(page.locator(".decision .errorlist")).to_have_count(0)
    expect(page.locator(".outcome [role=status]")).to_contain_text("Gemt")


def test_fault_of_a_corrected_passage_leads_into_the_editor(visit, entry):
    entry.minutes.state, entry.minutes.published_at = "published", timezone.now()
    entry.minutes.save()
    visitor = visit()
    visitor.log_in(make_secretary())
    visitor.open(f"/moeder/3/referat/ret/{entry.pk}/")
    page = visitor.page
    expect(page.locator(".rich strong")).to_have_text("enige")
    page.get_by_label("Hvad var forkert").fill("Intet.")
    page.locator("main form[method=post] button[type=submit]").last.click()

    expect(page.locator(".errors a")).to_have_count(1)
    expect(page.locator(".rich strong")).to_have_text("enige")
    page.locator(".errors a").click()

    expect(page.locator(".rich [role=textbox]")).to_be_focused()


def test_what_was_written_in_is_no_empty_passage_any_more(write, entry):
    MinutesEntry.objects.update(text="")
    page = write().page
    remove = page.get_by_role("button", name="tomme afsnit")
    expect(remove).to_be_visible()
    type_at_end(page, "Nyt.")

    expect(remove).to_be_hidden()


def test_count_of_those_present_follows_the_marks(write, entry):
    make_attendance(entry.minutes.meeting, organisation_name="Odense", status="coming")
    page = write().page
    expect(page.locator("#antal-til-stede")).to_have_text("0")
    page.get_by_label("I lokalet").check()

    expect(page.locator("#antal-til-stede")).to_have_text("1")


def test_saves_as_one_types_with_formatting(write, entry):
    visitor = write()
    page = visitor.page
    expect(page.locator(".rich strong")).to_have_text("enige")

    type_at_end(page, " Og ")
    page.keyboard.press("Control+b")
    page.keyboard.type("fed")
    expect(page.locator(".passage").get_by_text("Ikke gemt endnu")).to_be_visible()
    saved(passage(page))

    entry.refresh_from_db()
    assert entry.text == "<p>Vi er <strong>enige</strong>. Og <strong>fed</strong></p>"
    page.keyboard.press("Enter")
    page.locator(".tools button", has_text="Liste").first.click()
    expect(editor(page)).to_be_focused()
    page.keyboard.type("punkt")
    expect(page.locator(".tools button[aria-pressed=true]", has_text="Liste")).to_have_count(1)
    keeps(page, entry, "<ul><li>punkt</li></ul>")
    visitor.open(HERE)
    expect(editor(page)).to_contain_text("punkt")
    expect(page.locator("[data-kept] section, [data-notice] section")).to_have_count(0)
    assert not visitor.complaints


def test_link_by_the_dialog_and_by_keyboard(write, entry):
    visitor = write()
    page = visitor.page

    type_at_end(page, " Se ")
    page.keyboard.press("Shift+Tab")  # back to the buttons, which are one stop
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("example.org/guide")
    page.keyboard.press("Enter")

    expect(editor(page).get_by_role("link", name="example.org/guide")).to_be_visible()
    keeps(page, entry, '<a href="https://example.org/guide"')
    assert not visitor.complaints


def test_pasted_style_and_script_go(write, entry):
    visitor = write()
    page = visitor.page

    editor(page).click()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", '<h1 style="color:red">Fra Word</h1><p onclick="x()" '
            + 'class="MsoNormal"><b>fed</b><script>x()</scr' + 'ipt></p>');
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )

    keeps(page, entry, "<strong>fed</strong>")
    assert not {"style", "onclick", "script", "Mso"} & {*re.findall(r"[a-zA-Z]+", entry.text)}


def test_two_writers_see_both_texts(write, entry):
    first, second = write(), write()
    for visitor in (first, second):
        expect(editor(visitor.page)).to_contain_text("enige")
    type_at_end(first.page, " Den første.")
    keeps(first.page, entry, "Den første.")

    type_at_end(second.page, " Den anden.")
    notice = second.page.locator(".both")
    expect(notice).to_contain_text("Den første.")
    expect(notice).to_contain_text("Den anden.")
    expect(state(second.page)).to_contain_text("En anden gemte dette afsnit først")
    sent = []
    second.page.on("request", lambda request: sent.append(request.method))
    second.page.clock.install()
    type_at_end(second.page, " Mere.")  # goes on writing, and nothing is overwritten
    second.page.clock.fast_forward("00:10")

    notice.get_by_role("button", name="Sæt begge ind").click()
    keeps(second.page, entry, "Mere.")
    assert sent == ["POST"]  # of the button alone
    assert "Den første." in entry.text
    assert "Den anden." in entry.text
    expect(notice).to_have_count(0)
    assert not real(first.complaints + second.complaints)


@pytest.mark.parametrize(
    ("choice", "kept", "gone"),
    [("Behold min", "Min.", "Deres."), ("Brug den andens", "Deres.", "Min.")],
)
def test_second_writer_may_choose_one_text(write, entry, choice, kept, gone):
    visitor = write()
    expect(editor(visitor.page)).to_contain_text("enige")
    MinutesEntry.objects.update(text="<p>Deres.</p>", version=2)

    type_at_end(visitor.page, " Min.")
    visitor.page.get_by_role("button", name=choice).click()
    saved(passage(visitor.page))

    entry.refresh_from_db()
    assert kept in entry.text
    assert gone not in entry.text


def test_lost_connection_keeps_the_text_and_sends_it_when_it_is_back(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")

    page.context.set_offline(True)
    type_at_end(page, " Uden net.")
    expect(state(page)).to_contain_text("Ingen forbindelse")
    page.context.set_offline(False)

    keeps(page, entry, "Uden net.")
    assert page.evaluate("localStorage.length") == 0
    assert not real(visitor.complaints)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 200, "content_type": "application/json", "body": '{"said": "Ge'},
        {"status": 504, "body": ""},
    ],
)
def test_answer_that_is_lost_on_its_way_is_nobody_elses_text(write, entry, answer: dict[str, Any]):
    page = write().page
    expect(editor(page)).to_contain_text("enige")

    def lose(route: Route) -> None:
        assert route.fetch().ok
        route.fulfill(**answer)

    page.route("**/referat/afsnit/**", lose, times=1)
    type_at_end(page, " Sendt.")
    expect(state(page)).to_contain_text("Ingen forbindelse")
    type_at_end(page, " Mere.")
    page.evaluate("dispatchEvent(new Event('online'))")

    keeps(page, entry, "Sendt. Mere.")


def test_text_that_was_not_saved_is_offered_when_the_page_is_opened_anew(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")
    leave_while_offline(page, " Uden net.")

    visitor.open(HERE)
    offer = page.get_by_role("region", name="Tekst, der ikke blev gemt")
    expect(offer).to_contain_text("Vi er enige. Uden net.")
    entry.refresh_from_db()
    assert "Uden net." not in entry.text
    offer.get_by_role("button", name="Hent det frem").click()

    keeps(page, entry, "<strong>enige</strong>. Uden net.")
    visitor.open(HERE)
    expect(editor(page)).to_contain_text("Uden net.")
    expect(offer).to_have_count(0)


def test_kept_text_meets_what_another_wrote_meanwhile(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")
    leave_while_offline(page, " Uden net.")
    MinutesEntry.objects.update(text="<p>Deres.</p>", version=2)

    visitor.open(HERE)
    page.get_by_role("button", name="Hent det frem").click()

    expect(page.locator(".both")).to_contain_text("Deres.")
    expect(page.locator(".both")).to_contain_text("Uden net.")
    entry.refresh_from_db()
    assert entry.text == "<p>Deres.</p>"


def test_kept_text_of_a_passage_that_is_gone_is_still_shown(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")
    entry.delete()

    type_at_end(page, " Tabt?")
    expect(state(page)).to_contain_text("En anden har fjernet")
    visitor.open(HERE)
    offer = page.get_by_role("region", name="Tekst, der ikke blev gemt")
    expect(offer).to_contain_text("Tabt?")
    offer.get_by_role("button", name="Slet det").click()
    visitor.open(HERE)
    expect(offer).to_have_count(0)


def test_published_meanwhile_keeps_the_text(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")
    Minutes.objects.update(state="in_review", review_ends_on="2030-01-01")

    type_at_end(page, " For sent.")
    expect(state(page)).to_contain_text("til gennemsyn")
    visitor.open(HERE, status=409)
    expect(page.get_by_role("region", name="Tekst, der ikke blev gemt")).to_contain_text("For sent")


def test_logged_out_meanwhile_keeps_the_text(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")
    page.context.clear_cookies(name="sessionid")

    type_at_end(page, " Uden login.")

    expect(state(page)).to_contain_text("ikke længere logget ind")
    assert "Uden login." in str(page.evaluate("Object.values(localStorage)"))


def test_other_buttons_save_what_is_typed_first(write, entry):
    visitor = write()
    page = visitor.page
    expect(editor(page)).to_contain_text("enige")

    type_at_end(page, " Hurtigt.")
    page.get_by_role("button", name="Tilføj et afsnit").first.click()
    page.wait_for_url("**/skriv/#afsnit-*")

    entry.refresh_from_db()
    assert "Hurtigt." in entry.text
    assert MinutesEntry.objects.count() == 2


def test_ticks_and_outcomes_are_saved_without_a_button(write, entry):
    guest = make_attendance(entry.minutes.meeting, status="coming", organisation_name="Odense")
    visitor = write()
    page = visitor.page

    page.get_by_role("group", name="Odense").get_by_label("Online").check()
    saved(page.locator("#form-fremmoede"))
    page.get_by_label("Taget til efterretning").check()
    saved(page.locator(".outcome"))
    page.get_by_label("Besluttet").check()
    expect(page.locator(".outcome [role=status]")).to_have_text("Skriv, hvad der blev besluttet.")
    page.get_by_label("Beslutning").fill("En guide.")
    saved(page.locator(".outcome"))

    guest.refresh_from_db()
    assert (guest.status, guest.online) == ("present", True)
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.decision) == ("decided", "En guide.")
    assert not real(visitor.complaints)


def test_without_java_script(write, entry):
    make_organisation("Odense Kommune")
    visitor = write(java_script_enabled=False, width=390)
    page = visitor.page

    page.locator("textarea[name=text]").fill("Først\n\n- et\n- to")
    MinutesEntry.objects.update(text="<p>Deres.</p>", version=2)
    visitor.press("Gem", passage(page))
    expect(page.locator(".both")).to_contain_text("Deres.")
    expect(page.locator("textarea[name=text]")).to_have_value("Først\n\n- et\n- to")
    visitor.press("Gem")
    entry.refresh_from_db()
    assert entry.text == "<p>Først</p><ul><li>et</li><li>to</li></ul>"

    page.get_by_text("Der kom en til").click()
    page.get_by_label("Navn").fill("Ea Holm")
    page.locator("[name=organisation_name]").fill("Odense Kommune")
    page.get_by_role("button", name="Sæt på listen").click()
    expect(page.get_by_role("group", name="Ea Holm").get_by_label("I lokalet")).to_be_checked()

    page.get_by_label("Besluttet").check()
    page.get_by_label("Beslutning").fill("En guide.")
    visitor.press("Gem", page.locator(".outcome"))
    assert Outcome.objects.get().decision == "En guide."

    page.get_by_role("link", name="Gå til gennemsyn").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gå til gennemsyn")


def test_begin_from_the_page(visit: Visit, transactional_db: None):
    meeting = make_meeting(3)
    make_agenda_item(meeting, "Siden sidst", purpose=Purpose.SINCE_LAST, details="Én ting.")
    visitor = visit(width=320)
    visitor.log_in(make_secretary())

    visitor.open(HERE)
    visitor.page.get_by_role("button", name="Begynd på referatet").click()

    expect(editor(visitor.page)).to_have_text("Én ting.")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not visitor.complaints
