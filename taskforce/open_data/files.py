"""Datasets as files: CSV, JSON and Excel, and all of them as one Data Package."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from taskforce.core import sheets
from taskforce.core.datasets import Dataset, as_json
from taskforce.open_data import rows, schema
from taskforce.open_data.catalogue import ALL, LICENCE, LICENCE_TITLE, LICENCE_URL, PUBLISHER
from taskforce.open_data.rows import Row

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same rows are the same file, whenever it is made
PACKAGE = "taskforce.zip"


def names(dataset: Dataset) -> list[str]:
    return [told.name for told in schema.columns(dataset)]


def cell(value: Any) -> Any:
    """Return a value as a cell holds it; a list as its parts, so that no cell tears its row."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return sheets.safe(schema.LIST_WORDS.join(map(str, value)))
    return "" if value is None else sheets.safe(value)


def as_csv(dataset: Dataset, told: list[Row]) -> bytes:
    """Return rows as CSV with commas, in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    columns = names(dataset)
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in told)
    return text.getvalue().encode("utf-8-sig")


def as_json_file(dataset: Dataset, told: list[Row]) -> bytes:
    """Return rows as JSON, with where they come from and what may be done with them."""
    with override("en"):
        head = {**terms(), "name": dataset.name, "title": str(dataset.title)}
    changed = as_json(rows.last_change(dataset))
    found = {**head, "source": page_of(dataset), "changed": changed, "rows": told}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()


def as_xlsx(dataset: Dataset, told: list[Row]) -> bytes:
    columns: list[sheets.Column[Row]] = [
        sheets.Column(name, lambda row, name=name: cell(row.get(name)))  # type: ignore[misc]  # mypy knows no defaults of lambdas
        for name in names(dataset)
    ]
    return sheets.as_xlsx(dataset.name, columns, told).content


FORMATS: dict[str, tuple[str, Callable[[Dataset, list[Row]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json_file),
    "xlsx": (sheets.XLSX, as_xlsx),
}


def page_of(dataset: Dataset) -> str:
    return f"{settings.SITE_URL}/data/{dataset.name}/"


def terms() -> dict[str, Any]:
    """Return the licence and the words by which the source is named."""
    return {
        "licence": {"name": LICENCE, "title": LICENCE_TITLE, "path": LICENCE_URL},
        "attribution": f"{PUBLISHER}, {settings.SITE_URL}/data/",
        "contact": settings.SECRETARIAT_EMAIL,
    }


def descriptor() -> dict[str, Any]:
    """Return the datapackage.json of all datasets."""
    with override("en"):
        resources = [_resource(dataset) for dataset in ALL]
    found = terms()
    return {
        "name": "buy-social-taskforce-danmark",
        "title": PUBLISHER,
        "homepage": f"{settings.SITE_URL}/data/",
        "licenses": [found["licence"]],
        "contributors": [{"title": PUBLISHER, "role": "publisher", "email": found["contact"]}],
        "resources": resources,
    }


def _resource(dataset: Dataset) -> dict[str, Any]:
    return {
        "name": dataset.name,
        "title": str(dataset.title),
        "description": str(dataset.about),
        "path": f"{dataset.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema.table_schema(dataset),
    }


def package(told: dict[str, list[Row]]) -> bytes:
    """Return all datasets as one archive, with what their columns are and a README."""
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        about = json.dumps(descriptor(), ensure_ascii=False, indent=1)
        archive.writestr(_entry("datapackage.json"), about)
        archive.writestr(_entry("README.md"), readme())
        for dataset in ALL:
            archive.writestr(_entry(f"{dataset.name}.csv"), as_csv(dataset, told[dataset.name]))
    return content.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    return entry


def readme() -> str:
    """Return what the files are, in Danish and then in English."""
    context = {"datasets": ALL, "licence_url": LICENCE_URL, "site_url": settings.SITE_URL}
    context |= {"secretariat_email": settings.SECRETARIAT_EMAIL, "publisher": PUBLISHER}
    parts = []
    for language in ("da", "en"):
        with override(language):
            parts.append(render_to_string("open_data/readme.txt", context))
    return "\n\n".join(parts)
