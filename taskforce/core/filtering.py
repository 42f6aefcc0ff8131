"""What the filters above lists have in common: search by words, in any Danish form."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class WordsFilter(django_filters.FilterSet):
    """Filter rows whose queryset is a `danish.SearchQuerySet`."""

    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, each in self.filters.items():
            if callable(choices := each.extra.get("choices")):
                self.offer(name, choices)

    def offer(self, name: str, choices: Callable[[], Any]) -> None:
        """Offer choices that are read once, for what was chosen and for the form, if at all."""
        self.filters[name].extra["choices"] = cache(choices)

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.search(words)
        return found


def only(query: QueryDict, names: Collection[str]) -> QueryDict:
    """Return what a query says under these names, in its order."""
    found = QueryDict(mutable=True)
    for name, _values in query.lists():
        if name in names:
            found.setlist(name, query.getlist(name))  # a kept page notes that it is read
    return found
