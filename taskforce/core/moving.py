"""Make two rows one: everything that points at the one moves to the other, and can go back.

The row that is given up stays, out of sight. A model may keep rows with it: its `rows_that_move`
takes rows and returns those that do move, such as no voter of a round that is counted. Its
`comes_back` tells of a row that was dropped whether it does when the two are taken apart. A model
that `stays_behind` neither moves nor counts as something that came since, such as who opened which
page.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from psycopg.errors import UniqueViolation

from taskforce.core.acts import Refused
from taskforce.core.relations import kind_of, pointing_at

Answer = TypeVar("Answer")


@dataclass
class Move:
    """What moved of one kind of row, and what was dropped since the other has one like it."""

    model: str  # its label, such as "barriers.Support"
    by: str  # its foreign key
    old: int  # whence it moved, by key
    new: int  # and where to
    moved: list[int] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)  # each row as JSON
    lost: list[str] = field(default_factory=list)  # each of them in words

    @property
    def kind(self) -> str:
        return kind_of(apps.get_model(self.model))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def move_all(
    old: models.Model, new: models.Model, *, but: Collection[type[models.Model]] = ()
) -> list[Move]:
    """Let everything that points at a row point at the other; return what was done.

    A row whose like the other has already is dropped. Raises Refused where such a row has rows of
    its own, which would be dropped with it.
    """
    done = [_move(model, name, old, new) for model, name in _that_count(type(old), but)]
    return [*(move for move in done if move.moved or move.dropped), *move_named(old, new)]


# Models that name a row by its type and key, as those two columns: what people follow.
names_by_key: list[tuple[type[models.Model], str, str]] = []


def move_named(old: models.Model, new: models.Model) -> list[Move]:
    """Let everything that names a row by its type and key name the other; return what was done."""
    of_type = ContentType.objects.get_for_model(old)
    done = [_move(model, key, old, new, **{kind: of_type}) for model, kind, key in names_by_key]
    return [move for move in done if move.moved or move.dropped]


def _that_count(
    model: type[models.Model], but: Collection[type[models.Model]]
) -> Iterator[tuple[type[models.Model], str]]:
    """Yield (model, field) of the foreign keys to a model that a merge has to do with."""
    for other, name in pointing_at(model):
        if other not in but and not getattr(other, "stays_behind", False):
            yield other, name


def _move(
    model: type[models.Model], name: str, old: models.Model, new: models.Model, **only: Any
) -> Move:
    move = Move(model._meta.label, name, old.pk, new.pk)
    rows: Any = model._base_manager.filter(**only, **{name: old.pk}).order_by("pk")
    for row in getattr(model, "rows_that_move", lambda all_of_them: all_of_them)(rows):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{name: new.pk})
            move.moved.append(row.pk)
        except IntegrityError as error:
            if not isinstance(error.__cause__, UniqueViolation):
                raise
            _drop(row, move)
    return move


def _drop(row: models.Model, move: Move) -> None:
    for model, name in _that_count(type(row), but=()):
        if model._base_manager.filter(**{name: row.pk}).exists():
            words = _("Both have “%(title)s”, and others build on it. Settle that first.")
            raise Refused(words % {"title": row})
    move.dropped.append(serializers.serialize("json", [row]))
    move.lost.append(str(row))
    row.delete()


def move_back(moves: list[dict[str, Any]]) -> None:
    """Undo `move_all`: what moved and still is there goes back, and what was dropped comes back.

    What belonged to somebody who is gone since stays dropped, and what its model says so of.
    """
    for move in moves:
        model: Any = apps.get_model(move["model"])
        there = model._base_manager.filter(**{move["by"]: move["new"]})
        there.filter(pk__in=move["moved"]).update(**{move["by"]: move["old"]})
        for text in move["dropped"]:
            for row in serializers.deserialize("json", text):
                if _has_all_it_points_at(row.object) and _comes_back(row.object, move):
                    row.save()


def _comes_back(row: Any, move: dict[str, Any]) -> bool:
    """Tell whether a dropped row comes back, given what tells its like from it."""
    return not hasattr(row, "comes_back") or bool(row.comes_back(**{move["by"]: move["new"]}))


def _has_all_it_points_at(row: models.Model) -> bool:
    """Tell whether nothing was deleted since that a row belongs to, such as who followed it."""
    keys: list[Any] = [field for field in row._meta.concrete_fields if field.remote_field]
    return all(
        field.remote_field.model._base_manager.filter(pk=key).exists()
        for field in keys
        if (key := getattr(row, field.attname)) is not None
    )


def restore(row: models.Model, before: str, after: str) -> None:
    """Give a row's columns back what they held, unless somebody changed them since.

    Both texts are the row as JSON, of all its columns or of some.
    """
    was, became = (next(serializers.deserialize("json", text)).object for text in (before, after))
    for name in json.loads(before)[0]["fields"]:
        column = row._meta.get_field(name)
        if column.concrete and not column.many_to_many:
            held = column.attname
            if getattr(row, held) == getattr(became, held):
                setattr(row, held, getattr(was, held))


def pointing(
    row: models.Model, *, but: Collection[type[models.Model]] = ()
) -> dict[str, list[int]]:
    """Return the keys of all that points at a row, to tell later whether anything came since."""
    return {
        f"{model._meta.label}.{name}": sorted(
            model._base_manager.filter(**{name: row.pk}).values_list("pk", flat=True)
        )
        for model, name in _that_count(type(row), but)
    }


def has_grown(row: models.Model, before: dict[str, list[int]]) -> bool:
    """Tell whether anything points at a row that did not, of the kinds that were looked at."""
    return any({*keys} - {*before.get(kind, keys)} for kind, keys in pointing(row).items())


def tried(act: Callable[[], Answer]) -> Answer:
    """Return what an act would return, and undo it: a preview that cannot differ from the act."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer
