"""The filters above the register."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, Theme
from barriers.models.barrier import BY_DATE, BY_PRIORITY
from taskforce.filtering import WordsFilter

ORDERS = {"prioritet": BY_PRIORITY, "dato": BY_DATE}


class BarrierFilter(WordsFilter):
    """Theme, state and words combine; they and the order stay in the address."""

    tema = django_filters.ModelChoiceFilter(
        label=_("Theme"),
        field_name="theme",
        queryset=Theme.objects.all(),
        to_field_name="slug",
        empty_label=_("All themes"),
    )
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=[choice for choice in BarrierState.choices if choice[0] != BarrierState.MERGED],
        empty_label=_("All states"),
    )
    sorter = django_filters.ChoiceFilter(
        label=_("Sort by"),
        choices=[("prioritet", _("Priority")), ("dato", _("Date"))],
        empty_label=None,
        method="sort",
    )

    class Meta:
        model = Barrier
        fields: list[str] = []

    def sort(self, rows: QuerySet[Barrier], name: str, order: str) -> QuerySet[Barrier]:
        return rows.order_by(*ORDERS[order])
