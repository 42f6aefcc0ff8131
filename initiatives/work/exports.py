"""Initiatives as a sheet: a filtered board with all its pages."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Initiative
from initiatives.work import board
from taskforce.core.sheets import Column

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Initiative"), itemgetter("title")),
        Column(_("State"), lambda row: str(row["state_words"])),
        Column(_("Lead"), itemgetter("lead_name")),
        Column(_("Goal"), itemgetter("goal")),
        Column(_("Starts"), itemgetter("starts_on")),
        Column(_("Due"), itemgetter("due_on")),
        Column(_("Ended"), itemgetter("ended_on")),
        Column(_("Progress in percent"), itemgetter("percent")),
        Column(_("Next milestone"), itemgetter("next_title")),
        Column(_("Invented example"), lambda row: _("Yes") if row["is_example"] else ""),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(initiatives: QuerySet[Initiative]) -> Iterable[Row]:
    today = timezone.localdate()
    return (board.ready(row, today) for row in board.rows(initiatives))
