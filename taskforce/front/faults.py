"""Error pages. They need neither the database nor a context processor."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from psycopg.errors import DiskFull

from taskforce.core.files import NO_ROOM

AWAY = (OperationalError, InterfaceError)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 where more is sent than any form holds, and 400 for what no browser sends."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    page = render_to_string("400.html", {"LANGUAGE_CODE": get_language(), "too_much": too_much})
    status = 413 if too_much else 400
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is away, 507 where a disk is full, and 500 for our own errors.

    The first two pass.
    """
    error = sys.exc_info()[1]
    status = 507 if _is_full(error) else 503 if isinstance(error, AWAY) else 500
    # Without the request no context processor runs: one would query who is looking.
    page = render_to_string(f"{status}.html", {"LANGUAGE_CODE": get_language()})
    answer = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    if status != 500:
        answer["Retry-After"] = "30"  # seconds
    return answer


def _is_full(error: BaseException | None) -> bool:
    """Tell whether a disk is full: this one, or the database's."""
    here = isinstance(error, OSError) and error.errno in NO_ROOM
    return here or isinstance(getattr(error, "__cause__", None), DiskFull)
