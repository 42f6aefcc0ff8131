"""Each request has a number and a line; slow answers and faults are counted."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from taskforce.ops import requests
from taskforce.ops.models import Tally, Trouble


@pytest.fixture
def lines(caplog: Any) -> Iterator[Any]:
    with caplog.at_level(logging.INFO, "taskforce.requests"):
        yield lambda: [
            one.getMessage() for one in caplog.records if one.name == "taskforce.requests"
        ]


def counted() -> dict[str, int]:
    return dict(Tally.objects.values_list("kind", "number"))


def test_line_holds_route_and_status_and_no_query(db: None, client: Client, lines: Any):
    client.get("/soeg/?q=Anna+Vang")
    client.get("/nope/anna@example.org/")
    client.get("/static/nope.css")

    assert [line.rpartition(" in ")[0] for line in lines()] == [
        "GET soeg/ 200",
        "GET - 404",
        "GET static/ 404",
    ]


def test_key_in_an_address_is_in_no_line(db: None, client: Client, lines: Any):
    client.get("/svar/7-yes:secret/")

    assert "secret" not in "".join(lines())


def test_method_of_a_joker_is_not_repeated(db: None, client: Client, lines: Any):
    client.generic("ANNA", "/")

    assert lines()[0].startswith("- ")


def test_answer_bears_a_number_of_its_own(db: None, client: Client):
    first, second = (client.get("/om/")["X-Request-ID"] for _ in range(2))

    assert len(first) == 32
    assert first != second


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("0a1b2c3d-0a1b", True),
        ("short", False),
        ("x" * 65, False),
        ("anna@example.org", False),
        ("abcdefgh\x1b[31m", False),
        ("abcdefgh\n", False),
    ],
)
def test_number_of_the_proxy_is_taken_if_it_is_sane(
    db: None, client: Client, settings: Any, given: str, is_taken: bool
):
    settings.BEHIND_PROXY = True

    answer = client.get("/robots.txt", headers={"X-Request-ID": given})

    assert (answer["X-Request-ID"] == given) is is_taken


def test_stranger_gives_no_number(db: None, client: Client):
    answer = client.get("/robots.txt", headers={"X-Request-ID": "0a1b2c3d"})

    assert answer["X-Request-ID"] != "0a1b2c3d"


def test_slow_answers_are_counted(db: None, client: Client, settings: Any):
    settings.SLOW_ANSWER = 0

    client.get("/robots.txt")
    client.get("/robots.txt")

    assert counted() == {"slow": 2}


def test_quick_answer_is_not_counted(db: None, client: Client):
    client.get("/robots.txt")

    assert counted() == {}


def test_fault_is_counted_and_a_database_that_is_away_is_not(db: None, monkeypatch: Any):
    browser = Client(raise_request_exception=False)
    for error in (LookupError("ours"), OperationalError("away")):

        def broken(*_args: Any, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("taskforce.front.pages.page", broken)
        browser.get("/")

    assert counted() == {"fault": 1}


def test_answers_counted_at_once_are_all_counted(transactional_db: None):
    def one(_number: int) -> None:
        requests.count(Trouble.SLOW)
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(24)))

    assert counted() == {"slow": 24}


def test_count_that_fails_takes_nothing_from_the_answer(
    db: None, client: Client, settings: Any, monkeypatch: Any
):
    settings.SLOW_ANSWER = 0
    monkeypatch.setattr(Tally._meta, "db_table", "gone")

    assert client.get("/robots.txt").status_code == 200


def test_old_counts_are_forgotten(db: None):
    today = timezone.localdate()
    Tally.objects.create(day=today - timedelta(days=32), kind="slow")
    Tally.objects.create(day=today - timedelta(days=31), kind="slow")

    requests.forget()

    assert [one.day for one in Tally.objects.all()] == [today - timedelta(days=31)]
