"""The language of a response, and who may cache it."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.translation import get_language

from taskforce.core.middleware import cache_headers, language_by_path


def speak(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_language())


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/", "da"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/moeder/3/", "en"),
        ("/england/", "da"),
        ("/moeder/en/", "da"),
    ],
)
def test_path_decides_the_language(rf: RequestFactory, path: str, language: str):
    request = rf.get(path, headers={"Accept-Language": "de"})

    answer = language_by_path(speak)(request)

    assert (answer.content.decode(), answer["Content-Language"]) == (language, language)


def test_language_that_a_view_names_stays(rf: RequestFactory):
    answer = language_by_path(lambda _request: HttpResponse(headers={"Content-Language": "de"}))

    assert answer(rf.get("/"))["Content-Language"] == "de"


def test_language_does_not_outlast_the_request(rf: RequestFactory):
    before = get_language()

    language_by_path(speak)(rf.get("/en/"))

    assert get_language() == before


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_request_with_a_cookie_of_ours_is_kept_by_nobody(rf: RequestFactory, cookie: str):
    request = rf.get("/")
    request.COOKIES[cookie] = "x"

    assert cache_headers(speak)(request)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("cookie", ["csrftoken", "consent"])
def test_request_with_another_cookie_may_be_cached(rf: RequestFactory, cookie: str):
    request = rf.get("/")
    request.COOKIES[cookie] = "x"

    assert cache_headers(speak)(request)["Cache-Control"] == "public, no-cache"


def test_response_that_sets_a_cookie_is_kept_by_nobody(rf: RequestFactory):
    def view(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse()
        answer.set_cookie("anything", "x")
        return answer

    assert cache_headers(view)(rf.get("/"))["Cache-Control"] == "private, no-store"


def test_headers_that_a_view_sets_stay(rf: RequestFactory):
    view = cache_headers(lambda _request: HttpResponse(headers={"Cache-Control": "max-age=60"}))

    assert view(rf.get("/"))["Cache-Control"] == "max-age=60"
