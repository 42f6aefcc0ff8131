"""The pages that take a list in: brought, looked at, taken in; what is left as a spreadsheet."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from taskforce.members.models import Member, MemberImport
from tests.core.test_sheet_reading import workbook
from tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db
URL = "/sekretariat/personer/indlaes/"
ROWS = [
    ["Navn", "E-mail", "Organisation"],
    ["Bo Dahl", "bo@example.org", "Odense Kommune"],
    ["Uden adresse", None, "Odense Kommune"],
]


def upload(client: Any, content: bytes, name: str = "liste.xlsx") -> Any:
    return client.post(URL, {"file": SimpleUploadedFile(name, content), "text": ""})


def sent(client: Any, url: str, **more: Any) -> Any:
    """Send the preview's form as it stands, and what is given."""
    page = client.get(url)
    ticked = [row.line for row in page.context["rows"] if row.is_ticked]
    seen = page.context["form"].initial["seen"]
    return client.post(f"{url}optag/", {"lines": ticked, "seen": seen, "letters": "now", **more})


def test_workbook_is_looked_at_before_anybody_is_taken_in(as_secretary):
    answer = upload(as_secretary, workbook(ROWS))

    page = as_secretary.get(answer.url)
    assert [row.name for row in page.context["rows"]] == ["Bo Dahl", "Uden adresse"]
    assert "E-mailen mangler" in page.content.decode()
    assert f"{answer.url}resten/" in page.content.decode()
    assert not Member.objects.filter(user__email="bo@example.org").exists()


def test_list_is_taken_in_with_one_letter_each(as_secretary, mailbox):
    url = upload(as_secretary, workbook(ROWS)).url

    answer = sent(as_secretary, url)

    assert answer.url == url
    assert Member.objects.get(user__email="bo@example.org").organisation.name == "Odense Kommune"
    assert [letter["To"] for letter in mailbox.letters] == ["bo@example.org"]
    assert "Én række blev indlæst" in as_secretary.get(url).content.decode()


def test_what_is_left_comes_back_with_the_reason(as_secretary):
    url = upload(as_secretary, workbook(ROWS)).url
    sent(as_secretary, url)

    sheet = load_workbook(BytesIO(as_secretary.get(f"{url}resten/").content)).active

    assert [*sheet.values] == [
        ("Navn", "E-mail", "Organisation", "Hvorfor"),
        ("Uden adresse", None, "Odense Kommune", "E-mailen mangler."),
    ]


def test_pasted_rows_with_columns_that_were_guessed_wrong(as_secretary):
    text = "Odense Kommune\tbo@example.org\tBo Dahl"
    url = as_secretary.post(URL, {"text": text}).url
    MemberImport.objects.update(columns=["name", "email", "organisation"])

    answer = as_secretary.post(
        url, {"column0": "organisation", "column1": "email", "column2": "name"}
    )

    assert answer.url == url
    page = as_secretary.get(url)
    (row,) = page.context["rows"]
    assert (row.name, row.cell("organisation")) == ("Bo Dahl", "Odense Kommune")
    assert f"{url}resten/" not in page.content.decode()  # for nothing would be left


def test_two_columns_of_one_kind_are_told(as_secretary):
    url = as_secretary.post(URL, {"text": "Odense\tbo@example.org\tBo"}).url

    page = as_secretary.post(url, {"column0": "name", "column1": "email", "column2": "name"})

    assert page.status_code == 200
    assert "To kolonner" in page.content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "Vælg en fil"),
        ({"text": "Navn;E-mail\n" + "a;b\n" * 201}, "200 rækker"),
        ({"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nonsense")}, "kan ikke læses"),
        ({"file": SimpleUploadedFile("x.csv", b"a\0b" * 10)}, "ikke en liste"),
    ],
)
def test_what_is_no_list_is_told_at_the_form(as_secretary, given: dict[str, Any], said: str):
    page = as_secretary.post(URL, given)

    assert page.status_code == 200
    assert said in page.content.decode()


def test_list_without_addresses_asks_for_their_column(as_secretary):
    url = as_secretary.post(URL, {"text": "Navn;Organisation\nBo;Odense"}).url

    page = as_secretary.get(url)

    assert "Ingen kolonne har e-mails" in page.content.decode()
    assert not page.context["can_be_taken"]


def test_register_that_changed_meanwhile_is_shown_anew(as_secretary):
    url = upload(as_secretary, workbook(ROWS)).url
    stale = as_secretary.get(url).context["form"].initial["seen"]
    make_member(make_organisation("Odense Kommune"), user=make_user("bo@example.org"))

    answer = sent(as_secretary, url, seen=stale)

    assert "En anden har ændret noget imens" in as_secretary.get(answer.url).content.decode()


@pytest.mark.parametrize("lines", [["nonsense"], ["99"], []])
def test_rows_that_are_not_there_take_nothing_in(as_secretary, lines: list[str]):
    url = upload(as_secretary, workbook(ROWS)).url

    answer = sent(as_secretary, url, lines=lines)

    assert answer.status_code == 302
    assert not Member.objects.filter(user__email="bo@example.org").exists()


def test_list_can_be_deleted(as_secretary):
    url = upload(as_secretary, workbook(ROWS)).url

    assert as_secretary.post(f"{url}slet/").url == URL
    assert as_secretary.get(url).status_code == 404


def test_export_can_be_taken_in_again_and_changes_nothing(as_secretary, member):
    make_member(make_organisation("=Havnen"), user=make_user("bo@example.org", name="-Bo"))
    for kind in ("xlsx", "csv"):
        content = as_secretary.get(f"/sekretariat/personer/personer.{kind}").content

        page = as_secretary.get(upload(as_secretary, content, f"x.{kind}").url)

        assert [row.line for row in page.context["rows"] if row.can_be_taken] == []


def test_export_is_the_secretariats_alone(as_member, client):
    for kind in ("xlsx", "csv"):
        assert as_member.get(f"/sekretariat/personer/personer.{kind}").status_code == 403
        assert client.get(f"/sekretariat/personer/personer.{kind}").status_code == 302
