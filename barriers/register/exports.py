"""The register as a spreadsheet: a filtered list with all its pages, as its reader sees it."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from barriers.models import Barrier, BarrierState, PrioritisationRound
from barriers.register import pages as register
from taskforce.core.sheets import Column
from taskforce.members.models import Viewer

NAME = "barrierer"

BarrierRow = dict[str, Any]


def columns(request: HttpRequest) -> list[Column[BarrierRow]]:
    """Return the columns; the headings of invented figures say so."""
    latest = PrioritisationRound.objects.ranked().first()
    mark = " " + _("(example figures)") if latest and latest.is_example else ""
    here = settings.SITE_URL + reverse("barriers:list")
    return [
        Column(_("Barrier"), itemgetter("title")),
        Column(_("Theme"), itemgetter("theme_name")),
        Column(_("State"), lambda row: str(BarrierState(row["state"]).label)),
        Column(_("Rank") + mark, itemgetter("rank")),
        Column(_("Points") + mark, itemgetter("points")),
        Column(_("Organisations behind it"), itemgetter("support_count")),
        Column(_("Statements"), itemgetter("statement_count")),
        Column(_("Initiatives"), itemgetter("initiative_count")),
        Column(_("Good examples"), itemgetter("case_count")),
        Column(_("Raised by"), itemgetter("raised_by_name")),
        Column(_("Raised on"), itemgetter("raised_on")),
        Column(_("Description"), itemgetter("description")),
        Column(_("Closed because"), itemgetter("answer")),
        Column(_("Address"), lambda row: f"{here}{row['slug']}/"),
    ]


def rows(barriers: QuerySet[Barrier], viewer: Viewer) -> Iterable[BarrierRow]:
    """Return a row for each barrier, in the order of the list."""
    raised_by_name = F("raised_by__name")
    return register.rows(barriers, viewer, "description", "answer", raised_by_name=raised_by_name)
