"""The log of an import: what it creates, changes and removes, so that it can be taken back."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class ImportLog:
    """The rows that an import creates, in order, and what it changes and removes of others."""

    def __init__(self) -> None:
        self.created: list[models.Model] = []
        self.changes: list[dict[str, Any]] = []
        self.removed: list[dict[str, Any]] = []

    def create(self, row: Row) -> Row:
        """Save a new row, and log it."""
        row.save(force_insert=True)
        self.created.append(row)
        return row

    def change(self, row: Row, **fields: Any) -> Row:
        """Change fields of a row that was there before, and log their old and new values."""
        changed = {
            name: [plain(row, name), value]
            for name, value in fields.items()
            if getattr(row, name) != value
        }
        if not changed:
            return row
        for name, (_old, new) in changed.items():
            setattr(row, name, new)
        row.save(update_fields=[*changed])
        self.changes.append(
            {
                "row": [row._meta.label, row.pk],
                "fields": {name: [old, plain(row, name)] for name, (old, _new) in changed.items()},
            }
        )
        return row

    def remove(self, row: models.Model) -> None:
        """Delete a row that was there before, and log all of it."""
        fields = {
            one.attname: plain(row, one.name)
            for one in row._meta.concrete_fields
            if not one.generated
        }
        self.removed.append({"row": [row._meta.label, row.pk], "fields": fields})
        row.delete()

    def keys_of(self, model: type[models.Model]) -> list[int]:
        """Return the keys of the rows of a model that were created."""
        return [row.pk for row in self.created if type(row) is model]

    def as_json(self) -> dict[str, Any]:
        """Return the log as `Intake.made` keeps it."""
        rows = [[row._meta.label, row.pk] for row in self.created]
        return {"rows": rows, "changes": self.changes, "removed": self.removed}


def plain(row: models.Model, name: str) -> Any:
    """Return a field as JSON can keep it: dates and times as text."""
    value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column
    return value if isinstance(value, int | None) else str(value)


def created_rows(made: dict[str, Any]) -> Iterator[tuple[type[models.Model], list[int]]]:
    """Yield (model, keys) of what a kept log says was created, in the order of creation."""
    keys: dict[str, list[int]] = {}
    for label, pk in made.get("rows", []):
        keys.setdefault(label, []).append(pk)
    for label, pks in keys.items():
        yield apps.get_model(label), pks
