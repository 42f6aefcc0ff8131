"""Error pages. They need neither the database nor a context processor."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is away, which passes, and 500 for errors of our own."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if away else 500
    # Without the request no context processor runs: one would query who is looking.
    page = render_to_string(f"{status}.html", {"LANGUAGE_CODE": get_language()})
    answer = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    if away:
        answer["Retry-After"] = "30"  # seconds
    return answer
