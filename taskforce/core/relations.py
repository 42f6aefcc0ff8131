"""Read rows of a higher floor without importing it: through its relation to a row here."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

# Whoever looks at a page. The floor of members knows which users are members.
Row = TypeVar("Row")
Viewer = AbstractBaseUser | AnonymousUser


def pointing_at(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Yield (model, field) of every foreign key to a model, those of join tables included."""
    for field in model._meta.get_fields(include_hidden=True):
        relation: Any = field
        if relation.auto_created and not relation.concrete and relation.many_to_many is False:
            yield relation.related_model, relation.field.name


def kind_of(model: type[Model]) -> str:
    """Name a model's rows: a table between two models is its owner's."""
    named: Any = model._meta.auto_created or model
    return str(named._meta.verbose_name_plural)


def related(row: Model, relation: str, viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the rows at the other end of a row's relation that the viewer may see."""
    rows: QuerySet[Any, Any] = getattr(row, relation).visible_to(viewer)
    return rows


def known(rows: list[Row], **things: Model) -> list[Row]:
    """Set on rows what they all belong to, as a related manager does."""
    for row in rows:
        for name, thing in things.items():
            setattr(row, name, thing)
    return rows


def visible(model: type[Model], relation: str, viewer: Viewer) -> QuerySet[Any, Any]:
    """Return every row at the other end of a model's relation that the viewer may see."""
    other: Any = model._meta.get_field(relation).related_model
    rows: QuerySet[Any, Any] = other._default_manager.visible_to(viewer)
    return rows


def count_of(others: QuerySet[Any, Any], *fields: str) -> Coalesce:
    """Return an expression that counts others which point at a row by one of their fields."""
    points = Q(*((field, OuterRef("pk")) for field in fields), _connector=Q.OR)
    all_of_them = others.filter(points).order_by().values(together=Value(1))
    counted = all_of_them.annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(counted), 0)
