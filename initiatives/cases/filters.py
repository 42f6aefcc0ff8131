"""The filters above the gallery of cases; each offers only values that published cases have."""

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Case, CasePartner, Procurement
from taskforce.core import parts
from taskforce.core.danish import DanishOrder
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat

Choices = tuple[tuple[str, str], ...]


@parts.kept
def partners() -> Choices:
    """Return the organisations that are partners or authors of published cases."""
    published = Case.objects.published()
    found = Organisation.objects.filter(
        Q(pk__in=published.exclude(partners=None).values("partners"))
        | Q(pk__in=published.values("written_by"))
    )
    return tuple(found.values_list("slug", "name"))


def barriers(viewer: Viewer) -> Choices:
    """Return the barriers that published cases answer and that the viewer sees."""
    answered = Case.objects.published().exclude(barriers=None).values("barriers")
    found = Barrier.objects.visible_to(viewer).filter(pk__in=answered).order_by("title")
    return tuple(found.values_list("slug", "title"))


@parts.kept
def shown_barriers() -> Choices:
    """Return those that everybody sees."""
    return barriers(AnonymousUser())


@parts.kept
def places() -> Choices:
    """Return the places of published cases, in Danish order."""
    published = Case.objects.published().exclude(place="").order_by(DanishOrder("place"))
    return tuple((place, place) for place in published.values_list("place", flat=True).distinct())


class CaseFilter(WordsFilter):
    slags = django_filters.ChoiceFilter(
        label=_("Kind of procurement"),
        field_name="kind",
        choices=Procurement.choices,
        empty_label=_("All kinds"),
    )
    partner = django_filters.ChoiceFilter(
        label=_("Partner"),
        choices=partners,
        empty_label=_("All partners"),
        method="with_partner",
    )
    barriere = django_filters.ChoiceFilter(
        label=_("Barrier"), field_name="barriers__slug", empty_label=_("All barriers")
    )
    sted = django_filters.ChoiceFilter(
        label=_("Place"), field_name="place", choices=places, empty_label=_("All places")
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        viewer = self.request.user
        sees_all = is_secretariat(viewer)
        self.offer("barriere", lambda: barriers(viewer) if sees_all else shown_barriers())

    def with_partner(self, rows: QuerySet[Case], name: str, slug: str) -> QuerySet[Case]:
        # Not by a join, in which a case whose author is a partner, too, would appear twice.
        theirs = CasePartner.objects.filter(organisation__slug=slug)
        return rows.filter(Q(written_by__slug=slug) | Q(pk__in=theirs.values("case")))
