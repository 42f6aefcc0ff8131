"""The directory as a sheet: a filtered list with all its pages."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from taskforce.core.sheets import Column
from taskforce.members.models import Organisation, Viewer
from taskforce.members.organisations import pages

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Organisation"), itemgetter("name")),
        Column(_("Type"), lambda row: str(row["kind_words"])),
        Column(_("Place"), itemgetter("place")),
        Column(_("What it does"), itemgetter("told")),
        Column(pgettext("of an organisation", "Offers"), lambda row: ", ".join(row["offered"])),
        Column(pgettext("of an organisation", "Seeks"), lambda row: ", ".join(row["sought"])),
        Column(_("Good examples"), itemgetter("case_count")),
        Column(_("Initiatives"), itemgetter("initiative_count")),
        Column(_("Statements"), itemgetter("statement_count")),
        Column(_("Invented example"), lambda row: _("Yes") if row["is_example"] else ""),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(organisations: QuerySet[Organisation], viewer: Viewer) -> Iterable[Row]:
    return map(pages.ready, pages.rows(organisations, viewer))
