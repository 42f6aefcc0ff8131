"""What the pages of open data show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone

from taskforce.core.datasets import Dataset
from taskforce.open_data import files, linked_data, rows, schema
from taskforce.open_data.catalogue import ALL, DATASETS, LICENCE_URL, PUBLISHER
from taskforce.open_data.models import Published

LOOKED_AT = 50  # rows in which an example is looked for


@dataclass(frozen=True)
class Listed:
    """A dataset on the page that lists them."""

    dataset: Dataset
    count: int
    changed: datetime | None

    @property
    def formats(self) -> list[tuple[str, str]]:
        return formats(self.dataset)


def formats(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the name of each format, and the address of the dataset in it."""
    names = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
    return [(names[kind], reverse("data_file", args=[dataset.name, kind])) for kind in names]


def index() -> dict[str, Any]:
    rows.keep_all_up(ALL)
    counted = Published.objects.values("dataset").annotate(
        count=Count("pk", filter=Q(withdrawn=False)), changed=Max("changed_at")
    )
    found: dict[str, dict[str, Any]] = {one["dataset"]: {**one} for one in counted}
    nothing: dict[str, Any] = {"count": 0, "changed": None}
    listed = [
        Listed(one, told["count"], told["changed"])
        for one in ALL
        for told in [found.get(one.name, nothing)]
    ]
    return {"listed": listed, "linked_data": linked_data.catalogue(), **_terms()}


def detail(dataset: Dataset) -> dict[str, Any]:
    rows.keep_up(dataset)
    book = Published.objects.filter(dataset=dataset.name, withdrawn=False)
    some = rows.told(dataset, book.order_by("row")[:LOOKED_AT])
    columns = [
        {"told": told, "example": _example(told.name, some)} for told in schema.columns(dataset)
    ]
    changed = rows.last_change(dataset)
    return {
        "dataset": dataset,
        "linked_data": linked_data.dataset(dataset, changed),
        "columns": columns,
        "count": book.count(),
        "changed": changed,
        "formats": formats(dataset),
        "api": settings.SITE_URL + reverse("api_rows", args=[dataset.name]),
        **_terms(DATASETS[dataset.name]),
    }


def _example(name: str, some: list[rows.Row]) -> str:
    """Return the first value of a column that is there, as it stands in a cell."""
    for row in some:
        if row.get(name) not in (None, "", []):
            return str(files.cell(row[name]))
    return ""


def _terms(dataset: Dataset | None = None) -> dict[str, Any]:
    """Return the licence, and the words by which somebody names the source and cites it."""
    today = timezone.localdate()
    where = f"{settings.SITE_URL}/data/" + (f"{dataset.name}/" if dataset else "")
    return {
        "licence_url": LICENCE_URL,
        "attribution": files.terms()["attribution"],
        "citation": {
            "publisher": PUBLISHER,
            "year": today.year,
            "where": where,
            "day": today,
        },
    }
