"""The filters above lists of initiatives and cases."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from initiatives.models import Case, Initiative, InitiativeState


class InitiativeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=InitiativeState.choices,
        empty_label=_("All states"),
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Initiative]:
        found: QuerySet[Initiative] = rows.search(words)
        return found


class CaseFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)

    class Meta:
        model = Case
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet[Case]:
        found: QuerySet[Case] = rows.search(words)
        return found
