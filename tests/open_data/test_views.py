"""The pages of open data, and the files that lead on from them."""

import io
import json
import zipfile

import pytest
from django.test import Client
from openpyxl import load_workbook

from taskforce.open_data.catalogue import ALL
from tests.factories import make_barrier, make_organisation
from tests.world import World


def test_page_lists_every_dataset_with_its_rows_and_files(client: Client, db: None):
    make_barrier("Narrow door")

    page = client.get("/data/")

    assert [one.dataset for one in page.context["listed"]] == [*ALL]
    assert {one.dataset.name: one.count for one in page.context["listed"] if one.count} == {
        "barriers": 1,
        "organisations": 1,
    }
    for address in ("/data/barriers/", "/data/barriers.csv", "/data/taskforce.zip"):
        assert f'href="{address}"' in page.content.decode()


def test_page_of_a_dataset_explains_each_column_by_what_stands_in_it(client: Client, db: None):
    make_barrier("Narrow door")

    columns = {one["told"].name: one for one in client.get("/data/barriers/").context["columns"]}

    assert columns["title"]["example"] == "Narrow door"
    assert columns["title"]["told"].meaning == "titel"
    assert [code for code, _ in columns["state"]["told"].choices][:2] == ["open", "addressed"]


@pytest.mark.parametrize("path", ["/data/nothing/", "/data/nothing.csv", "/data/barriers.doc"])
def test_what_there_is_not_is_not_found(client: Client, db: None, path: str):
    assert client.get(path).status_code == 404


def test_files_hold_the_same_rows(client: Client, db: None):
    make_barrier("Udbud, store", description='Linje 1\n"Linje 2"')

    sheet = client.get("/data/barriers.csv").content
    found = client.get("/data/barriers.json").json()
    book = load_workbook(io.BytesIO(client.get("/data/barriers.xlsx").content)).active

    assert sheet.startswith(b"\xef\xbb\xbfid,address,status,created,changed,merged_into,title,")
    assert b'"Udbud, store","Linje 1\n""Linje 2"""' in sheet
    assert [row["title"] for row in found["rows"]] == ["Udbud, store"]
    assert found["licence"]["name"] == "CC-BY-4.0"
    heads, values = book.values
    assert dict(zip(heads, values, strict=True))["description"] == 'Linje 1\n"Linje 2"'


def test_cell_runs_as_no_formula_and_no_list_tears_a_row(client: Client, db: None):
    make_organisation("=1+1", former_names=["A; B", "C"])

    assert ",'=1+1," in client.get("/data/organisations.csv").content.decode()
    assert "A; B; C" in client.get("/data/organisations.csv").content.decode()
    (row,) = client.get("/data/organisations.json").json()["rows"]
    assert (row["name"], row["former_names"]) == ("=1+1", ["A; B", "C"])


def test_archive_holds_every_file_and_says_what_is_in_it(client: Client, world: World):
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/taskforce.zip").content))
    about = json.loads(archive.read("datapackage.json"))
    readme = archive.read("README.md").decode()

    names = [f"{dataset.name}.csv" for dataset in ALL]
    assert archive.namelist() == ["datapackage.json", "README.md", *names]
    assert [one["path"] for one in about["resources"]] == names
    assert "Åbne data" in readme
    assert "Open data" in readme
    for name in names:
        assert archive.read(name) == client.get(f"/data/{name}").content


@pytest.mark.parametrize(
    "name", ["barriers.csv", "barriers.json", "barriers.xlsx", "taskforce.zip"]
)
def test_file_is_fetched_again_only_where_it_changed(client: Client, db: None, name: str):
    barrier = make_barrier("Narrow door")
    first = client.get(f"/data/{name}")
    again = client.get(f"/data/{name}", headers={"If-None-Match": first["ETag"]})
    barrier.title = "Wide door"
    barrier.save()
    changed = client.get(f"/data/{name}", headers={"If-None-Match": first["ETag"]})

    assert [first.status_code, again.status_code, changed.status_code] == [200, 304, 200]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "Last-Modified" in first
    assert first["Content-Disposition"] == f'attachment; filename="{name}"'
