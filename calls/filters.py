"""The filter above the list of calls."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from calls.models import Call


class CallFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)

    class Meta:
        model = Call
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Call]:
        found: QuerySet[Call] = rows.search(words)
        return found
