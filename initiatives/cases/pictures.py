"""Where a case's picture is read (`taskforce.core.pictured`)."""

from typing import Any

from django.urls import reverse

from initiatives.models import Case
from taskforce.core import pictured


def shown(row: dict[str, Any]) -> dict[str, Any] | None:
    """Return the attributes of an `img`, from a row with the fields of `COLUMNS`."""
    return pictured.shown(row, _address)


def of(case: Case) -> dict[str, Any] | None:
    """Return the attributes of the `img` of a case."""
    return pictured.of(case, _address)


def _address(slug: str, name: str) -> str:
    return reverse("initiatives:case_picture", args=[slug, name])
