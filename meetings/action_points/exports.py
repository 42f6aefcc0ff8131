"""Action points as a sheet: a filtered list with all its pages, as its reader sees it."""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.action_points import pages
from meetings.models.actions import ActionPointQuerySet
from taskforce.core.sheets import Column
from taskforce.members.models import Member

Row = dict[str, Any]


def columns() -> list[Column[Row]]:
    return [
        Column(_("What"), itemgetter("what")),
        Column(_("Organisation"), itemgetter("who")),
        Column(_("Person"), itemgetter("owner_name")),
        Column(_("By when"), itemgetter("due_on")),
        Column(_("Done"), itemgetter("done_on")),
        Column(_("Note"), itemgetter("note")),
        Column(_("Meeting"), itemgetter("meeting")),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(points: ActionPointQuerySet, member: Member) -> Iterable[Row]:
    today = timezone.localdate()
    return (pages.ready(row, today) for row in pages.rows(points, member))
