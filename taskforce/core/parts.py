"""Parts of pages that everybody reads alike, kept until something public changes.

    @parts.kept
    def choices() -> tuple[tuple[int, str], ...]: …

A function so marked returns what everybody reads alike, or all of a role, and never what depends on
who asks: it gets keys and choices, and reads the rows itself. Threads share what it returns:
tuples and other values that nobody changes, never querysets. A part is kept under the function, its
arguments, the language and the stamp of the request (`front/page_cache`), which is read before the
part is made: so it is as new as the stamp or newer. Outside of requests that read, and within a
transaction, the function is called each time.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from taskforce.core.latest import Latest
from taskforce.core.turns import Turns

P = ParamSpec("P")
T = TypeVar("T")

MOST = 5_000  # kilobytes of parts of the latest stamp
LEAST = 10  # as which one counts: what is no text weighs, too


class Stamp(Hashable, Protocol):
    """A state of what is public, and when the clock ends it."""

    @property
    def until(self) -> datetime: ...


class Reading(Protocol):
    """Looks at what is asked of the database."""

    @property
    def are_public(self) -> bool: ...

    def __call__(self, *asked: Any) -> Any: ...


class _Asking:
    """A request, as far as parts need it: its stamp, which the first part reads."""

    def __init__(self, read: Callable[[], Stamp | None], watch: Callable[[], Reading]) -> None:
        self._read, self.watch = read, watch
        self._stamp: Stamp | None = None
        self._is_read = False

    def stamp(self) -> Stamp | None:
        """Return what to keep parts under at this moment; None where nothing is kept."""
        if connection.in_atomic_block:
            return None
        if not self._is_read:
            self._stamp, self._is_read = self._read(), True
        is_over = self._stamp is not None and self._stamp.until <= timezone.now()
        return None if is_over else self._stamp


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)
_parts = Latest(MOST)
_stamp: Stamp | None = None  # of the parts
_turns = Turns()
_NONE: Any = object()


@contextmanager
def kept_under(read: Callable[[], Stamp | None], watch: Callable[[], Reading]) -> Iterator[None]:
    """Keep the parts of a request that reads; `watch` tells whether a part reads public tables."""
    token = _asking.set(_Asking(read, watch))
    try:
        yield
    finally:
        _asking.reset(token)


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function that returns what is the same for everybody. See the module."""

    @wraps(function)
    def part(*args: P.args, **kwargs: P.kwargs) -> T:
        asking = _asking.get()
        stamp = None if asking is None else asking.stamp()
        if asking is None or stamp is None:
            return function(*args, **kwargs)
        key = (function, args, *sorted(kwargs.items()), get_language(), stamp)
        found: T = _parts.get(key, _NONE)
        if found is not _NONE:
            return found
        with _turns.alone(key) as is_mine:
            if not is_mine and (found := _parts.get(key, _NONE)) is not _NONE:
                return found
            reading = asking.watch()
            with connection.execute_wrapper(reading):
                made = function(*args, **kwargs)
            if reading.are_public:
                _keep(key, made, stamp)
            return made

    return part


def forget() -> None:
    """Forget all parts."""
    _parts.clear()


def _keep(key: Hashable, made: Any, stamp: Stamp) -> None:
    """Keep a part, and none of another stamp: nobody asks for those any more."""
    global _stamp
    if isinstance(made, QuerySet | Model | Iterator):
        raise TypeError(f"A part is a value that threads can share, not {type(made).__name__}.")
    if stamp != _stamp:
        _parts.clear()
        _stamp = stamp
    _parts.keep(key, made, weight=_weight(made))


def _weight(made: Any) -> int:
    values = made.values() if isinstance(made, dict) else [made]
    return max(LEAST, sum(len(value) for value in values if isinstance(value, str)) // 1_000)
