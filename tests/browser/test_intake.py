"""Minutes on their way in, in a browser: from the document to the published minutes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from barriers.models import Barrier
from meetings.models import Meeting, Minutes
from taskforce.intake.models import Intake
from taskforce.intake.reviewing import window
from taskforce.intake.reviewing.review import Review
from tests.browser.conftest import Visitor
from tests.conftest import Mailbox
from tests.factories import make_organisation, make_secretary, make_theme
from tests.intake.drafts import TEXT, form_of, make_intake

Visit = Callable[..., Visitor]
ATTENDEES = ["Ea Holm · Odense Kommune", "Bo Lund · Værkstedet"]


@pytest.fixture(autouse=True)
def uploads(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def choose(visitor: Visitor, key: str, word: str) -> None:
    visitor.page.locator(f"#{key}").get_by_label(word, exact=True).check()


def test_from_the_document_to_the_published_minutes(visit: Visit, mailbox: Mailbox):
    make_organisation("Odense Kommune")
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page

    visitor.open("/sekretariat/")
    page.get_by_role("link", name="Indlæs referat").click()
    file = {"name": "referat.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    page.get_by_label("Fil", exact=False).first.set_input_files(file)
    visitor.press("Læs dokumentet")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert mailbox.letters == []  # the worker does every job that waits

    # The page looks again by itself.
    expect(page.get_by_role("heading", level=1)).to_have_text("Gennemgang: referat.txt")
    page.locator("#attendees-1 summary").click()
    page.locator("#id_attendees-1-name").fill("Bo Lundgren")
    visitor.press("Tag alt med")
    visitor.press("Gem og gå videre")
    expect(page.get_by_text("Værkstedet", exact=True)).to_be_visible()
    visitor.press("Indlæs det")
    page.get_by_role("link", name="Gå til gennemsyn").click()
    page.locator("summary", has_text="Spring alt det øvrige over").click()
    page.get_by_label("Hvorfor resten springes over").fill("Ea er med på det.")
    visitor.press("Spring alt det øvrige over")
    for _ in range(2):  # names
        page.locator("summary", has_text="Spring over").first.click()
        page.get_by_label("Hvorfor det springes over").first.fill("Ea er med på det.")
        visitor.press("Spring over")
    page.get_by_role("link", name="Offentliggør uden gennemsyn").click()
    page.get_by_role("checkbox").check()  # the names may stand
    visitor.press("Offentliggør")

    meeting = Meeting.objects.get(number=7)
    assert meeting.minutes.is_published
    assert {row.name for row in meeting.attendances.present()} == {"Ea Holm", "Bo Lundgren"}
    stranger = visit(width=320)
    stranger.open("/moeder/7/")
    expect(stranger.page.get_by_text("Alle blev budt velkommen.")).to_be_visible()
    expect(stranger.page.get_by_text("Bo Lundgren")).to_have_count(0)
    assert not visitor.complaints + stranger.complaints


def test_without_java_script(visit: Visit, transactional_db: None):
    make_theme("Kapital")
    intake = make_intake()
    visitor = visit(java_script_enabled=False, width=390)
    visitor.log_in(make_secretary())
    page = visitor.page

    visitor.open(intake.get_absolute_url())
    # A thing leads to its passage, and the passage back to the thing.
    page.locator("#attendees-0").get_by_role("link", name="Se det i dokumentet").click()
    place = page.locator("mark:target")
    expect(place).to_have_text("Ea Holm, Odense Kommune")
    place.get_by_role("link").click()
    expect(page.locator(".thing:target")).to_have_id("attendees-0")

    choose(visitor, "statements-0", "Udelad")
    page.locator("#barriers-0").get_by_label("Tema").select_option(label="Kapital")
    visitor.press("Tag alt med")
    visitor.press("Gem og gå videre")
    visitor.press("Indlæs det")

    assert Minutes.objects.get().meeting.number == 7
    assert Barrier.objects.get().theme.name == "Kapital"
    visitor.press("Fortryd indlæsningen")
    assert not Meeting.objects.exists()
    expect(page.locator("#statements-0").get_by_label("Udelad")).to_be_checked()


def test_thing_and_passage_light_each_other(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    lit = page.locator(".alight:not([id^=sted-])")

    page.locator("#absent-0").hover()
    expect(lit).to_have_id("absent-0")
    expect(page.locator("mark.alight")).to_have_text("Ib Dam, Slagelse Kommune")

    page.locator("mark").get_by_text("Social Impact Call, frist").hover()
    expect(lit).to_have_id("calls-0")

    # The keyboard alone: on to the next thing, which shows its place although it lay out of sight.
    page.evaluate("document.querySelector('.document').scrollTop = 0")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.locator("#materials-0 input[type=radio]").first.focus()
    expect(lit).to_have_id("materials-0")
    expect(page.locator("mark.alight")).to_be_in_viewport()
    page.keyboard.press("Space")
    expect(page.locator("#materials-0").get_by_label("Tag med")).to_be_checked()
    assert not visitor.complaints


def test_keyboard_alone_decides_and_saves(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())

    page.locator("#news-0 input[type=radio]:checked").focus()
    page.keyboard.press("ArrowLeft")  # from "not decided" to "leave out"
    page.keyboard.press("Tab")  # the folded fields
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("En bedre titel")
    with page.expect_navigation():
        page.keyboard.press("Enter")  # saves, and takes nothing

    kept = Intake.objects.get().decisions
    assert (kept["news-0"]["name"], kept["news-0"]["decision"]) == ("En bedre titel", "skip")
    assert {
        fields["decision"] for key, fields in kept.items() if key not in ("news-0", "sent")
    } == {""}
    assert not visitor.complaints


def test_leaving_with_something_typed_asks_first(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    choose(visitor, "news-0", "Tag med")
    visitor.press("Gem")
    assert asked == []
    choose(visitor, "news-0", "Udelad")
    with page.expect_navigation():
        page.get_by_label("Du er her").get_by_role("link", name="Skrivebord").click()
    assert asked == ["beforeunload"]


def test_log_in_that_ran_out_loses_no_word(visit: Visit, transactional_db: None):
    intake = make_intake()
    secretary = make_secretary()
    visitor = visit()
    visitor.log_in(secretary)
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    page.locator("#news-0 summary").click()
    page.locator("#id_news-0-name").fill("En bedre titel")
    choose(visitor, "news-0", "Udelad")
    page.context.clear_cookies(name="sessionid")

    visitor.press("Gem")
    expect(page).to_have_url(re.compile("/konto/login/"))
    assert Intake.objects.get().decisions == {}

    visitor.log_in(secretary)
    visitor.open(intake.get_absolute_url())
    expect(page.get_by_text("nåede ikke frem til portalen")).to_be_visible()
    visitor.press("Gem")
    kept = Intake.objects.get().decisions["news-0"]
    assert (kept["name"], kept["decision"]) == ("En bedre titel", "skip")
    expect(page.get_by_text("nåede ikke frem til portalen")).to_be_hidden()
    assert not visitor.complaints


def test_saving_comes_back_to_where_one_was(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    choose(visitor, "news-0", "Udelad")
    where = page.evaluate("window.scrollY")
    assert where > 1000

    at_hand = page.locator(".at-hand").get_by_role("button", name="Gem", exact=True)
    expect(at_hand).to_be_in_viewport()  # though the end of the list is far
    with page.expect_navigation():
        at_hand.click()

    expect(page.locator("#news-0")).to_be_in_viewport()
    expect(page.locator(".at-hand")).to_contain_text("mangler svar")


def test_new_barrier_is_asked_for_its_title_only_where_it_is_new(
    visit: Visit, transactional_db: None
):
    make_theme("Kapital")
    intake = make_intake()
    visitor = visit(java_script_enabled=False)
    visitor.log_in(make_secretary())
    visitor.open(intake.get_absolute_url())
    theme = visitor.page.locator("#id_statements-0-theme")
    barrier = visitor.page.locator("#id_statements-0-barrier")

    expect(theme).to_be_hidden()
    barrier.select_option("new")
    expect(theme).to_be_visible()


def test_fault_leads_to_its_field(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    page.locator("#number-0 summary").click()
    page.locator("#id_number-0-value").fill("3 1/2")
    choose(visitor, "number-0", "Tag med")
    visitor.press("Gem og gå videre")

    page.get_by_role("link", name="Mødets nummer: ").first.click()

    field = page.locator("#id_number-0-value")
    expect(field).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("3 1/2")
    expect(field).to_have_accessible_description(
        "Tallet kan læses på flere måder eller slet ikke. Skriv det som 12."
    )


def test_rows_are_put_right_without_java_script(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit(java_script_enabled=False, width=320)
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())

    def titles(field: str) -> Locator:
        return page.locator(f".thing[id^={field}-]:visible legend span")

    expect(page.locator(".picked")).to_be_hidden()  # it could do nothing here
    page.get_by_label("Tilføj personer").first.fill("• Anna Bech, KAB\n2. Gro Holm")
    with page.expect_navigation():
        page.locator("[name=change][value='add:attendees']").click()
    expect(titles("attendees")).to_have_text([*ATTENDEES, "Anna Bech · KAB", "Gro Holm"])
    page.locator("#agenda-1 summary").click()
    with page.expect_navigation():
        page.locator("[name=change][value='up:agenda-1']").click()
    expect(titles("agenda")).to_have_text(["10:10 · Barrierer", "10:00 · Velkomst"])


def test_lines_survive_a_log_in_that_ran_out(visit: Visit, transactional_db: None):
    intake = make_intake()
    secretary = make_secretary()
    visitor = visit()
    visitor.log_in(secretary)
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    page.locator("[name=lines_absent]").fill("Gro Holm")
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation():
        page.locator("[name=change][value='add:absent']").click()

    visitor.log_in(secretary)
    visitor.open(intake.get_absolute_url())

    expect(page.locator("[name=lines_absent]")).to_have_value("Gro Holm")


def test_words_marked_in_the_document_become_a_row(visit: Visit, transactional_db: None):
    intake = make_intake()
    visitor = visit()
    visitor.log_in(make_secretary())
    page = visitor.page
    visitor.open(intake.get_absolute_url())
    expect(page.locator(".picked")).to_be_hidden()

    page.locator("mark", has_text="Ib Dam, Slagelse").evaluate(
        "mark => getSelection().selectAllChildren(mark)"
    )
    with page.expect_navigation():
        page.locator("[data-add=attendees]").click()

    titles = page.locator(".thing[id^=attendees-] legend span")
    expect(titles).to_have_text([*ATTENDEES, "Ib Dam · Slagelse Kommune"])
    assert not visitor.complaints


@pytest.mark.parametrize("with_script", [True, False])
def test_large_document_saves_what_is_open_and_opens_what_is_chosen(
    visit: Visit, transactional_db: None, monkeypatch: pytest.MonkeyPatch, with_script: bool
):
    monkeypatch.setattr(window, "LONG", 5)
    monkeypatch.setattr(window, "MOST", 3)
    intake = make_intake()
    visitor = visit(width=320, java_script_enabled=with_script)
    visitor.log_in(make_secretary())
    visitor.open(f"{intake.get_absolute_url()}?aabn=attendees-0")
    page = visitor.page

    choose(visitor, "attendees-1", "Ikke en person")
    with page.expect_navigation():
        page.locator("#news-0").get_by_role("button").press("Enter")

    page.wait_for_url("**?aabn=news-0#news-0")
    expect(page.locator("#news-0").get_by_label("Tag med")).to_be_in_viewport()
    expect(page.locator("#attendees-1 small")).to_have_text("Ikke en person")
    visitor.press(f"{len(Review(Intake.objects.get()).undecided)} mangler svar")
    assert form_of(intake, "attendees-1").is_skipped
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not visitor.complaints
