"""What the secretariat's page of results shows, and the years that are over."""

from typing import Any

from django.utils import timezone

from taskforce.results.counting import count
from taskforce.results.models import Figure, Goal, KeptYear, Report


def over() -> set[int]:
    """Return the years that are over and have something in them, or are kept."""
    kept = {*KeptYear.objects.values_list("year", flat=True)}
    return kept | {year for _key, year in count() if 0 < year < timezone.localdate().year}


def desk() -> dict[str, Any]:
    kept = {one.year: one for one in KeptYear.objects.all()}
    reports = {one.year: one for one in Report.objects.all()}
    figures = [*Figure.objects.select_related("entered_by__organisation")]
    return {
        "drafts": [figure for figure in figures if not figure.is_published],
        "published": [figure for figure in figures if figure.is_published],
        "goals": Goal.objects.prefetch_related("steps"),
        "years": [
            {"year": year, "kept": kept.get(year), "report": reports.get(year)}
            for year in sorted(over(), reverse=True)
        ],
    }
