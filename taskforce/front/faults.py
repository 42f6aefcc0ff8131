"""Error pages. They need neither the database nor a context processor."""

import logging
import sys
from typing import Any

from django.apps import apps
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import BaseConstraint
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from psycopg.errors import DiskFull

from taskforce.core.files import NO_ROOM

BARE = "<!doctype html><title>Fejl</title><p>Portalen har en fejl. / The portal has a fault."
AWAY = (OperationalError, InterfaceError)
logger = logging.getLogger(__name__)
USUAL = BaseConstraint.default_violation_error_message


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 413 where more is sent than any form holds, and 400 for what no browser sends."""
    too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    page = _page("400.html", {"LANGUAGE_CODE": get_language(), "too_much": too_much})
    status = 413 if too_much else 400
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 where the database is away, 507 where a disk is full, and 500 for our own errors.

    The first two pass. 409 says that the database refused what an act let through, most likely
    since somebody else was quicker.
    """
    error = sys.exc_info()[1]
    status = _status(error)
    if status == 409 and connection.in_atomic_block:
        transaction.set_rollback(True)  # what was written before it goes too
    # Without the request no context processor runs: one would query who is looking.
    context = {"LANGUAGE_CODE": get_language(), "sentence": _sentence(error)}
    page = _page(f"{status}.html", context)
    answer = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    if status in (503, 507):
        answer["Retry-After"] = "30"  # seconds
    return answer


def _page(template: str, context: dict[str, Any]) -> str:
    """Return an error page; a bare one where even that has a fault, as without static files."""
    try:
        return render_to_string(template, context)
    except Exception:  # whatever it is, it must not hide the error that this page is about
        logger.exception("The page %s has a fault itself.", template)
        return BARE


def _status(error: BaseException | None) -> int:
    if _is_full(error):
        return 507
    if isinstance(error, IntegrityError):
        return 409
    return 503 if isinstance(error, AWAY) else 500


def _sentence(error: BaseException | None) -> str:
    """Return what the constraint that refused says of itself; "" where it says nothing."""
    diagnosis = getattr(getattr(error, "__cause__", None), "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_models() if name else ():
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message != USUAL:
                return str(constraint.violation_error_message)
    return ""


def _is_full(error: BaseException | None) -> bool:
    """Tell whether a disk is full: this one, or the database's."""
    here = isinstance(error, OSError) and error.errno in NO_ROOM
    return here or isinstance(getattr(error, "__cause__", None), DiskFull)
