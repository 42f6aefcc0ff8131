"""The filters above the list of initiatives."""

import django_filters
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, InitiativeState
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
