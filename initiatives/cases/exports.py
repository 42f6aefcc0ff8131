"""Published cases as a sheet: a filtered gallery with all its pages."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from initiatives.cases import pages
from initiatives.models import Case
from taskforce.core.sheets import Column

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Good example"), itemgetter("title")),
        Column(_("In one sentence"), itemgetter("achieved")),
        Column(_("Kind of procurement"), lambda row: str(row["kind_words"])),
        Column(_("Number"), itemgetter("number")),
        Column(_("What the number counts"), itemgetter("unit")),
        Column(_("Place"), itemgetter("place")),
        Column(_("Written by"), itemgetter("author")),
        Column(_("Invented example"), lambda row: _("Yes") if row["is_example"] else ""),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(cases: QuerySet[Case]) -> Iterable[Row]:
    return map(pages.ready, pages.rows(cases))
