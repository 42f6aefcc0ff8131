"""The filters above the board and the timeline."""

from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from barriers.models.barrier import BY_PRIORITY
from initiatives.models import Initiative, InitiativeState
from initiatives.models.initiative import InitiativeQuerySet
from taskforce.core import parts
from taskforce.core.filtering import WordsFilter
from taskforce.members.models import Organisation, Viewer
from taskforce.members.roles import is_secretariat, membership

Choices = tuple[tuple[str, str], ...]

OURS = "vores"


def barriers_with_initiatives(viewer: Viewer) -> Choices:
    tied = Initiative.barriers.through.objects.filter(barrier=OuterRef("pk"))
    barriers = Barrier.objects.visible_to(viewer).unmerged().filter(Exists(tied))
    return tuple(barriers.order_by(*BY_PRIORITY).values_list("slug", "title"))


@parts.kept
def shown_barriers() -> Choices:
    """Return those that everybody sees."""
    return barriers_with_initiatives(AnonymousUser())


@parts.kept
def leads() -> Choices:
    leading = Organisation.objects.filter(pk__in=Initiative.objects.values("lead"))
    return tuple(leading.values_list("slug", "name"))


class InitiativeFilter(WordsFilter):
    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=InitiativeState.choices,
        empty_label=_("All states"),
    )
    barriere = django_filters.ChoiceFilter(
        label=_("Barrier"), field_name="barriers__slug", empty_label=_("All barriers")
    )
    leder = django_filters.ChoiceFilter(
        label=_("Lead"),
        field_name="lead__slug",
        choices=leads,
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
        viewer = self.request.user
        sees_all = is_secretariat(viewer)
        self.offer(
            "barriere", lambda: barriers_with_initiatives(viewer) if sees_all else shown_barriers()
        )
        self.member = membership(viewer)
        if self.member is None:
            del self.filters["hvis"]

    def of(self, rows: InitiativeQuerySet, name: str, whose: str) -> InitiativeQuerySet:
        assert self.member is not None  # noqa: S101  # else there is no such filter
        return rows.of_organisation(self.member.organisation)
