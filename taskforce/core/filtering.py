"""What the filters above lists have in common: search by words, in any Danish form."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class WordsFilter(django_filters.FilterSet):
    """Filter rows whose queryset is a `danish.SearchQuerySet`."""

    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Any]:
        found: QuerySet[Any] = rows.search(words)
        return found
