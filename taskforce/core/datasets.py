"""What a dataset is: described once by its app, and made into files, pages and answers elsewhere.

An app describes its datasets in `datasets.py`. A column says which fields it tells, so that its
kind, its choices and mostly its meaning follow from them, and so that a test knows what is told.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from operator import methodcaller
from typing import Any, Protocol

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import override
from django_stubs_ext import StrOrPromise

from taskforce.core.text import clean

STRANGER = AnonymousUser()  # what a stranger may see is all that open data hold


class Kind(StrEnum):
    """Kinds of value, by the names of Table Schema; a list is a string of its parts there."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    LIST = "list"


KINDS: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
    (models.BooleanField, Kind.BOOLEAN),
    (models.DateTimeField, Kind.DATETIME),
    (models.DateField, Kind.DATE),
    (models.TimeField, Kind.TIME),
    (ArrayField, Kind.LIST),
    (models.ManyToManyField, Kind.LIST),
    (models.ForeignKey, Kind.INTEGER),
    (models.IntegerField, Kind.INTEGER),
)


@dataclass(frozen=True)
class Column:
    """A column: its name in every file, and the field that it tells, such as "theme.name".

    `tells` names further fields that `value` reads. `by_others` marks what others than the
    taskforce wrote: the licence leaves it out. `codes` are those of a value that no field keeps.
    A column that is `left_out_when_empty` stands in a sheet once some row fills it.
    """

    name: str
    of: str = ""
    means: StrOrPromise = ""
    value: Callable[[Any], Any] | None = None
    tells: Sequence[str] = ()
    kind: Kind | None = None
    by_others: bool = False
    codes: Sequence[tuple[str, StrOrPromise]] = ()
    left_out_when_empty: bool = False

    @property
    def path(self) -> str:
        return self.of or self.name

    def read(self, row: Any) -> Any:
        """Return a row's value as JSON has it; an empty text is no value."""
        return as_json(self.value(row) if self.value else _follow(row, self.path))


class Rows(Protocol):
    """Rows of a dataset: those of a table, or what serves as such."""

    def __iter__(self) -> Iterator[Any]: ...

    def filter(self, *, pk__in: Iterable[int]) -> Iterable[Any]: ...


@dataclass(frozen=True)
class Dataset:
    """A dataset: what a row is, its columns, and the rows that somebody may see.

    `merged_into` is the field of a row that leads to the one it was merged into; `gone` returns
    such rows where they no longer show.
    """

    name: str
    title: StrOrPromise
    about: StrOrPromise
    model: type[models.Model]
    rows_for: Callable[[AnonymousUser], Rows]
    columns: Sequence[Column]
    address: Callable[[Any], str] = methodcaller("get_absolute_url")
    merged_into: str = ""
    gone: Callable[[], models.QuerySet[Any, Any]] | None = None

    def rows(self) -> Rows:
        """Return what a stranger may see."""
        return self.rows_for(STRANGER)

    def values(self, row: Any) -> dict[str, Any]:
        """Return what is told of a row. Codes and Danish, whatever language the reader has."""
        with override("da"):
            return {column.name: column.read(row) for column in self.columns}

    def filled_columns(self) -> list[Column]:
        """Return the columns without those that are left out as long as no row fills them."""
        return [
            column
            for column in self.columns
            if not column.left_out_when_empty or self._is_filled(column)
        ]

    def _is_filled(self, column: Column) -> bool:
        seen: Any = self.rows()
        filled: bool = seen.exclude(**{column.path: ""}).exists()
        return filled

    def field_of(self, column: Column) -> Any:
        """Return the field that a column tells; None where it tells none alone."""
        return field_at(self.model, column.path) if column.of or not column.tells else None

    def kind_of(self, column: Column) -> Kind:
        if column.kind:
            return column.kind
        told = self.field_of(column)
        return next((kind for model, kind in KINDS if isinstance(told, model)), Kind.STRING)

    def choices_of(self, column: Column) -> list[tuple[str, StrOrPromise]]:
        """Return the codes of a column with what each means."""
        told = self.field_of(column)
        told = getattr(told, "base_field", told)
        codes = column.codes or getattr(told, "flatchoices", [])
        return [choice for choice in codes if choice[0]]

    def meaning_of(self, column: Column) -> StrOrPromise:
        return column.means or self.field_of(column).verbose_name

    def told(self) -> Iterator[tuple[type[models.Model], str]]:
        """Yield each model and field that some column tells."""
        for column in self.columns:
            paths = [column.path] if column.of or not column.tells else []
            for path in (*paths, *column.tells):
                yield from fields_along(self.model, path)


def field_at(model: type[models.Model], path: str) -> Any:
    """Return the last field of a path such as "entry.minutes.meeting"."""
    *_, (owner, name) = fields_along(model, path)
    return owner._meta.get_field(name)


def fields_along(model: type[models.Model], path: str) -> Iterator[tuple[type[models.Model], str]]:
    """Yield the model and name of each field of a path; steps back along a relation have none."""
    for name in path.split("."):
        step: Any = model._meta.get_field(name)
        if step.concrete or step.many_to_many:
            yield (step.model, step.name)
        model = step.related_model


def _follow(row: Any, path: str) -> Any:
    for name in path.split("."):
        row = getattr(
            row, name, None
        )  # a reverse relation that leads nowhere has no such attribute
    return row


def as_json(value: Any) -> Any:
    """Return a value as JSON has it: a row as its id, a moment in UTC, an empty text as nothing."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, models.Manager):
        return sorted(row.pk for row in value.all())
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()}Z"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(one) for one in value]
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, Decimal):
        return float(value) if value % 1 else int(value)
    return clean(str(value)) or None
