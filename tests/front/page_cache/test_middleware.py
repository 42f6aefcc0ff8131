"""What strangers are answered from the store, and what is made for each."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from barriers.models import Barrier
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.front.models import MissedSearch
from taskforce.front.page_cache import asked, middleware, stamp
from tests.conftest import LogIn
from tests.factories import make_barrier, make_member, make_secretary

LIST = "/barrierer/"


def test_a_page_is_made_once(made: list[str], stranger: Client):
    first = stranger.get(LIST)
    again = Client().get(LIST)

    assert made == ["/barrierer/?"]
    assert again.content == first.content
    for answer in (first, again):
        del answer["X-Request-ID"]
    assert [*again.items()] == [*first.items()]


def test_a_change_shows_on_the_next_request(made: list[str], stranger: Client):
    stranger.get(LIST)
    Barrier.objects.update(title="Lots are small")

    assert "Lots are small" in stranger.get(LIST).text


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/en/barrierer/",
        "/",
        "/feed/atom/",
        "/feed/json/",
        "/meetings.ics",
        "/barrierer/barrierer.csv",
    ],
)
def test_pages_feeds_calendars_and_sheets_are_kept(path: str, made: list[str], stranger: Client):
    answers = {stranger.get(path).content for _turn in range(3)}

    assert len(made) == 1
    assert len(answers) == 1


def test_what_no_page_reads_of_a_query_makes_no_page(made: list[str], stranger: Client):
    whole = stranger.get(LIST).content
    stranger.get(LIST, {"utm_source": "a", "fbclid": "a"})
    del made[:]
    size = middleware.store.size
    for number in range(50):
        assert stranger.get(LIST, {"utm_source": number, "fbclid": "x"}).content == whole

    assert made == []
    assert middleware.store.size == size


def test_names_that_differ_each_time_make_no_page(made: list[str], stranger: Client):
    whole = stranger.get(LIST).content
    size = middleware.store.size
    for number in range(10):
        assert stranger.get(LIST, {f"x{number}": "1"}).content == whole

    assert middleware.store.size == size


def test_a_flood_of_names_takes_no_page_from_those_who_come_after_it(
    made: list[str], stranger: Client
):
    stranger.get(LIST)
    for number in range(1_000):
        middleware.store.learn(LIST, frozenset(), [f"a{number}"])
    stranger.get(LIST, {"utm_source": "mail"})
    del made[:]

    stranger.get(LIST, {"utm_source": "other"})

    assert made == []


def test_a_page_that_reads_a_name_beside_another_alone_is_the_right_one(made: list[str]):
    def page(request: HttpRequest) -> HttpResponse:
        told = request.GET.get("b", "none") if request.GET.get("a") == "2" else "unasked"
        return HttpResponse(told, headers={"Cache-Control": "public"})

    answered = middleware.kept_pages(asked.watch_query(page))

    def ask(**query: str) -> str:
        return str(answered(RequestFactory().get("/page/", query)).text)

    for _turn in range(2):
        assert ask(a="1", b="5") == ask(b="5") == ask() == "unasked"
        assert [ask(a="2", b="5"), ask(a="2"), ask(a="2", b="6", c="7")] == ["5", "none", "6"]


def test_who_comes_first_with_what_no_page_reads_carries_it_into_no_link(
    made: list[str], stranger: Client
):
    assert "utm_source" not in stranger.get(LIST, {"utm_source": "mail", "q": "lots"}).text
    assert made[-1] == "/barrierer/?q=lots"


def test_what_a_page_reads_makes_another_page(made: list[str], stranger: Client):
    make_barrier("Complex law")

    assert "Small lots" in stranger.get(LIST).text
    assert "Small lots" not in stranger.get(LIST, {"q": "complex"}).text
    assert "Small lots" not in stranger.get(LIST, {"q": "complex", "utm_source": "x"}).text


def test_the_order_of_a_query_makes_no_other_page(made: list[str], stranger: Client):
    stranger.get(f"{LIST}?q=lots&sorter=dato")
    stranger.get(f"{LIST}?sorter=dato&q=lots")

    assert len(made) == 1


def test_a_browser_shows_what_it_has(made: list[str], stranger: Client):
    etag = stranger.get(LIST)["ETag"]

    answer = stranger.get(LIST, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)
    assert answer["Cache-Control"] == "public, no-cache"


def test_a_browser_shows_what_it_has_though_it_is_dropped_here(made: list[str], stranger: Client):
    etag = stranger.get(LIST)["ETag"]
    middleware.store.keep = lambda *_page: None  # type: ignore[method-assign]
    try:
        middleware.store._pages.clear()
        answer = stranger.get(LIST, headers={"If-None-Match": f'W/"other", {etag}'})
    finally:
        del middleware.store.keep

    assert answer.status_code == 304
    assert len(made) == 1


def test_a_browser_gets_the_new_page(made: list[str], stranger: Client):
    etag = stranger.get(LIST)["ETag"]
    Barrier.objects.update(title="Lots are small")

    answer = stranger.get(LIST, headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_a_time_alone_lets_no_browser_show_what_was_hidden(made: list[str], stranger: Client):
    for _turn in range(2):  # the first one brings the book of open data up to date
        then = stranger.get("/data/barriers.json")
    assert "Small lots" in then.text

    Barrier.objects.update(hidden_at=timezone.now())

    since = {"If-Modified-Since": then["Last-Modified"]}
    answer = stranger.get("/data/barriers.json", headers=since)
    assert answer.status_code == 200
    assert "Small lots" not in answer.text


def test_a_browser_shows_what_it_has_of_a_page_that_is_not_kept(made: list[str], stranger: Client):
    query = {"q": "surdejsbrød"}
    etag = stranger.get("/soeg/", query)["ETag"]

    assert stranger.get("/soeg/", query, headers={"If-None-Match": etag}).status_code == 304
    assert middleware.store.size == 0


def test_only_the_head_is_asked_for(made: list[str], stranger: Client):
    head = stranger.head(LIST)
    page = stranger.get(LIST)

    assert head.content == b""
    assert head["ETag"] == page["ETag"]
    assert head["Content-Length"] == str(len(page.content))
    assert len(made) == 1


def test_compressed_and_plain_pages_are_kept_beside_each_other(made: list[str], stranger: Client):
    plain = stranger.get(LIST)
    packed = stranger.get(LIST, headers={"Accept-Encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)
    assert packed["ETag"] == plain["ETag"]
    assert "Content-Encoding" not in stranger.get(LIST).headers
    assert len(made) == 2


def test_nothing_is_kept_that_was_made_for_a_session(
    made: list[str], stranger: Client, log_in: LogIn
):
    secretary, member = log_in(make_secretary()), log_in(make_member())
    for browser in (secretary, member):
        assert browser.get(LIST)["Cache-Control"] == "private, no-store"
    assert made == []

    stranger.get(LIST)
    assert "/min-side/" in secretary.get(LIST).text
    assert "/min-side/" not in stranger.get(LIST).text


@pytest.mark.parametrize("path", ["/bliv-medlem/", "/konto/login/"])
def test_no_cookie_is_kept(path: str, made: list[str]):
    cookies = {Client().get(path).cookies["csrftoken"].value for _turn in range(3)}

    assert len(cookies) == 3
    assert middleware.store.size == 0


def test_a_message_is_shown_to_whom_it_is_for(made: list[str], stranger: Client):
    stranger.get(LIST)
    stranger.cookies["messages"] = "anything"
    stranger.get(LIST)

    assert len(made) == 1  # the second one was made outside of what is kept


def test_a_page_that_writes_is_made_each_time(made: list[str], stranger: Client):
    for _turn in range(3):
        stranger.get("/soeg/", {"q": "surdejsbrød"})

    assert MissedSearch.objects.get().times == 3


@pytest.mark.parametrize("path", ["/barrierer/ingen/", "/en/", "/moeder/9999/"])
def test_what_is_not_there_is_not_kept(path: str, made: list[str], stranger: Client):
    status = stranger.get(path).status_code

    assert (middleware.store.size == 0) == (status != 200)


def test_a_query_that_is_longer_than_a_page_is_not_kept(made: list[str], stranger: Client):
    assert stranger.get(LIST, {"q": "x" * middleware.LONGEST}).status_code == 200

    assert made == []
    assert middleware.store.size == 0


def test_health_is_asked_each_time(made: list[str], stranger: Client):
    stranger.get("/sundhed/")

    assert made == []
    assert middleware.store.size == 0


def test_another_host_is_refused_after_a_page_is_kept(made: list[str], stranger: Client):
    stranger.get(LIST)

    assert stranger.get(LIST, headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/sitemap.xml", "/robots.txt", "/feed/", "/feed/atom/", "/feed/json/"]
)
def test_answers_are_the_same_whatever_host_is_asked(
    path: str, made: list[str], stranger: Client, settings: Any
):
    settings.ALLOWED_HOSTS = ["one.example"]
    record(Verb.ADDED, Barrier.objects.get(), by=None)

    text = stranger.get(path, headers={"Host": "one.example"}).text

    assert settings.SITE_URL in text
    assert "one.example" not in text


def test_too_long_a_query_is_refused_as_ever(made: list[str], stranger: Client, settings: Any):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    stranger.get(LIST)

    answer = stranger.get(f"{LIST}?a&b&c&d&e")

    assert answer.status_code in (400, 413)
    assert answer["Content-Security-Policy"]


def test_without_a_database_the_page_says_so(
    made: list[str], stranger: Client, monkeypatch: pytest.MonkeyPatch
):
    stranger.get(LIST)
    stranger.raise_request_exception = False

    def away(*_args: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        answer = stranger.get(LIST)

    assert answer.status_code == 503
    assert stranger.get(LIST).status_code == 200


def test_without_a_stamp_pages_are_made_each_time(made: list[str], stranger: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM page_stamp")

    assert stamp.read() is None
    assert stranger.get(LIST).status_code == 200
    assert made == []

    make_barrier("The next change")
    assert stamp.read()


def test_many_who_ask_at_once_have_a_page_made_once(made: list[str]):
    def ask(_number: int) -> bytes:
        try:
            return Client().get(LIST).content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as crowd:
        answers = {*crowd.map(ask, range(48))}

    assert len(answers) == 1
    assert made == ["/barrierer/?"]


def test_memory_stays_though_every_query_differs(made: list[str], stranger: Client):
    few = middleware.Store(200_000)
    kept, middleware.store = middleware.store, few
    try:
        for number in range(40):
            stranger.get(LIST, {"q": f"word{number}"})
            assert few.size <= few.limit
    finally:
        middleware.store = kept
    assert len(made) == 40
