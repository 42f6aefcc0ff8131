"""Which kinds have the words of a query at all, whoever may see them.

This is no answer to anybody: it only spares the asking of kinds that have nothing.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection

from taskforce.core.danish import MadeQuery
from taskforce.core.finding import Found


def holding(kinds: Sequence[Found], query: str) -> set[Found]:
    """Return the kinds of which some row has the words, in one query."""
    if not query:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_sql(tuple(kinds)), {"query": query})
        return {kinds[place] for (place,) in cursor.fetchall()}


@cache
def _sql(kinds: tuple[Found, ...]) -> str:
    return " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS ({_having(kind)})" for place, kind in enumerate(kinds)
    )


def _having(kind: Found) -> str:
    """Return SQL for rows that have the words, with the query as its only argument."""
    rows = kind.model._base_manager.filter(**{kind.search: MadeQuery("")}).order_by()
    sql, arguments = rows.values("pk").query.sql_with_params()
    if arguments != ("",):
        raise AssertionError(arguments)
    return sql % "%(query)s"
