"""The API: pages that lead on, what changed since, and faults that say what is wrong."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from taskforce.open_data.api import answers, views
from taskforce.open_data.catalogue import ALL, DATASETS
from tests.factories import make_barrier
from tests.world import World

MONDAY = "2026-11-30 10:00 +01:00"


@pytest.fixture
def two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 2)


def titles(client: Client, path: str) -> list[list[str]]:
    """Return the titles of each page, from one to the next."""
    pages = []
    while path:
        told: Any = client.get(path).json()
        pages.append([row["title"] for row in told["rows"]])
        path = told["next"] or ""
    return pages


def test_index_names_every_dataset_and_the_terms(client: Client, db: None):
    told: Any = client.get("/api/v1/").json()

    assert [one["name"] for one in told["datasets"]] == [*DATASETS]
    assert told["licence"]["name"] == "CC-BY-4.0"
    for one in told["datasets"]:
        assert client.get(one["rows"]).status_code == 200


def test_pages_lead_on_until_all_is_told(client: Client, db: None, two_a_page: None):
    for number in range(5):
        make_barrier(f"B{number}")

    first = client.get("/api/v1/barriers/")

    assert titles(client, "/api/v1/barriers/") == [["B0", "B1"], ["B2", "B3"], ["B4"]]
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert first["Access-Control-Allow-Origin"] == "*"


def test_last_page_that_is_full_leads_nowhere(client: Client, db: None, two_a_page: None):
    for number in range(4):
        make_barrier(f"B{number}")

    assert titles(client, "/api/v1/barriers/") == [["B0", "B1"], ["B2", "B3"]]


@pytest.mark.parametrize("cursor", ["x", "WyJhIiwxXQ:1tXyZz:abc", "{}"])
def test_cursor_that_was_tampered_with_is_refused(client: Client, db: None, cursor: str):
    answer = client.get("/api/v1/barriers/", {"cursor": cursor})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    sentence = "cursor is not one that this API gave. Begin without it."
    assert answer.json() == {"title": "Bad Request", "status": 400, "detail": sentence}


def test_cursor_of_another_dataset_is_refused(client: Client, db: None, two_a_page: None):
    for number in range(3):
        make_barrier(f"B{number}")
    query = client.get("/api/v1/barriers/").json()["next"].partition("?")[2]

    assert client.get(f"/api/v1/barriers/?{query}").status_code == 200
    assert client.get(f"/api/v1/organisations/?{query}").status_code == 400


@time_machine.travel(MONDAY, tick=False)
def test_changed_since_tells_what_is_new_changed_or_withdrawn(client: Client, db: None):
    hidden, changed, _same = make_barrier("A"), make_barrier("B"), make_barrier("C")
    client.get("/api/v1/barriers/")
    hidden.hidden_at = timezone.now()
    hidden.save()
    changed.title = "B2"
    changed.save()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        client.get("/api/v1/barriers/")
        new = make_barrier("D")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        since = client.get("/api/v1/barriers/", {"changed_since": "2026-12-01"}).json()["rows"]
        moment = {"changed_since": "2026-12-02T09:00:00+00:00"}
        newest = client.get("/api/v1/barriers/", moment).json()["rows"]
        future = client.get("/api/v1/barriers/", {"changed_since": "2099-01-01"}).json()

    told = [(row["id"], row["status"]) for row in since]
    current, withdrawn = "current", "withdrawn"
    assert told == [(hidden.pk, withdrawn), (changed.pk, current), (new.pk, current)]
    assert [row["id"] for row in newest] == [new.pk]
    assert future == {"rows": [], "next": None}


@pytest.mark.parametrize("since", ["yesterday", "2026-13-01", "2026-11-30T25:00", "0", "x" * 99])
def test_changed_since_that_is_no_time_is_refused(client: Client, db: None, since: str):
    answer = client.get("/api/v1/barriers/", {"changed_since": since})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_row_has_its_own_address_also_once_it_is_withdrawn(client: Client, db: None):
    barrier = make_barrier("Narrow door")
    path = f"/api/v1/barriers/{barrier.pk}/"

    assert client.get(path).json()["title"] == "Narrow door"
    barrier.hidden_at = timezone.now()
    barrier.save()
    assert client.get(path).json() == {"id": barrier.pk, "status": "withdrawn"}


@pytest.mark.parametrize("path", ["nothing/", "barriers/999/"])
def test_what_there_is_not_is_told_as_a_problem(client: Client, db: None, path: str):
    answer = client.get(f"/api/v1/{path}")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_api_is_read_only(db: None):
    answer = Client(enforce_csrf_checks=True).post("/api/v1/barriers/")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer["Content-Type"] == "application/problem+json"


@time_machine.travel(MONDAY, tick=False)
def test_sixty_requests_a_minute_are_answered_and_no_more(client: Client, db: None):
    found = [client.get("/api/v1/openapi.json") for _ in range(61)]

    assert [answer.status_code for answer in found] == [200] * 60 + [429]
    assert found[-1]["Retry-After"] == "60"
    assert found[-1].json()["detail"] == answers.TOO_MANY
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert client.get("/api/v1/openapi.json").status_code == 200


def test_description_names_every_column_of_every_row(client: Client, world: World):
    described = client.get("/api/v1/openapi.json").json()["components"]["schemas"]

    for dataset in ALL:
        rows = client.get(f"/api/v1/{dataset.name}/").json()["rows"]
        assert rows, dataset.name
        assert {name for row in rows for name in row} == {*described[dataset.name]["properties"]}
