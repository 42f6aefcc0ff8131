"""The filters above the gallery of cases; each offers only values that published cases have."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Case, Procurement
from taskforce.core.danish import DanishOrder
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Organisation


def partners(request: Any) -> QuerySet[Organisation]:
    """Return the organisations that are partners or authors of published cases."""
    published = Case.objects.published()
    return Organisation.objects.filter(
        Q(pk__in=published.exclude(partners=None).values("partners"))
        | Q(pk__in=published.values("written_by"))
    )


def barriers(request: Any) -> QuerySet[Barrier]:
    """Return the barriers that published cases answer and that the visitor sees."""
    answered = Case.objects.published().exclude(barriers=None).values("barriers")
    return Barrier.objects.visible_to(request.user).filter(pk__in=answered).order_by("title")


def places() -> list[tuple[str, str]]:
    """Return the places of published cases, in Danish order."""
    published = Case.objects.published().exclude(place="").order_by(DanishOrder("place"))
    return [(place, place) for place in published.values_list("place", flat=True).distinct()]


class CaseFilter(WordsFilter):
    slags = django_filters.ChoiceFilter(
        label=_("Kind of procurement"),
        field_name="kind",
        choices=Procurement.choices,
        empty_label=_("All kinds"),
    )
    partner = django_filters.ModelChoiceFilter(
        label=_("Partner"),
        queryset=partners,
        to_field_name="slug",
        empty_label=_("All partners"),
        method="with_partner",
    )
    barriere = django_filters.ModelChoiceFilter(
        label=_("Barrier"),
        field_name="barriers",
        queryset=barriers,
        to_field_name="slug",
        empty_label=_("All barriers"),
    )
    sted = django_filters.ChoiceFilter(
        label=_("Place"), field_name="place", choices=places, empty_label=_("All places")
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def with_partner(self, rows: QuerySet[Case], name: str, found: Organisation) -> QuerySet[Case]:
        # Not by a join, in which a case whose author is a partner, too, would appear twice.
        return rows.filter(Q(written_by=found) | Q(pk__in=found.case_partners.values("case")))
