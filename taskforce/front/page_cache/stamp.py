"""The stamp: a value in the database that changes with every commit of something public.

It is drawn, not counted: a database that was restored from a backup never shows a stamp again that
meant something else.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, Error, connection
from django.utils import timezone

from taskforce.front.page_cache import moments


@dataclass(frozen=True)
class Stamp:
    """What a page is kept under: a state of the database, and when the clock ends it."""

    value: str
    until: datetime


_last: Stamp | None = None  # of this process; saves asking again when time changes something


def read() -> Stamp | None:
    """Return the stamp of this moment; None where there is none, or no database.

    Takes one query, and a few more where the stamp is new to this process.
    """
    global _last
    try:
        row = _row()
        if row is None:
            return None
        now, known = timezone.now(), _last
        if known is None or (known.value, True) != (row[0], now < known.until):
            known = _last = Stamp(row[0], moments.next_after(now))
    except DatabaseError:
        return None  # the page tells of the fault
    return known


def _row() -> tuple[str] | None:
    """Ask for the stamp. That itself shows whether the connection still holds.

    Django would ask for that before the first query of each request, which takes as long again.
    """
    was_open = connection.connection is not None
    connection.health_check_done = True  # type: ignore[attr-defined]  # not in the stubs
    try:
        return _asked()
    except Error:
        if not was_open:
            raise
        connection.close()
        return _asked()


def _asked() -> tuple[str] | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT value::text FROM page_stamp")
        row: tuple[str] | None = cursor.fetchone()
        return row


def forget() -> None:
    """Forget what was known of the clock: it was put back."""
    global _last
    _last = None
