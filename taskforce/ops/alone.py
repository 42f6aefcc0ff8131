"""Do what must not be done twice at once: under a lock of the database, held by this connection."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

PATIENCE = 600  # seconds; a migration of a large table takes its time
PAUSE = 0.5  # seconds


class StillHeldError(Exception):
    """Somebody else holds the lock, and did so all the time."""


@contextmanager
def alone(
    name: str,
    *,
    using: str = "default",
    patience: float = PATIENCE,
    waits: Callable[[], object] = lambda: None,
) -> Iterator[None]:
    """Hold the lock `name`; call `waits` once if another one holds it. Raises StillHeldError.

    It asks again and again instead of waiting inside Postgres: a statement that waits would keep
    an index from being made CONCURRENTLY, by whoever holds the lock.
    """
    until = time.monotonic() + patience
    has_told = False
    while not _ask(using, "pg_try_advisory_lock", name):
        if time.monotonic() > until:
            raise StillHeldError(name)
        if not has_told:
            has_told = True
            waits()
        time.sleep(PAUSE)
    try:
        yield
    finally:
        _ask(using, "pg_advisory_unlock", name)


def _ask(using: str, function: str, name: str) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"taskforce.{name}"])
        (answer,) = cursor.fetchone() or (False,)
    return bool(answer)
