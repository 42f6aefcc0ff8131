"""What people type and choose, in Chromium: amounts with dots, days in words, files kept."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from calls.models import Call
from initiatives.models import Case, InitiativeUpdate
from taskforce.core.models import KeptFile
from tests.browser.conftest import Visitor
from tests.factories import (
    make_initiative,
    make_meeting,
    make_member,
    make_organisation,
    make_secretary,
)
from tests.initiatives.cases.case_forms import image, make_draft

Visit = Callable[..., Visitor]


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path, transactional_db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_amount_with_dots_is_that_amount_and_is_said_in_words(visit: Visit):
    visitor = visit()
    visitor.log_in(make_secretary())
    visitor.open("/opslag/ny/udfyld/")
    page = visitor.page
    page.locator("[name=title]").fill("Penge til arbejdet")
    page.locator("[name=summary]").fill("Til arbejdet")
    page.locator("[name=budget]").fill("4.000.000")
    expect(page.get_by_text("Det er 4 mio. euro.")).to_be_visible()  # before it is sent
    page.locator("[name=grant_max]").fill("ca. 300.000")
    expect(page.get_by_text("Tallet kan læses på flere måder")).to_be_visible()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()

    expect(page.get_by_text("Det er 4 mio. euro.")).to_be_visible()
    wrong = page.locator("[name=grant_max]")
    expect(wrong).to_have_value("ca. 300.000")
    wrong.fill("300.000 €")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()

    expect(page.get_by_text("4.000.000 euro")).to_be_visible()
    call = Call.objects.get()
    assert (call.budget, call.grant_max) == (4_000_000, 300_000)
    assert visitor.complaints == []


def test_picture_waits_without_a_script_until_the_example_is_sent(visit: Visit, tmp_path: Path):
    author = make_member(make_organisation("Odense Kommune"))
    make_draft(author)
    photo = tmp_path / "bageri.jpg"
    photo.write_bytes(image())
    visitor = visit(width=320, java_script_enabled=False)
    visitor.log_in(author)
    visitor.open("/eksempler/frokost/ret/")
    page = visitor.page

    page.locator("[name=upload]").set_input_files(photo)
    with page.expect_navigation():
        page.locator("form.casework .actions button").first.click()
    expect(page.get_by_text("bageri.jpg")).to_be_visible()
    page.get_by_label("Hvad billedet viser").fill("To bagere ved en ovn")
    with page.expect_navigation():
        page.locator("form.casework .actions button").first.click()

    expect(page.get_by_role("img", name="To bagere ved en ovn")).to_be_visible()
    assert Case.objects.get().picture_width == 900
    assert not KeptFile.objects.exists()


def test_file_of_an_update_waits_too_and_can_be_left_out(visit: Visit, tmp_path: Path):
    member = make_member(make_organisation("Odense Kommune"))
    day = timezone.localdate() + timedelta(days=9)
    initiative = make_initiative("Guide", review_on=day)
    initiative.participations.create(organisation=member.organisation)
    report = tmp_path / "rapport.pdf"
    report.write_bytes(b"%PDF-1.7")
    visitor = visit()
    visitor.log_in(member)
    visitor.open("/indsatser/guide/fremdrift/")
    page = visitor.page

    page.get_by_label("Fil").set_input_files(report)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("rapport.pdf")).to_be_visible()
    page.get_by_label("Hvordan går det?").fill("Det går fint")
    page.get_by_label("Send ikke filen med").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()

    expect(page.get_by_text("Det går fint")).to_be_visible()
    assert InitiativeUpdate.objects.get().file.name == ""
    assert visitor.complaints == []


def test_kept_file_with_a_long_name_fits_a_narrow_window(visit: Visit, tmp_path: Path):
    meeting = make_meeting()
    paper = tmp_path / f"{'Bilag_til_dagsordenen_' * 4}2026.pdf"
    paper.write_bytes(b"%PDF")
    visitor = visit(width=320)
    visitor.log_in(make_secretary())
    visitor.open(f"/moeder/{meeting.number}/materiale/ny/")
    page = visitor.page
    page.get_by_label("Fil").set_input_files(paper)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()

    expect(page.get_by_text(paper.name)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
