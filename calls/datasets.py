"""Open data on EU calls."""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from calls.models import Call
from initiatives.models import Initiative
from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.members.models import Viewer


def calls(viewer: Viewer) -> QuerySet[Call]:
    rows = Call.objects.visible_to(viewer).order_by("pk")
    return rows.prefetch_related(
        Prefetch("deadlines"),
        Prefetch("told_again_at"),
        Prefetch("barriers", Barrier.objects.visible_to(viewer)),
        Prefetch("initiatives", Initiative.objects.visible_to(viewer)),
    )


CALLS = Dataset(
    name="calls",
    title=_("EU calls"),
    about=_("A row is an EU call that members can apply to. The EU's own page is what counts."),
    model=Call,
    rows_for=calls,
    columns=[
        Column("topic_id"),
        Column("title"),
        Column("summary", by_others=True),
        Column("description", by_others=True),
        Column("programme"),
        Column("type_of_action"),
        Column("link"),
        Column("opens_on"),
        Column("closes_at", means=_("the last deadline")),
        Column(
            "deadlines",
            value=lambda call: [deadline.passes_at for deadline in call.deadlines.all()],
            tells=["deadlines.passes_at"],
            kind=Kind.LIST,
            means=_("every deadline"),
        ),
        Column("budget"),
        Column("grant_min"),
        Column("grant_max"),
        Column("participants_min"),
        Column("participants_max"),
        Column("countries_min"),
        Column("kinds_required"),
        Column("rules_link"),
        Column("checked_on"),
        Column("meeting", "shared_at_id", means=_("id of the meeting where it was told")),
        Column("told_again_at", means=_("ids of later meetings where it was told again")),
        Column("barriers", means=_("ids of the barriers that it can help with")),
        Column("initiatives", means=_("ids of the initiatives that it can pay for")),
        Column("outcome", means=_("best outcome of the consortia that show themselves")),
        Column("is_example"),
    ],
)
