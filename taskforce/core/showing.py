"""Show facts by a template. What the same facts were shown as before is kept by the process.

The template gets nothing but the facts that it is called with: neither request nor viewer. So what
it makes depends on them and the language alone, and is never out of date.
"""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from types import NoneType
from typing import Any

from django.template.loader import get_template
from django.utils.functional import LazyObject, Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from taskforce.core.latest import Latest

MOST = 2_000  # pieces, mostly of one or two kilobytes
LARGEST = 8_000  # characters of one; the facts weigh as much again
_pieces = Latest(MOST)
PLAIN = frozenset({str, SafeString, int, float, bool, NoneType, date, datetime, time, Decimal})


def show(template: str, **facts: Any) -> SafeString:
    """Return what a template makes of these facts."""
    return _shown(template, get_language(), _Facts(facts))


def show_each(
    template: str, rows: Iterable[Any], new: Iterable[Any] = (), **facts: Any
) -> SafeString:
    """Return what a template makes of each `row`; `is_new` where its key is among the new ones."""
    language = get_language()
    shown = (
        _shown(template, language, _Facts({**facts, "row": row, "is_new": row["pk"] in new}))
        for row in rows
    )
    return mark_safe("".join(shown))  # noqa: S308  # each one was made by a template


class _Facts:
    """Facts that are the same where everything in them has the same type and value."""

    __slots__ = ("_frozen", "_hash", "facts")

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = {name: _awake(value) for name, value in facts.items()}
        self._frozen = _frozen(self.facts)
        self._hash = hash(self._frozen)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Facts) and self._frozen == other._frozen


def _shown(template: str, language: str | None, facts: _Facts) -> SafeString:
    key = (template, language, facts)
    known: SafeString | None = _pieces.get(key)
    if known is not None:
        return known
    made = SafeString(get_template(template).render({"LANGUAGE_CODE": language, **facts.facts}))
    if len(made) <= LARGEST:
        _pieces.keep(key, made)
    return made


def _awake(value: Any) -> Any:
    """Return what a lazy object stands for: it holds the request on which it was made."""
    if isinstance(value, LazyObject):
        bool(value)  # wakes it up
        return value._wrapped
    return value


def _frozen(value: Any) -> Any:
    kind = type(value)
    if kind in PLAIN:
        return (kind, value)
    if isinstance(value, dict):
        # Most facts are plain; a call for each would take as long as all the rest.
        return tuple(
            [
                (name, type(one), one) if type(one) in PLAIN else (name, _frozen(one))
                for name, one in value.items()
            ]
        )
    if isinstance(value, list | tuple | set | frozenset):
        return (kind, *map(_frozen, value))
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, str | int):  # of choices
        return (kind, value)
    if is_dataclass(value):
        return (kind, *(_frozen(getattr(value, field.name)) for field in fields(value)))
    raise TypeError(f"No fact that can be kept: {kind.__name__}.")
