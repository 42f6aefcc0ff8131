"""Meetings, and who was there, as sheets: what the reader's own pages show."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.browsing import pages
from meetings.models import Attendance, Meeting, Precision
from taskforce.core.sheets import Column
from taskforce.members.models import Viewer

Row = dict[str, Any]


def _day(row: Row) -> Any:
    """Return the date; where only the month is known, that in words."""
    return row["date"] if row["date_precision"] == Precision.DAY else row["when"]


def columns() -> list[Column[Row]]:
    return [
        Column(_("Number"), lambda row: row["number"]),
        Column(_("Meeting"), lambda row: row["name"]),
        Column(_("Date"), _day),
        Column(_("State"), lambda row: row["state_words"]),
        Column(_("Form"), lambda row: str(row["format_words"])),
        Column(_("Place"), lambda row: row["place"]),
        Column(_("People present"), lambda row: row["present"] if row["published"] else None),
        Column(_("Minutes"), lambda row: _("Published") if row["published"] else ""),
        Column(_("Address"), lambda row: settings.SITE_URL + row["url"]),
    ]


def rows(meetings: QuerySet[Meeting]) -> Iterable[Row]:
    return map(pages.ready, pages.rows(meetings))


def attendance_columns() -> list[Column[Attendance]]:
    return [
        Column(_("Number"), lambda one: one.meeting.number),
        Column(_("Meeting"), lambda one: str(one.meeting)),
        Column(_("Date"), lambda one: one.meeting.when),
        Column(_("Organisation"), lambda one: one.organisation_name),
        Column(_("Person"), lambda one: getattr(one, "shown_name", "")),
        Column(_("Answer"), lambda one: one.get_status_display()),
        Column(_("Address"), lambda one: settings.SITE_URL + one.meeting.get_absolute_url()),
    ]


def attendance(viewer: Viewer) -> QuerySet[Attendance]:
    """Return who was there or answered, with the names that their owners show to this viewer."""
    found = Attendance.objects.visible_to(viewer).with_shown_name(viewer)
    return found.select_related("meeting").order_by("-meeting__number", "organisation_name", "pk")
