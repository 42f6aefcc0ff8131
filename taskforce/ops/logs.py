"""The log: a line for each request and each fault, and nothing that tells of a person.

No line holds an address, a query string or what a job carries: they may tell a name, or be a key
that lets somebody in. Of a fault its place in the code is told, and not its words, which may quote
what somebody typed; only those of a database that is away are.
"""

import json
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

request_id: ContextVar[str] = ContextVar("request_id", default="")
TELLING = (OperationalError, InterfaceError)
MOST = 20  # faults of a chain or a group that are told


class Plain(logging.Formatter):
    """A line to read: `INFO taskforce.requests: GET barrierer/ 200 in 41 ms [8c1f…]`."""

    def format(self, record: logging.LogRecord) -> str:
        known = request_id.get()
        line = f"{record.levelname} {record.name}: {words(record)}" + (
            f" [{known}]" if known else ""
        )
        return "\n".join([line, *fault_of(record)])


class Json(logging.Formatter):
    """A line for a program, of one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line |= {"request": request_id.get()} if request_id.get() else {}
        line |= getattr(record, "facts", None) or {"message": words(record)}
        if fault := fault_of(record):
            line["fault"] = "\n".join(fault)
        return json.dumps(line, ensure_ascii=False)


def words(record: logging.LogRecord) -> str:
    """Return what a record says, without what it may say of a person."""
    job = getattr(record, "job", None)
    if isinstance(job, dict):  # its words quote the letter that it sends
        return f"{job.get('task_name')}[{job.get('id')}] {getattr(record, 'action', '')}"
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest) or record.name == "django.security.DisallowedHost":
        return record.getMessage()
    if record.name == "django.security.csrf" and isinstance(record.args, tuple):
        # Its reason, up to where it quotes a header.
        return f"CSRF refused {route_of(request)}: {str(record.args[0]).partition(' - ')[0]}"
    return f"{getattr(record, 'status_code', '')} {route_of(request)}".strip()


def route_of(request: HttpRequest) -> str:
    """Return the pattern of a request's address, such as `moeder/<int:pk>/`; "-" for none."""
    return getattr(request.resolver_match, "route", "") or "-"


def fault_of(record: logging.LogRecord) -> list[str]:
    """Return the lines that tell where a fault came from; none if there is none."""
    if record.name == "django.security.DisallowedHost":  # each scanner's request, told in a line
        return []
    error = record.exc_info[1] if record.exc_info else None
    return [line.rstrip() for line in _told(error)] if error else []


def _told(error: BaseException, known: set[int] | None = None) -> Iterator[str]:
    known = set() if known is None else known
    known.add(id(error))
    hidden = None if error.__suppress_context__ else error.__context__
    before = error.__cause__ or hidden
    if before and id(before) not in known and len(known) < MOST:
        yield from _told(before, known)
    yield from traceback.format_tb(error.__traceback__)
    said = str(error).partition("\n")[0] if isinstance(error, TELLING) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}" + (f": {said}" if said else "")
    for one in getattr(error, "exceptions", ()):
        if id(one) not in known and len(known) < MOST:
            yield from _told(one, known)
