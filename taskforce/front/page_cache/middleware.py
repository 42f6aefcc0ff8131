"""Middleware that answers strangers with kept pages, and keeps those that it has made."""

import hashlib
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import patch_vary_headers

from taskforce.core import parts
from taskforce.front.page_cache import stamp, watching
from taskforce.front.page_cache.asked import without_unread
from taskforce.front.page_cache.store import Names, Page, Store

View = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[object, ...]

OF_SOMEBODY = {settings.SESSION_COOKIE_NAME, "messages"}
# Files are kept by whoever serves them; health is asked of the portal as it is.
PASSED_ON = (settings.STATIC_URL, "/sundhed/")
LONGEST = 1_000  # bytes of a query; a longer one would weigh more than its page
TURNS = 4  # in which a page shows all that it reads of its query; most take one
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)

# What shapes a page beside the database.
CODE = (
    "taskforce",
    "meetings",
    "barriers",
    "initiatives",
    "calls",
    "templates",
    "static",
    "locale",
)
SHAPES = {".py", ".html", ".txt", ".mo", ".css", ".js", ".svg", ".typ"}

store = Store(settings.PAGE_CACHE_BYTES)


def kept_pages(get_response: View) -> View:
    """Answer with the kept page where nothing public changed since it was made.

    What is made for somebody who is logged in still shares the parts that everybody reads alike.
    """

    def middleware(request: HttpRequest) -> Any:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        if not request.path_info.startswith(settings.STATIC_URL):
            # `Last-Modified` tells when what is there changed, not that something was hidden.
            request.META.pop("HTTP_IF_MODIFIED_SINCE", None)
        holds = stamp.read() if _is_of_strangers(request) else None
        with parts.kept_under(lambda: holds or stamp.read(), _Reading):
            return _answer(request, holds) if holds else get_response(request)

    def _answer(request: HttpRequest, holds: stamp.Stamp) -> Any:
        names = store.names_of(request.path_info)
        if not names.tell_of(request.GET):
            return _make(request, names, holds, get_response)
        key = _key(request, names, holds)
        if response := _kept(request, key):
            return response
        with store.turns.alone(key) as is_mine:
            if not is_mine and (response := _kept(request, key)):
                return response
            return _make(request, names, holds, get_response)

    return middleware


def _is_of_strangers(request: HttpRequest) -> bool:
    """Tell whether everybody is answered alike, from what is committed."""
    if not store.limit or request.path_info.startswith(PASSED_ON):
        return False
    if OF_SOMEBODY & request.COOKIES.keys() or connection.in_atomic_block:
        return False
    if len(request.META["QUERY_STRING"]) > LONGEST:
        return False
    try:
        return bool(request.get_host()) and request.GET is not None
    except SuspiciousOperation:  # refused further in, where the answer gets its headers
        return False


def _key(request: HttpRequest, names: Names, holds: stamp.Stamp) -> Key:
    query = without_unread(request.GET, names.read)
    return (request.scheme, request.path_info, query, holds)


def _kept(request: HttpRequest, key: Key) -> Any:
    """Return the answer that is kept; None where the page must be made."""
    page = store.get((*key, _takes_gzip(request)))
    if page:
        request.resolver_match = page.resolver_match
    had = request.META.get("HTTP_IF_NONE_MATCH")
    if had and _etag(key) in had:
        return _not_modified(key)
    return page and _answer_of(page)


def _answer_of(page: Page) -> HttpResponse:
    answer = HttpResponse(page.body)
    answer.headers = ResponseHeaders(page.headers)
    return answer


def _conditional(request: HttpRequest, response: HttpResponseBase) -> Any:
    """Leave the page out where the browser has it: it was made whole, whatever was asked."""
    return ConditionalGetMiddleware(lambda _request: response)(request)


def _not_modified(key: Key) -> HttpResponse:
    """Tell a browser to show what it has: it was made of this state, though dropped here since."""
    response = HttpResponseNotModified()
    response["ETag"], response["Cache-Control"] = _etag(key), "public, no-cache"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    return response


def _make(request: HttpRequest, names: Names, holds: stamp.Stamp, get_response: View) -> Any:
    """Have the page made, and keep it under what it reads of its query, if it is for everybody.

    Most pages take one turn. One that was asked what it does not read, or reads a name for the
    first time, is made anew of what it reads.
    """
    read = names.read
    query = without_unread(request.GET, {*request.GET}.difference(names.unread))
    for _turn in range(TURNS):
        inner, tables = _request(request, query), _Reading()
        with connection.execute_wrapper(tables):
            response = get_response(inner)
        request.resolver_match = inner.resolver_match
        read = read | inner.names_read  # type: ignore[attr-defined]
        wanted = without_unread(request.GET, read)
        lacks_nothing = len(wanted) <= len(query)  # one of them is a part of the other
        if lacks_nothing and not (tables.are_public and _is_for_everybody(response)):
            return _conditional(request, response)
        if wanted == query:
            known = store.learn(request.path_info, read, request.GET)
            return _keep(request, _key(request, known, holds), response)
        query = wanted
    return get_response(request)


def _keep(request: HttpRequest, key: Key, response: Any) -> Any:
    response["ETag"] = _etag(key)
    page = Page(response.content, dict(response.items()), request.resolver_match)
    store.keep((*key, _takes_gzip(request)), page)
    return _conditional(request, response)


def _request(request: HttpRequest, query: str) -> WSGIRequest:
    """Return the request for the whole page, as of a browser that has none yet."""
    environ = {**request.META, "REQUEST_METHOD": "GET", "QUERY_STRING": query}
    for condition in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"):
        environ.pop(condition, None)
    inner = WSGIRequest(environ)
    inner.names_read = set()  # type: ignore[attr-defined]  # for `asked.watch_query`
    return inner


def _is_for_everybody(response: HttpResponseBase) -> bool:
    is_whole = response.status_code == 200 and not response.streaming
    is_public = "public" in response.headers.get("Cache-Control", "")
    return is_whole and is_public and not response.cookies


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _etag(key: Key) -> str:
    told = repr((_release(), key))
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


@cache
def _release() -> str:
    """Return a digest of the portal's code: another release makes other pages of the same rows."""
    found = hashlib.sha256()
    for folder in CODE:
        for path in sorted((settings.BASE / folder).rglob("*")):
            if path.suffix in SHAPES:
                found.update(path.read_bytes())
    return found.hexdigest()


class _Reading:
    """Notes whether all that a page asks of the database is watched, and nothing is written."""

    def __init__(self) -> None:
        self.are_public = True

    def __call__(self, execute: Any, statement: Any, params: Any, many: bool, context: Any) -> Any:
        self.are_public = self.are_public and _is_watched(str(statement))
        return execute(statement, params, many, context)


@lru_cache(maxsize=1_000)
def _is_watched(statement: str) -> bool:
    reads_private = watching.PRIVATE & {*re.findall(r"\w+", statement)}
    return not reads_private and not WRITES.match(statement)
