"""What people see when something is wrong: an honest page, and no innards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from taskforce.front.views import public


@pytest.fixture
def database_away(transactional_db: None) -> Iterator[None]:
    """Hang up, and look for the server where there is none until the test is over."""
    connection.close()
    at = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/secret-host"
    yield
    connection.close()
    connection.settings_dict["HOST"] = at


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/", "/barrierer/", "/en/moeder/", "/feed/"])
@pytest.mark.usefixtures("database_away")
def test_database_away(visitor: Client, path: str):
    page = visitor.get(path)

    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert page["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert "<h1>" in text
    assert "secret-host" not in text
    assert "Traceback" not in text


@pytest.mark.usefixtures("database_away")
def test_database_away_speaks_the_visitors_language(visitor: Client):
    assert '<html lang="en">' in visitor.get("/en/").content.decode()
    assert "The portal is away for a moment" in visitor.get("/en/").content.decode()


@pytest.mark.usefixtures("database_away")
def test_health_says_so(visitor: Client):
    answer = visitor.get("/sundhed/")

    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrations": False, "worker": False}


def test_own_fault(db: None, visitor: Client, monkeypatch: Any):
    def break_down(*args: Any) -> None:
        raise RuntimeError("secret-detail")

    monkeypatch.setattr(public.pages, "front", break_down)

    page = visitor.get("/en/")

    assert page.status_code == 500
    assert "Something went wrong" in page.content.decode()
    assert "secret-detail" not in page.content.decode()


def test_page_that_is_not_there(db: None, visitor: Client):
    page = visitor.get("/en/barrierer/nothing/")

    assert page.status_code == 404
    assert "The page is not here" in page.content.decode()


def test_page_for_others(as_member: Client):
    page = as_member.get("/en/sekretariat/")

    assert page.status_code == 403
    assert "You cannot come in here" in page.content.decode()


def test_form_without_its_token_keeps_its_words(db: None):
    page = Client(enforce_csrf_checks=True).post("/en/bliv-medlem/", {"name": "Ea"})

    assert page.status_code == 403
    assert "The form is too old" in page.content.decode()
