"""Parts of pages are as fresh and as secret as kept pages: for whoever is logged in, too."""

from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from barriers.curation import hiding
from barriers.models import Ballot, Barrier
from taskforce.core import parts
from taskforce.front import pages
from taskforce.front.page_cache import middleware
from tests.conftest import LogIn
from tests.factories import make_barrier, make_member, make_secretary


@pytest.fixture
def barrier(transactional_db: None) -> Barrier:
    return make_barrier("Small lots")


@pytest.fixture
def member(log_in: LogIn, barrier: Barrier) -> Client:
    return log_in(make_member())


def queries(browser: Client, path: str = "/") -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_members_share_what_everybody_reads(member: Client, log_in: LogIn):
    first, again = queries(member), queries(member)
    other = queries(log_in(make_member()))

    assert again < first / 2
    assert other > again  # to log in changes what is public: the list of members


def test_a_change_shows_on_the_next_request_of_everybody(member: Client, log_in: LogIn):
    secretary = log_in(make_secretary())
    for title in ("Small lots", "Lots are small", "Lots"):
        Barrier.objects.update(title=title)
        assert [title in browser.get("/").text for browser in (member, secretary, Client())] == [
            True
        ] * 3


def test_what_is_hidden_is_gone_at_once_but_for_the_secretariat(
    member: Client, log_in: LogIn, barrier: Barrier
):
    make_barrier("Complex law")
    by = make_secretary()
    readers = (member, Client(), log_in(by))
    for browser in readers:
        assert "Small lots" in browser.get("/").text

    hiding.hide(barrier=barrier, by=by)

    for _turn in range(2):
        assert ["Small lots" in browser.get("/").text for browser in readers] == [
            False,
            False,
            True,
        ]


def test_no_button_is_shown_to_others(member: Client, log_in: LogIn):
    readers = {"member": member, "stranger": Client(), "secretary": log_in(make_secretary())}
    for _turn in range(2):
        for who, browser in readers.items():
            text = browser.get("/").text
            assert ("/bliv-medlem/" in text) == (who == "stranger")
            assert ("Ret teksten" in text) == (who == "secretary")
            assert ("Tilføj en barriere" in text) == (who != "stranger")


def test_languages_are_apart(member: Client):
    for _turn in range(2):
        assert "From barrier to solution" in member.get("/en/").text
        assert "From barrier to solution" not in member.get("/").text


def test_what_is_shown_changes_with_the_day(member: Client, monkeypatch: pytest.MonkeyPatch):
    def day() -> str:
        return str(timezone.localdate())

    monkeypatch.setattr(pages, "_for_all", parts.kept(lambda by_member: {"title": day()}))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        titles = [member.get("/").context["title"], member.get("/").context["title"]]
        clock.shift(24 * 3600)
        titles.append(member.get("/").context["title"])

    assert titles[0] == titles[1] != titles[2]


def answered(part: Any, request: HttpRequest) -> None:
    """Have a page made for somebody who has a session."""
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "any"
    middleware.kept_pages(lambda _request: part())(request)


def test_a_part_that_reads_what_is_private_is_made_each_time(barrier: Barrier):
    made: list[int] = []
    part = parts.kept(lambda: made.append(Ballot.objects.count()))
    for _turn in range(2):
        answered(part, RequestFactory().get("/"))

    assert made == [0, 0]


def test_a_part_that_writes_is_made_each_time(barrier: Barrier):
    made: list[int] = []
    part = parts.kept(lambda: made.append(Barrier.objects.update(title="Lots")))
    for _turn in range(2):
        answered(part, RequestFactory().get("/"))

    assert made == [1, 1]


def test_what_reads_uses_a_part_and_what_writes_does_not(barrier: Barrier):
    made: list[int] = []
    part = parts.kept(lambda: made.append(1))

    for method in ("get", "head", "get"):
        answered(part, getattr(RequestFactory(), method)("/"))
    assert len(made) == 1
    for method in ("post", "put", "delete"):
        answered(part, getattr(RequestFactory(), method)("/"))
    assert len(made) == 4
