"""Cases as cards, on pages of floors below that know cases by their relation alone."""

from typing import Any

from django import template
from django.db.models import QuerySet

from initiatives.cases import pictures
from initiatives.cases.pages import ready, rows
from initiatives.models import Case

register = template.Library()


@register.filter
def as_cards(cases: QuerySet[Case]) -> list[dict[str, Any]]:
    """Return rows for `_partials/case_card.html`."""
    return [ready(row) for row in rows(cases)]


@register.filter
def picture_among(cases: QuerySet[Case]) -> dict[str, Any] | None:
    """Return the picture of the first case that has one, for sites on which a page is shared."""
    return next((picture for case in cases if (picture := pictures.of(case))), None)
