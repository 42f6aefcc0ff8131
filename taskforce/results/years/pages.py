"""What the secretariat's page of results shows, and which years can be kept."""

from typing import Any

from django.utils import timezone

from taskforce.results.counting import count
from taskforce.results.models import Figure, Goal, KeptYear


def to_keep() -> list[int]:
    """Return the years that are over, have something in them and are not kept, the latest first."""
    kept = {*KeptYear.objects.values_list("year", flat=True)}
    over = {year for _key, year in count() if 0 < year < timezone.localdate().year}
    return sorted(over - kept, reverse=True)


def last_year_waits() -> int | None:
    """Return last year where its figures can be kept."""
    last = timezone.localdate().year - 1
    return last if last in to_keep() else None


def desk() -> dict[str, Any]:
    figures = [*Figure.objects.select_related("entered_by__organisation")]
    return {
        "drafts": [figure for figure in figures if not figure.is_published],
        "published": [figure for figure in figures if figure.is_published],
        "goals": Goal.objects.prefetch_related("steps"),
        "to_keep": to_keep(),
        "kept": KeptYear.objects.all(),
    }
