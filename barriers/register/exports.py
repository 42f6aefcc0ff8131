"""The register as a spreadsheet: a filtered list with all its pages, as its reader sees it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from barriers.models import Barrier, PrioritisationRound
from barriers.register import pages as register

NAME = "barrierer"


def head() -> list[str]:
    """Return the headings; invented figures say so beside themselves."""
    latest = PrioritisationRound.objects.closed().first()
    mark = " " + _("(example figures)") if latest and latest.is_example else ""
    return [
        _("Barrier"),
        _("Theme"),
        _("State"),
        _("Rank") + mark,
        _("Points") + mark,
        _("Organisations behind it"),
        _("Statements"),
        _("Initiatives"),
        _("Good examples"),
        _("Raised by"),
        _("Raised on"),
        _("Description"),
        _("Resolved because"),
        _("Address"),
    ]


def lines(barriers: QuerySet[Barrier], request: HttpRequest) -> Iterator[list[Any]]:
    """Yield a line for each barrier, in the order of the list."""
    found = register.rows(barriers, request.user)
    here = request.build_absolute_uri(reverse("barriers:list"))
    for row in found.values(*COLUMNS, by=F("raised_by__name")):
        yield [
            row["title"],
            row["theme_name"],
            str(register.STATES[row["state"]]),
            row["rank"],
            row["points"],
            row["support_count"],
            row["statement_count"],
            row["initiative_count"],
            row["case_count"],
            row["by"],
            row["raised_on"],
            row["description"],
            row["answer"],
            f"{here}{row['slug']}/",
        ]


# What the list shows, and what stands on each barrier's page.
COLUMNS = (
    *("title", "slug", "state", "rank", "points", "support_count", "raised_on"),
    *("description", "answer", "theme_name", "statement_count", "initiative_count", "case_count"),
)
