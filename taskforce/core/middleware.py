"""What every request and answer has in common: clean text, a language, how long it is kept."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_cache_control

from taskforce.core.text import clean

View = Callable[[HttpRequest], HttpResponse]


def language_by_path(get_response: View) -> View:
    """Speak English under /en/ and Danish elsewhere, whatever the browser prefers.

    Django's LocaleMiddleware reads `Accept-Language`, too, and makes every response vary by it:
    a cache could not hold one copy of a page for everybody.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        language = "en" if f"{request.path_info}/".startswith("/en/") else "da"
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def cache_headers(get_response: View) -> View:
    """Let caches hold what a stranger sees, and nothing that was made for one person.

    A request without a session or a message, answered without setting a cookie, is the same for
    everybody. Whoever opened a form carries a CSRF cookie afterwards; a page with a form sets it.
    """
    ours = {settings.SESSION_COOKIE_NAME, "messages"}

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            if ours & request.COOKIES.keys() or response.cookies:
                patch_cache_control(response, private=True, no_store=True)
            else:
                patch_cache_control(response, public=True, no_cache=True)
        return response

    return middleware


class CompressText(GZipMiddleware):
    """Send pages compressed; pictures and papers are compressed in themselves."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        kind = response.headers.get("Content-Type", "")
        is_text = kind.startswith("text/")
        return super().process_response(request, response) if is_text else response


def clean_input(get_response: View) -> View:
    """Clean every text that comes in: addresses, forms, and the names of files."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.GET = cleaned(request.GET)  # type: ignore[assignment]  # stubs want a private class
        if request.method == "POST":
            request.POST = cleaned(request.POST)  # type: ignore[assignment]  # stubs know no setter
            for _name, files in request.FILES.lists():
                for file in files:
                    file.name = clean(file.name or "")
        return get_response(request)

    return middleware


def cleaned(query: QueryDict) -> QueryDict:
    """Return a query with clean names and values."""
    found = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in query.lists():
        found.setlist(clean(name), [clean(value) for value in values])
    found._mutable = False
    return found


def no_page_here(get_response: View) -> View:
    """Say in a page that an address only takes a form: a bookmark or a log-in may lead there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_blank = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
        if not is_blank or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware
