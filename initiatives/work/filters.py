"""The filters above the board and the timeline."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from barriers.models.barrier import BY_PRIORITY
from initiatives.models import Initiative, InitiativeState
from initiatives.models.initiative import InitiativeQuerySet
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Organisation
from taskforce.members.roles import membership

OURS = "vores"


def barriers_with_initiatives(request: HttpRequest) -> QuerySet[Barrier]:
    tied = Initiative.barriers.through.objects.filter(barrier=OuterRef("pk"))
    barriers = Barrier.objects.visible_to(request.user).unmerged()
    return barriers.filter(Exists(tied)).order_by(*BY_PRIORITY)


def leading_organisations(request: HttpRequest) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=Initiative.objects.values("lead"))


class InitiativeFilter(WordsFilter):
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=InitiativeState.choices,
        empty_label=_("All states"),
    )
    barriere = django_filters.ModelChoiceFilter(
        label=_("Barrier"),
        field_name="barriers",
        queryset=barriers_with_initiatives,
        to_field_name="slug",
        empty_label=_("All barriers"),
    )
    leder = django_filters.ModelChoiceFilter(
        label=_("Lead"),
        field_name="lead",
        queryset=leading_organisations,
        to_field_name="slug",
        empty_label=_("All organisations"),
    )
    hvis = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[(OURS, _("My organisation's"))],
        empty_label=_("Everybody's"),
        method="of",
    )

    class Meta:
        model = Initiative
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = membership(self.request.user)
        if self.member is None:
            del self.filters["hvis"]

    def of(self, rows: InitiativeQuerySet, name: str, whose: str) -> InitiativeQuerySet:
        assert self.member is not None  # noqa: S101  # else there is no such filter
        return rows.of_organisation(self.member.organisation)
