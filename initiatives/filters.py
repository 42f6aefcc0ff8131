"""The filters above lists of initiatives and cases."""

import django_filters
from django.utils.translation import gettext_lazy as _

from initiatives.models import Case, Initiative, InitiativeState
from taskforce.filtering import WordsFilter


class InitiativeFilter(WordsFilter):
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=InitiativeState.choices,
        empty_label=_("All states"),
    )

    class Meta:
        model = Initiative
        fields: list[str] = []


class CaseFilter(WordsFilter):
    class Meta:
        model = Case
        fields: list[str] = []
