"""The query string of a page: what it reads of it is part of the page's name, the rest is dropped.

So `?utm_source=…` makes no page of its own, and no list of parameters has to be kept: a page shows
which ones it reads while it is made. The first time it is asked a name it gets it, to show whether
it reads it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

EVERYTHING = "*"  # stands for a page that goes through all that it was asked


class WatchedQuery(QueryDict):
    """A query that notes which of its names are read, whether they were given or not.

    Carrying it on whole, as into a link, reads no name: what no page reads need not be carried on.
    """

    names_read: set[str]

    def __getitem__(self, name: str) -> Any:
        self.names_read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.names_read.add(str(name))
        return super().__contains__(name)

    def _getlist(self, name: str, *args: Any, **options: Any) -> Any:
        self.names_read.add(name)
        return super()._getlist(name, *args, **options)  # type: ignore[misc]  # not in the stubs

    def __iter__(self) -> Any:
        self.names_read.add(EVERYTHING)
        return super().__iter__()

    def keys(self) -> Any:
        self.names_read.add(EVERYTHING)
        return super().keys()

    def items(self) -> Any:
        self.names_read.add(EVERYTHING)
        return super().items()

    def __deepcopy__(self, memo: dict[int, Any]) -> QueryDict:  # type: ignore[override]
        """A copy becomes a link (`{% querystring %}`): reading it says nothing of the page."""
        copied = QueryDict(mutable=True, encoding=self.encoding)
        for name, values in self.lists():
            copied.setlist(name, values)
        return copied


def watch_query(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware that has a page's request note what is read of its query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        names_read = getattr(request, "names_read", None)
        if names_read is not None:
            watched = WatchedQuery(mutable=True, encoding=request.GET.encoding)
            for name, values in request.GET.lists():
                watched.setlist(name, values)
            watched.names_read, watched._mutable = names_read, False
            request.GET = watched  # type: ignore[assignment]  # the stubs want a private class
        return get_response(request)

    return middleware


def without_unread(query: QueryDict, names: Iterable[str]) -> str:
    """Return a query string of those names alone, in one order whatever order they came in."""
    is_read = [*names]
    kept = QueryDict(mutable=True, encoding=query.encoding)
    for name, values in sorted(query.lists()):
        if name in is_read or EVERYTHING in is_read:
            kept.setlist(name, values)
    return kept.urlencode()
