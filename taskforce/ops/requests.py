"""Each request: its number, its line in the log, and a count of slow answers and faults."""

import logging
import re
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from taskforce.ops.logs import request_id, route_of
from taskforce.ops.models import Tally, Trouble

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9_-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
PASSING = 503  # the database is away: nothing is counted where it would be
KEPT = timedelta(days=31)

logger = logging.getLogger("taskforce.requests")


def noted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware that gives a request its number, logs it, and counts it if it is trouble."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        number = request_id.set(number_of(request))
        try:
            response = get_response(request)
            response.headers[HEADER] = request_id.get()
            seconds = time.perf_counter() - began
            _log(request, response.status_code, seconds)
            _count(response.status_code, seconds)
            return response
        finally:
            request_id.reset(number)

    return middleware


def number_of(request: HttpRequest) -> str:
    """Return the number that our proxy gave a request, if it is sane; else one of our own."""
    given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
    return given if SANE.fullmatch(given) else uuid4().hex


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    method = request.method if request.method in METHODS else "-"
    is_static = request.path_info.startswith(settings.STATIC_URL)
    route = settings.STATIC_URL.lstrip("/") if is_static else route_of(request)
    facts = {
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000),
    }
    logger.info(
        "%(method)s %(route)s %(status)s in %(milliseconds)s ms", facts, extra={"facts": facts}
    )


def _count(status: int, seconds: float) -> None:
    if status >= 500 and status != PASSING:
        count(Trouble.FAULT)
    elif seconds > settings.SLOW_ANSWER:
        count(Trouble.SLOW)


def count(kind: Trouble) -> None:
    """Count one more today; a database that cannot takes nothing from the answer."""
    table = connection.ops.quote_name(Tally._meta.db_table)
    more = (
        f"INSERT INTO {table} (day, kind, number) VALUES (%s, %s, 1)"  # noqa: S608  # our own name
        " ON CONFLICT (day, kind) DO UPDATE SET number = " + table + ".number + 1"
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(more, [timezone.localdate(), kind])
    except Error:
        logger.warning("An answer of the kind %s could not be counted.", kind)


def forget() -> None:
    """Delete counts that are over a month old."""
    Tally.objects.filter(day__lt=timezone.localdate() - KEPT).delete()
