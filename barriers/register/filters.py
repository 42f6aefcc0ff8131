"""The filters above the register."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, Theme
from barriers.models.barrier import BY_DATE, BY_PRIORITY, BY_SUPPORT
from barriers.register.pages import statement_count
from taskforce.core.filtering import WordsFilter

ORDERS = {"prioritet": BY_PRIORITY, "dato": BY_DATE, "stoette": BY_SUPPORT}


class BarrierFilter(WordsFilter):
    """Filter by theme, state and words at once; the address holds them and the order."""

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
        choices=[
            ("prioritet", _("Priority")),
            ("dato", _("Date")),
            ("stoette", _("Support")),
            ("udsagn", _("Number of statements")),
        ],
        empty_label=None,
        method="sort",
    )

    class Meta:
        model = Barrier
        fields: list[str] = []

    def sort(self, rows: QuerySet[Barrier], name: str, order: str) -> QuerySet[Barrier]:
        if order in ORDERS:
            return rows.order_by(*ORDERS[order])
        assert self.request is not None  # noqa: S101  # the count depends on the viewer
        said = statement_count(self.request.user)
        return rows.order_by(said.desc(), *BY_DATE)
