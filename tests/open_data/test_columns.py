"""Every column of the database is published or withheld for a reason; files keep their schema."""

import csv
import io
from collections import defaultdict
from datetime import date, datetime, time
from typing import Any

import pytest
from django.apps import apps

from taskforce.open_data import files, rows, schema
from taskforce.open_data.catalogue import ALL, DATASETS
from taskforce.open_data.withheld import COLUMNS, EVERYWHERE, MODELS
from tests.world import World

OURS = ("taskforce.", "meetings.", "barriers.", "initiatives.", "calls.")
READ: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ"),
}


def told() -> dict[str, set[str]]:
    found = defaultdict(set)
    for dataset in ALL:
        for model, name in dataset.told():
            found[model._meta.label].add(name)
    return {label: names for label, names in found.items() if label not in MODELS}


def columns_of(label: str) -> set[str]:
    model = apps.get_model(label)._meta
    return {field.name for field in (*model.concrete_fields, *model.many_to_many)}


def test_every_model_is_told_of_or_withheld():
    ours = [model for model in apps.get_models() if model.__module__.startswith(OURS)]

    assert sorted(model._meta.label for model in ours) == sorted([*told(), *MODELS])


def test_every_column_is_told_or_withheld_and_never_both():
    found = {
        label: columns_of(label) - names - COLUMNS.get(label, {}).keys() - EVERYWHERE.keys()
        for label, names in told().items()
    }

    assert {label: names for label, names in found.items() if names} == {}
    assert {label: told()[label] & set(names) for label, names in COLUMNS.items()} == {
        label: set() for label in COLUMNS
    }
    assert [
        (label, name) for label in COLUMNS for name in COLUMNS[label].keys() - columns_of(label)
    ] == []


def test_every_column_says_what_it_means(db: None):
    found = [one for dataset in ALL for one in schema.columns(dataset)]

    assert len(found) > 150
    assert [one.name for one in found if not one.meaning] == []


@pytest.mark.parametrize("name", DATASETS)
def test_file_holds_its_rows_and_keeps_its_schema(name: str, world: World):
    dataset = DATASETS[name]
    content = files.as_csv(dataset, rows.everything(dataset))
    found = [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    fields = schema.table_schema(dataset)["fields"]

    assert [*found[0]] == [field["name"] for field in fields]
    assert {int(row["id"]) for row in found} == {row.pk for row in dataset.rows()} != set()
    assert [problem for row in found for field in fields if (problem := wrong(row, field))] == []


def wrong(row: dict[str, str], field: dict[str, Any]) -> str:
    """Say what is wrong with a cell by the schema of its column; "" where nothing is."""
    text, demands = row[field["name"]], field.get("constraints", {})
    if not text:
        return f"{field['name']} is empty" if demands.get("required") else ""
    try:
        READ[field["type"]](text)
    except (ValueError, KeyError):
        return f"{field['name']} is no {field['type']}: {text}"
    return "" if text in demands.get("enum", [text]) else f"{field['name']}: {text}"
