"""Cut a list into pages, and count no further than a reader cares."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

ROWS = 24  # rows of two, three and four cards are full
COUNTED = 1000  # lists say "over 1,000" above it: counting further costs more than the page


@dataclass(frozen=True)
class Page:
    """One page of rows, with the addresses of the pages beside it (empty where there is none)."""

    rows: list[Any]
    number: int
    total: int
    earlier: str
    later: str

    @property
    def is_over(self) -> bool:
        """Tell whether there are more rows than were counted."""
        return self.total > COUNTED


def page_of(rows: QuerySet[Any, Any], request: HttpRequest) -> Page:
    """Return the page that `?side=` asks for; any other value gives the first page."""
    return page_by(rows, request.GET)


def page_by(rows: QuerySet[Any, Any], query: QueryDict) -> Page:
    """Return the page that a query asks for."""
    number = _number(query)
    # One row more than a page holds shows whether there is a next page.
    found = list(rows[(number - 1) * ROWS : number * ROWS + 1])
    return Page(
        rows=found[:ROWS],
        number=number,
        total=counted(rows),
        earlier=_address(query, number - 1) if number > 1 else "",
        later=_address(query, number + 1) if len(found) > ROWS else "",
    )


def cut(rows: list[Any], request: HttpRequest) -> Page:
    """Return the page that `?side=` asks for of rows that are all there."""
    number = min(_number(request.GET), max(1, -(-len(rows) // ROWS)))
    return Page(
        rows=rows[(number - 1) * ROWS : number * ROWS],
        number=number,
        total=len(rows),
        earlier=_address(request.GET, number - 1) if number > 1 else "",
        later=_address(request.GET, number + 1) if len(rows) > number * ROWS else "",
    )


def counted(rows: QuerySet[Any, Any]) -> int:
    """Return how many rows there are, at most COUNTED + 1."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def _number(query: QueryDict) -> int:
    asked = query.get("side", "1")
    return (
        int(asked)
        if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 and int(asked)
        else 1
    )


def _address(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed["side"] = str(number)
    return f"?{changed.urlencode()}"
