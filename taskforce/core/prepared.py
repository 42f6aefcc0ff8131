"""Queries whose SQL is written once: Django takes longer to write it than Postgres to answer it.

    @prepared
    def _statements(viewer: Viewer, barrier: int) -> QuerySet[Statement]:
        return Statement.objects.visible_to(viewer).filter(barrier=barrier)

A function so marked answers with a list of its rows. Numbers, texts, days, tuples of them and keys
of people are filled in each time; a role, a language and other choices have SQL of their own.
Numbers come from rows: one that somebody typed may be too large for its column.

The SQL is learned from two calls with invented arguments: what differs between the two is theirs.
Who looks is stood in for by keys and a role, so that nothing else of a person can stay behind. A
query that depends on anything more is refused at its first call: on the clock, or on other rows.
The floor of members registers how its people are stood in for.
"""

import copy
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import wraps
from itertools import count
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Model, Prefetch, QuerySet
from django.utils.translation import get_language

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
R = TypeVar("R")

DAYS, MOMENTS = date(2001, 1, 1), datetime(2001, 1, 1, tzinfo=UTC)
FILLED_IN: dict[type, Callable[[int], Any]] = {
    int: int,
    str: "argument {}".format,
    date: lambda number: DAYS + timedelta(number),
    datetime: lambda number: MOMENTS + timedelta(number),
}


@dataclass(frozen=True)
class StandIn:
    """How people of a model are stood in for: by their keys, and what SQL depends on."""

    shape: Callable[[Any], Hashable]
    keys: Callable[[Any], Iterator[int]]
    invent: Callable[[Any, Iterator[int]], Any]  # for somebody, with numbers for keys


STAND_INS: dict[type[Model], StandIn] = {}


class PrepareError(TypeError):
    """A query that depends on more than the arguments of its function."""


@dataclass
class _Written:
    """A query with its SQL, for arguments of one shape."""

    rows: QuerySet[Any, Any]
    arguments: list[Any]  # as far as they are filled in
    compiler: Any = None
    sql: str = ""  # none where there can be no rows
    params: tuple[Any, ...] = ()
    places: Sequence[tuple[int, int]] = ()  # which parameter is which argument

    def ask(self, arguments: list[Any]) -> list[Any]:
        if not self.sql:
            return []
        params = [*self.params]
        for place, argument in self.places:
            kind = type(params[place])  # says of a number how many bytes it takes
            value = arguments[argument]
            params[place] = kind(value) if issubclass(kind, int) else value
        compiler, query = copy.copy(self.compiler), copy.copy(self.rows.query)
        compiler.connection = connections["default"]  # each thread has its own
        compiler.as_sql = lambda: (self.sql, tuple(params))
        vars(query)["get_compiler"] = lambda *_args, **_kwargs: compiler
        asked: Any = object.__new__(type(self.rows))
        vars(asked).update(vars(self.rows), _query=query)
        return [*asked]


def prepared(make: Callable[P, QuerySet[M, R]]) -> Callable[P, list[R]]:
    """Decorate a function that makes a query of its arguments. See the module."""
    known: dict[Hashable, _Written] = {}

    @wraps(make)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[R]:
        given = (*args, *kwargs.values())
        shape = (*map(_shape, given), *kwargs, get_language())
        if shape not in known:
            known[shape] = _learn(make, args, kwargs)
        return known[shape].ask([value for one in given for value in _values(one)])

    return rows


def _shape(value: Any) -> Hashable:
    """Return what an argument's SQL depends on."""
    if isinstance(value, AnonymousUser):
        return AnonymousUser
    if stand_in := _stand_in(value):
        return value.__class__, stand_in.shape(value)
    if isinstance(value, tuple):
        return tuple, *map(_shape, _filled_up(value))
    if type(value) in FILLED_IN:
        return (type(value),)
    if value is None or isinstance(value, bool | Enum | type):
        return value
    raise PrepareError(f"{value!r} is neither a value nor a choice.")


def _values(value: Any) -> Iterator[Any]:
    """Yield what an argument fills in."""
    if stand_in := _stand_in(value):
        yield from stand_in.keys(value)
    elif isinstance(value, tuple):
        yield from _filled_up(value)
    elif type(value) in FILLED_IN:
        yield value


def _stand_in(value: Any) -> StandIn | None:
    return STAND_INS.get(value.__class__)  # that of whom a lazy object stands for


def _filled_up(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Repeat the last value up to a power of two, so that there are few shapes of many values."""
    missing = (1 << (len(values) - 1).bit_length()) - len(values)
    return values + values[-1:] * missing


def _learn(make: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Written:
    """Return the query that a function makes, and where its arguments stand in it."""
    found, other = (_write(make, args, kwargs, count(start)) for start in (31_000, 32_000))
    if found.sql != other.sql:
        raise PrepareError(f"{found.sql} and {other.sql} are of the same arguments.")
    differ = [
        place
        for place, (one, two) in enumerate(zip(found.params, other.params, strict=True))
        if one != two or isinstance(one, date)  # that of an argument, never today
    ]
    try:
        found.places = [(at, found.arguments.index(found.params[at])) for at in differ]
        if found.places != [(at, other.arguments.index(other.params[at])) for at in differ]:
            raise ValueError
    except ValueError:
        raise PrepareError(f"{found.params} of {found.sql} are not the arguments.") from None
    return found


def _write(
    make: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], numbers: Iterator[int]
) -> _Written:
    """Write the SQL for invented arguments."""
    invented = [_invented(one, numbers) for one in args]
    named = {name: _invented(one, numbers) for name, one in kwargs.items()}
    with connection.execute_wrapper(_refuse):
        rows = make(*invented, **named)
        written = _Written(rows, [v for one in (*invented, *named.values()) for v in _values(one)])
        if any(isinstance(one, Prefetch) for one in rows._prefetch_related_lookups):
            raise PrepareError("A prefetched query would be asked with invented arguments.")
        with suppress(EmptyResultSet):
            written.compiler = rows.query.get_compiler(rows.db)
            written.sql, written.params = written.compiler.as_sql()
            _know_columns(written.compiler)
    return written


def _know_columns(compiler: Any) -> None:
    """Ask each column once how it is read, and not again for every call."""
    columns = [column for column, *_ in compiler.select]
    converters, is_composite = (
        compiler.get_converters(columns),
        compiler.has_composite_fields(columns),
    )
    compiler.get_converters = lambda _columns: converters
    compiler.has_composite_fields = lambda _columns: is_composite


def _invented(value: Any, numbers: Iterator[int]) -> Any:
    """Return a stand-in for an argument: a value of its type, or somebody of the same role."""
    if isinstance(value, AnonymousUser):
        return AnonymousUser()
    if stand_in := _stand_in(value):
        return stand_in.invent(value, numbers)
    if isinstance(value, tuple):
        return tuple(_invented(one, numbers) for one in _filled_up(value))
    make = FILLED_IN.get(type(value))
    return make(next(numbers)) if make else value


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Let nothing be asked but the kinds of rows, which are the same for ever."""
    if "django_content_type" in sql:
        return execute(sql, params, many, context)
    raise PrepareError(f"It is asked while a query is made: {sql}")
