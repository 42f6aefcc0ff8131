"""What the columns of a dataset are, in the words of machines: Table Schema and JSON Schema."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise

from taskforce.core.datasets import Column, Dataset, Kind
from taskforce.open_data.catalogue import OF_EVERY_ROW
from taskforce.open_data.rows import CURRENT, WITHDRAWN

FORMATS = {Kind.DATE: "date", Kind.DATETIME: "date-time", Kind.TIME: "time"}
LIST_WORDS = "; "  # between the parts of a list in a cell


@dataclass(frozen=True)
class Told:
    """A column as pages and schemas tell of it."""

    name: str
    kind: Kind
    meaning: str
    choices: list[tuple[str, StrOrPromise]]
    by_others: bool = False


def columns(dataset: Dataset) -> list[Told]:
    """Return the columns of a dataset's files, those that every dataset has first."""
    return [*_shared(), *(_own(dataset, column) for column in dataset.filled_columns())]


def _shared() -> Iterator[Told]:
    for name, kind, meaning in OF_EVERY_ROW:
        yield Told(name, Kind(kind), str(meaning), [])


def _own(dataset: Dataset, column: Column) -> Told:
    return Told(
        name=column.name,
        kind=dataset.kind_of(column),
        meaning=str(dataset.meaning_of(column)),
        choices=dataset.choices_of(column),
        by_others=column.by_others,
    )


def table_schema(dataset: Dataset) -> dict[str, Any]:
    """Return the Table Schema of a dataset's CSV file."""
    fields = [_table_field(told) for told in columns(dataset)]
    return {"fields": fields, "primaryKey": "id", "missingValues": [""]}


def _table_field(told: Told) -> dict[str, Any]:
    is_list = told.kind == Kind.LIST
    found: dict[str, Any] = {
        "name": told.name,
        "type": "string" if is_list else str(told.kind),
        "description": f"{told.meaning} (separated by “;”)" if is_list else told.meaning,
    }
    codes = [CURRENT, WITHDRAWN] if told.name == "status" else [code for code, _ in told.choices]
    if told.name in ("id", "status"):
        found["constraints"] = {"required": True}
    if codes and not is_list:
        found["constraints"] = {**found.get("constraints", {}), "enum": codes}
    return found


def json_schema(dataset: Dataset) -> dict[str, Any]:
    """Return the JSON Schema of a row, current or withdrawn, with every column it may have."""
    told = [*_shared(), *(_own(dataset, column) for column in dataset.columns)]
    return {
        "type": "object",
        "required": ["id", "status"],
        "properties": {one.name: _json_property(one) for one in told},
        "additionalProperties": False,
    }


def _json_property(told: Told) -> dict[str, Any]:
    if told.name == "id":
        return {"type": "integer", "description": told.meaning}
    if told.name == "status":
        return {"enum": [CURRENT, WITHDRAWN], "description": told.meaning}
    kinds = {Kind.LIST: "array"} | {
        kind: str(kind) for kind in (Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN)
    }
    found: dict[str, Any] = {
        "type": [kinds.get(told.kind, "string"), "null"],
        "description": told.meaning,
    }
    if told.kind in FORMATS:
        found["format"] = FORMATS[told.kind]
    codes = [code for code, _ in told.choices]
    if told.kind == Kind.LIST:
        found["items"] = {"enum": codes} if codes else {"type": ["string", "integer"]}
    elif codes:
        found["enum"] = [*codes, None]
    return found
