"""Write down what taking in makes and changes, so that it can be taken back."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Making:
    """The rows that one document makes, in order, and what it changes and removes of others."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int]] = []
        self.changes: list[dict[str, Any]] = []
        self.removed: list[dict[str, Any]] = []

    def make(self, row: Row) -> Row:
        """Save a new row, and remember it."""
        row.save(force_insert=True)
        self.rows.append((row._meta.label, row.pk))
        return row

    def change(self, row: models.Model, **fields: Any) -> None:
        """Change fields of a row that was there before, and remember what they were."""
        changed = {
            name: [plain(row, name), value]
            for name, value in fields.items()
            if getattr(row, name) != value
        }
        if not changed:
            return
        for name, (_old, new) in changed.items():
            setattr(row, name, new)
        row.save(update_fields=[*changed])
        self.changes.append(
            {
                "row": [row._meta.label, row.pk],
                "fields": {name: [old, plain(row, name)] for name, (old, _new) in changed.items()},
            }
        )

    def remove(self, row: models.Model) -> None:
        """Delete a row that was there before, and remember all of it."""
        fields = {
            one.attname: plain(row, one.name)
            for one in row._meta.concrete_fields
            if not one.generated
        }
        self.removed.append({"row": [row._meta.label, row.pk], "fields": fields})
        row.delete()

    def as_json(self) -> dict[str, Any]:
        return {"rows": self.rows, "changes": self.changes, "removed": self.removed}


def plain(row: models.Model, name: str) -> Any:
    """Return a field as JSON can keep it: dates and times as their text."""
    value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column
    return value if isinstance(value, int | None) else str(value)


def rows_made(made: dict[str, Any]) -> Iterator[tuple[type[models.Model], list[int]]]:
    """Yield (model, keys) of what was made, what was made first coming first."""
    keys: dict[str, list[int]] = {}
    for label, pk in made.get("rows", []):
        keys.setdefault(label, []).append(pk)
    for label, pks in keys.items():
        yield apps.get_model(label), pks
