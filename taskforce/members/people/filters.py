"""The filters above the register of people; they are part of the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from taskforce.members.models import Member, Organisation, Role, User
from taskforce.members.people import register
from taskforce.members.people.register import State


def organisations(request: HttpRequest | None) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=Member.objects.values("organisation"))


class PeopleFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Words"), method="search", max_length=200)
    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"),
        queryset=organisations,
        to_field_name="slug",
        empty_label=_("All organisations"),
        method="of",
    )
    rolle = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=_("All roles"), method="with_role"
    )
    tilstand = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", choices=State.choices, empty_label=_("All states")
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, rows: QuerySet[Any, Any], name: str, words: str) -> QuerySet[Any, Any]:
        return register.named(rows, words)

    def of(
        self, rows: QuerySet[Any, Any], name: str, organisation: Organisation
    ) -> QuerySet[Any, Any]:
        return rows.filter(seat__in=Member.objects.filter(organisation=organisation).values("pk"))

    def with_role(self, rows: QuerySet[Any, Any], name: str, role: str) -> QuerySet[Any, Any]:
        return rows.filter(seat__in=Member.objects.filter(role=role).values("pk"))
