"""What the pages about a report show, and which years wait for one."""

from typing import Any

from django.http import Http404
from django.utils import timezone

from taskforce.activity.taking_back import why_not
from taskforce.results.models import KeptYear, Report
from taskforce.results.report.content import paper_of
from taskforce.results.years.acts import as_of_now
from taskforce.results.years.pages import over


def report_of(year: int) -> Report:
    """Return the report of a year that is over, begun or not; raises Http404 for any other."""
    report = Report.objects.filter(year=year).first()
    if report is None and year not in over():
        raise Http404
    return report or Report(year=year)


def book_of(year: int) -> KeptYear:
    """Return a kept year; where it is not kept, or without rows, as it would be kept now."""
    kept = KeptYear.objects.filter(year=year).first()
    if kept is None:
        return as_of_now(year)
    kept.behind = kept.behind or as_of_now(year).behind
    return kept


def preview(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "paper": paper_of(report, book_of(report.year)),
        "can_be_taken_back": not why_not(report.published_at),
    }


def last_year_waits() -> int | None:
    """Return last year where it has something in it and no report that is published."""
    last = timezone.localdate().year - 1
    is_told = Report.objects.published().filter(year=last).exists()
    return last if not is_told and last in over() else None
