"""The filters above the list of action points; they are part of the address."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import ActionPoint
from taskforce.members.models import Member

MINE, OURS = "mine", "vores"
OPEN, OVERDUE, DONE = "aaben", "over-tid", "udfoert"


class ActionPointFilter(django_filters.FilterSet):
    """Whose it is, and whether it is done."""

    hvis = django_filters.ChoiceFilter(
        label=_("Whose"),
        choices=[(MINE, _("Mine")), (OURS, _("My organisation's, and everybody's"))],
        empty_label=_("All"),
        method="of",
    )
    status = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            (OPEN, _("Open")),
            (OVERDUE, _("Overdue")),
            (DONE, pgettext_lazy("of an action point", "Done")),
        ],
        empty_label=_("All states"),
        method="in_state",
    )

    class Meta:
        model = ActionPoint
        fields: list[str] = []

    def of(self, rows: QuerySet[ActionPoint], name: str, whose: str) -> QuerySet[ActionPoint]:
        member: Member = self.request.member
        if whose == MINE:
            return rows.filter(owner=member)
        return rows.filter(Q(organisation=member.organisation_id) | Q(organisation=None))

    def in_state(self, rows: QuerySet[ActionPoint], name: str, state: str) -> QuerySet[ActionPoint]:
        if state == DONE:
            return rows.exclude(done_on=None)
        late = Q(due_on__lt=timezone.localdate()) if state == OVERDUE else Q()
        return rows.filter(late, done_on=None)
