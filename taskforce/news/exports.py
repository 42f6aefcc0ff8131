"""News as a sheet."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from taskforce.core.sheets import Column
from taskforce.news.models import NewsItem
from taskforce.news.pages import COLUMNS, ready

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Title"), itemgetter("title")),
        Column(_("Type"), lambda row: str(row["kind_words"])),
        Column(_("Date"), itemgetter("source_date")),
        Column(_("Summary"), itemgetter("summary")),
        Column(_("Link"), itemgetter("link")),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows() -> Iterable[Row]:
    return map(ready, NewsItem.objects.published().values(*COLUMNS))
