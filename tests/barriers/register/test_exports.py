"""The register as a spreadsheet: what the list shows, and no formula in it."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.utils import timezone

from taskforce.core.sheets import BEGINS_A_FORMULA, Column, as_xlsx, safe
from taskforce.core.text import clean
from tests.factories import (
    count_with,
    make_barrier,
    make_entry,
    make_minutes,
    make_organisation,
    make_round,
    make_statement,
    make_support,
    make_theme,
)

CSV, XLSX = "/barrierer/barrierer.csv", "/barrierer/barrierer.xlsx"


def from_csv(browser, query: str = "") -> list[dict[str, str]]:
    text = browser.get(CSV + query).content.decode("utf-8-sig")
    return [*csv.DictReader(io.StringIO(text), delimiter=";")]


def from_xlsx(browser, query: str = "") -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(browser.get(XLSX + query).content))
    return [*book.active.iter_rows(values_only=True)]


def test_csv_is_made_for_danish_excel(client, db):
    make_barrier("Æblegrød; på øen")

    answer = client.get(CSV)

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="barrierer.csv"'
    assert '"Æblegrød; på øen";' in answer.content.decode()


def test_sheet_has_all_pages_of_the_filtered_list_in_its_order(client, db):
    theme, home = make_theme("Kapital"), make_organisation()
    for number in range(60):
        make_barrier(f"{number:02}", theme=theme, raised_by=home)
    make_barrier("Of another theme")

    query = "?tema=kapital&sorter=dato&side=2"
    titles = [row["Barriere"] for row in from_csv(client, query)]

    assert titles == [f"{number:02}" for number in reversed(range(60))]
    assert [row[0] for row in from_xlsx(client, query)[1:]] == titles


def test_xlsx_holds_numbers_and_dates(client, db):
    barrier = make_barrier("Udbud", raised_on=date(2026, 1, 2), raised_by=make_organisation("Os"))
    make_statement(barrier)
    make_support(barrier)
    count_with(make_round(barrier), barrier)

    head, row = from_xlsx(client)

    told = dict(zip(head, row, strict=True))
    assert told["Plads"] == 1
    assert told["Organisationer bag"] == 2
    assert told["Udsagn"] == 1
    assert told["Rejst af"] == "Os"
    assert told["Rejst den"].date() == date(2026, 1, 2)
    assert told["Adresse"] == "http://localhost:8000/barrierer/udbud/"


def test_headings_mark_example_figures(client, db):
    barrier = make_barrier()
    count_with(make_round(barrier, is_example=True), barrier)

    assert "Plads (eksempeltal)" in from_csv(client)[0]


def test_sheet_has_what_its_reader_may_see(client, as_member, as_secretary):
    make_barrier("Hidden", hidden_at=timezone.now())
    shown = make_barrier("Shown")
    make_statement(shown, entry=make_entry(make_minutes()))
    make_barrier("Merged", state="merged", merged_into=shown)

    for browser in (client, as_member):
        assert [(row["Barriere"], row["Udsagn"]) for row in from_csv(browser)] == [("Shown", "0")]
    secret = [(row["Barriere"], row["Udsagn"]) for row in from_csv(as_secretary)]
    assert secret == [("Hidden", "0"), ("Shown", "1")]
    assert "no-store" in as_secretary.get(CSV)["Cache-Control"]


@pytest.mark.parametrize("begin", BEGINS_A_FORMULA)
def test_no_cell_runs_as_a_formula(client, db, begin: str):
    words = f'{begin}HYPERLINK("http://evil.example")'
    make_barrier("Title", description=words)

    (row,) = from_csv(client)
    assert row["Beskrivelse"] == f"'{clean(words)}"
    book = openpyxl.load_workbook(io.BytesIO(client.get(XLSX).content))
    assert not [cell for line in book.active.iter_rows() for cell in line if cell.data_type == "f"]


def test_control_characters_are_left_out(client, db):
    make_barrier("A\x07B\x1f")

    assert from_xlsx(client)[1][0] == "AB"
    assert safe("\x07=1+1") == "'=1+1"


def test_safe_leaves_numbers_and_dates_alone():
    assert [safe(value) for value in (-1, None, date(2026, 1, 2))] == [-1, None, date(2026, 1, 2)]


def test_sheet_of_an_empty_list_has_its_headings(client, db):
    assert len(from_xlsx(client)) == 1
    assert as_xlsx("x", [Column("a", str)], []).content


def test_sheet_ignores_a_bad_filter_as_the_page_does(client, db):
    make_barrier("Shown")

    assert [row["Barriere"] for row in from_csv(client, "?tema=nothing")] == ["Shown"]


def test_list_links_to_sheets_of_its_filter(client, db):
    make_barrier()

    page = client.get("/barrierer/?status=open&q=barrier").content.decode()

    assert f'href="{CSV}?status=open&amp;q=barrier"' in page
    assert f'href="{XLSX}?status=open&amp;q=barrier"' in page
