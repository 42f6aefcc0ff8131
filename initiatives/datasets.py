"""Open data on what members do: initiatives and published cases."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from barriers.models import Barrier
from initiatives.models import Case, CasePartner, Initiative
from meetings.models import MinutesEntry
from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.members.models import Viewer

ITS_BARRIERS = _("ids of the barriers that it answers")


def initiatives(viewer: Viewer) -> QuerySet[Initiative]:
    rows = Initiative.objects.visible_to(viewer).select_related("lead").order_by("pk")
    seen = Prefetch("barriers", Barrier.objects.visible_to(viewer))
    return rows.prefetch_related("participants", seen)


def cases(viewer: Viewer) -> QuerySet[Case]:
    rows = Case.objects.visible_to(viewer).published().select_related("written_by").order_by("pk")
    tied: list[Any] = [  # of several models
        Prefetch("barriers", Barrier.objects.visible_to(viewer)),
        Prefetch("initiatives", Initiative.objects.visible_to(viewer)),
        Prefetch("entry", MinutesEntry.objects.visible_to(viewer)),
        Prefetch("case_partners", CasePartner.objects.select_related("organisation")),
    ]
    return rows.prefetch_related(*tied)


def _partners(case: Case) -> list[str]:
    return [str(one.organisation or one.name) for one in case.case_partners.all()]


INITIATIVES = Dataset(
    name="initiatives",
    title=_("Initiatives"),
    about=_("A row is what members do about barriers, and what came of it."),
    model=Initiative,
    rows_for=initiatives,
    columns=[
        Column("title"),
        Column("goal", by_others=True),
        Column("measure", by_others=True),
        Column("summary_en", left_out_when_empty=True),
        Column("state"),
        Column("reach"),
        Column("lead", means=_("id of the organisation that leads it")),
        Column("lead_name", "lead.name", means=_("name of the organisation that leads it")),
        Column("participants", means=_("ids of the organisations that take part")),
        Column("barriers", means=ITS_BARRIERS),
        Column("starts_on"),
        Column("due_on"),
        Column("review_on"),
        Column("ended_on"),
        Column("outcome", by_others=True),
        Column("is_example"),
    ],
)

CASES = Dataset(
    name="cases",
    title=_("Good examples"),
    about=_(
        "A row is a published example of social procurement: what was done, and what it led to."
    ),
    model=Case,
    rows_for=cases,
    columns=[
        Column("title", by_others=True),
        Column("achieved", by_others=True),
        Column("problem", by_others=True),
        Column("done", by_others=True),
        Column("outcome", by_others=True),
        Column("summary_en", left_out_when_empty=True),
        Column("kind"),
        Column("number"),
        Column("unit"),
        Column("place"),
        Column(
            "partners",
            value=_partners,
            tells=["case_partners.organisation", "case_partners.name"],
            kind=Kind.LIST,
            means=_("names of the organisations behind it"),
        ),
        Column("written_by", means=_("id of the organisation that wrote it")),
        Column("written_by_name", "written_by.name", means=_("name of who wrote it")),
        Column("barriers", means=ITS_BARRIERS),
        Column("initiatives", means=_("ids of the initiatives that it belongs to")),
        Column("passage", "entry", means=_("id of the passage in the minutes")),
        Column("published", "published_at"),
        Column("is_example"),
    ],
)
