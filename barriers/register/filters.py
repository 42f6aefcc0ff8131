"""The filters above the register."""

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier, BarrierState, Theme
from barriers.models.barrier import BY_DATE, BY_PRIORITY, BY_SUPPORT
from barriers.register.pages import statement_count
from taskforce.core import parts
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Viewer

STRANGER = AnonymousUser()
ORDERS = {"prioritet": BY_PRIORITY, "dato": BY_DATE, "stoette": BY_SUPPORT}


@parts.kept
def themes() -> tuple[tuple[str, str], ...]:
    return tuple(Theme.objects.values_list("slug", "name"))


class BarrierFilter(WordsFilter):
    """Filter by theme, state and words at once; the address holds them and the order."""

    tema = django_filters.ChoiceFilter(
        label=_("Theme"), field_name="theme__slug", choices=themes, empty_label=_("All themes")
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

    def __init__(self, *args: Any, viewer: Viewer = STRANGER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def sort(self, rows: QuerySet[Barrier], name: str, order: str) -> QuerySet[Barrier]:
        if order in ORDERS:
            return rows.order_by(*ORDERS[order])
        return rows.order_by(statement_count(self.viewer).desc(), *BY_DATE)
