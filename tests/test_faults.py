"""What people see when something is wrong: an honest page, and no innards."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from barriers.models import Theme
from taskforce.core.models import SentForm
from taskforce.core.version import version
from taskforce.front import views
from tests.factories import make_theme


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


AWAY = ["/", "/barrierer/", "/en/moeder/", "/feed/", "/soeg/?q=udbud", "/sitemap.xml"]
AWAY += ["/meetings.ics"]


@pytest.mark.parametrize("path", AWAY)
@pytest.mark.usefixtures("database_away")
def test_database_away(visitor: Client, path: str):
    page = visitor.get(path)

    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert page["Cache-Control"] == "no-store"
    text = page.content.decode()
    assert (
        "It cannot reach its database." in text
        or "Portalen kan ikke få fat i sin database." in text
    )
    assert "secret-host" not in text
    assert "Traceback" not in text


@pytest.mark.usefixtures("database_away")
def test_database_away_speaks_the_visitors_language(visitor: Client):
    assert '<html lang="en">' in visitor.get("/en/").content.decode()
    assert "The portal is down for a moment" in visitor.get("/en/").content.decode()


@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("path", ["/", "/min-side/", "/konto/email/", "/sekretariat/"])
def test_database_away_for_somebody_who_logged_in(visitor: Client, path: str):
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    assert visitor.get(path).status_code == 503


@pytest.mark.usefixtures("database_away")
def test_what_is_sent_while_the_database_is_away_is_refused_as_openly(visitor: Client):
    asked = {"name": "Ea", "email": "ea@example.org", "organisation_name": "Værk"}

    page = visitor.post("/en/bliv-medlem/", asked | {"kind": "company", "message": "Vi vil med."})

    assert page.status_code == 503
    assert "what you wrote still stands" in page.content.decode()


@pytest.mark.usefixtures("database_away")
@pytest.mark.parametrize("path", ["/soeg/", "/bliv-medlem/", "/robots.txt"])
def test_page_without_data_needs_no_database(visitor: Client, path: str):
    assert visitor.get(path).status_code == 200


@pytest.mark.usefixtures("database_away")
def test_health_says_so(visitor: Client):
    answer = visitor.get("/sundhed/")

    assert answer.status_code == 503
    broken = {"database": False, "migrations": False, "worker": False}
    assert answer.json() == {"version": version(), **broken}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("database_away")
def test_portal_is_alive_without_its_database(visitor: Client):
    assert visitor.get("/sundhed/lever/").status_code == 200
    assert visitor.get("/sundhed/klar/").status_code == 503


def test_own_fault(db: None, visitor: Client, monkeypatch: Any):
    def break_down(*args: Any) -> None:
        raise RuntimeError("secret-detail")

    monkeypatch.setattr(views.pages, "page", break_down)

    page = visitor.get("/en/")

    assert page.status_code == 500
    text = page.content.decode()
    assert "Something went wrong" in text
    assert "secret-detail" not in text
    assert "Traceback" not in text
    assert page["Cache-Control"] == "no-store"
    assert "Retry-After" not in page


def test_page_that_is_not_there(db: None, visitor: Client):
    page = visitor.get("/en/barrierer/nothing/")

    assert page.status_code == 404
    assert "The page does not exist" in page.content.decode()


def test_page_for_others(as_member: Client):
    page = as_member.get("/en/sekretariat/")

    assert page.status_code == 403
    assert "You do not have access to this page" in page.content.decode()


def test_form_without_its_token_keeps_its_words(db: None):
    page = Client(enforce_csrf_checks=True).post("/en/bliv-medlem/", {"name": "Ea"})

    assert page.status_code == 403
    assert "The form has expired" in page.content.decode()


def test_what_the_database_refuses_outside_an_act_is_told_and_leaves_no_trace(
    transactional_db: None, visitor: Client, monkeypatch: pytest.MonkeyPatch
):
    """Here the transaction around the whole request is what the database gave up."""

    def ask(**fields: Any) -> None:
        make_theme("Same")
        make_theme("Same")

    monkeypatch.setattr("taskforce.members.views.joining.ask", ask)
    typed = {"name": "Ea", "email": "ea@example.org", "organisation_name": "Os"}
    typed |= {"kind": "company", "message": "Gerne.", "engang": "k1"}

    page = visitor.post("/en/bliv-medlem/", typed)

    assert page.status_code == 409
    assert "This could not be saved" in page.content.decode()
    assert not Theme.objects.filter(name="Same").exists()
    assert not SentForm.objects.exists()


def test_fault_of_the_error_page_itself_is_a_bare_page(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_args: Any) -> None:
        raise ValueError("Missing staticfiles manifest entry")

    monkeypatch.setattr("taskforce.front.faults.render_to_string", broken)
    monkeypatch.setattr(views.pages, "page", broken)

    answer = visitor.get("/")

    assert answer.status_code == 500
    assert "Portalen har en fejl." in answer.content.decode()
