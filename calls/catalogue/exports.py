"""EU calls as a sheet: a filtered list with all its pages, open calls first."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from calls.catalogue import pages
from calls.models.call import CallQuerySet
from taskforce.core.sheets import Column
from taskforce.members.models import Viewer

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Call"), itemgetter("title")),
        Column(_("State"), lambda row: _("Open") if row["is_open"] else _("Closed")),
        Column(_("Next deadline"), itemgetter("day")),
        Column(_("Stage"), itemgetter("next_stage")),
        Column(_("Smallest grant in euro"), itemgetter("grant_min")),
        Column(_("Largest grant in euro"), itemgetter("grant_max")),
        Column(_("Budget in euro"), itemgetter("budget")),
        Column(_("What it asks"), itemgetter("asks")),
        Column(_("Outcome"), lambda row: str(row["outcome_words"])),
        Column(_("Summary"), itemgetter("summary")),
        Column(_("Invented example"), lambda row: _("Yes") if row["is_example"] else ""),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(calls: CallQuerySet, viewer: Viewer) -> Iterable[Row]:
    now = timezone.now()
    found = (*pages.rows(calls.open_at(now), viewer), *pages.rows(calls.closed_at(now), viewer))
    return (pages.ready(row, now) for row in found)
