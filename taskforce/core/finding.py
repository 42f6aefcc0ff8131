"""What a search finds. Each app declares its kinds in its `found.py`, always through `visible_to`.

A search reads all kinds in one query, so each yields the same columns. What a kind does not have,
such as a theme, stays empty.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    DateField,
    Expression,
    F,
    Field,
    Func,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django_stubs_ext import StrOrPromise

from taskforce.core.danish import MadeQuery

Column = str | Expression | Func | F
Viewer = Any  # as the floor of members knows them

NO_WORDS = Value("", TextField())
NO_LIST = Value([], ArrayField(TextField()))


@dataclass(frozen=True, kw_only=True, eq=False)
class Found:
    """A kind of hit, and the columns that tell of it.

    `key` is its name in addresses. `keys` are the arguments of a hit's address, behind the view
    where `view` names none; `anchor` names its place on that page, made of `part`. `counts` is
    how much a hit of the kind weighs beside others, from 0 to 1.
    """

    model: type[Model]
    key: str
    one: StrOrPromise
    many: StrOrPromise
    rows: Callable[
        [Viewer], QuerySet[Any, Any]
    ]  # what the viewer may see, of a `SearchQuerySet` or with a column `search`
    view: str  # of a hit; "" where its keys name it
    title: Column
    keys: Sequence[Column]
    text: Column = NO_WORDS
    anchor: str = ""
    part: Column = "pk"
    is_html: bool = False  # of the text
    place: Column = NO_WORDS  # where it stands, such as the meeting of a passage
    # What stands instead of an empty title or place, by the keys.
    named: Callable[[str, list[str]], str] = lambda title, _keys: title
    placed: Callable[[str, list[str]], str] = lambda place, _keys: place
    search: str = "search"
    day: Column | None = None
    state: Column | None = None
    states: dict[str, StrOrPromise] = field(default_factory=dict)
    organisation: Column | None = None
    themes: Callable[[Viewer], Any] | None = None
    number: str = ""  # a field by which people name a row, as in "møde 3"
    called: Sequence[str] = ()  # the words that go before or after that number
    of_day: float = 0.0  # how much a hit weighs that is of the day asked for
    counts: float = 1.0
    suggests: bool = False
    is_for_members: bool = False  # strangers find none of it
    is_of_people: bool = False  # its words are names, which no correction may tell

    @property
    def icon(self) -> str:
        return str(self.model._meta.model_name)

    def matching(self, viewer: Viewer, query: MadeQuery) -> list[QuerySet[Any, Any]]:
        """Return what has the words, and what has doubles with them; a row may stand in both."""
        rows = self.rows(viewer)
        by_words = rows.filter(**{self.search: query})
        return [by_words, rows.of_doubles(query)] if hasattr(rows, "of_doubles") else [by_words]

    def url(self, keys: list[str], part: str) -> str:
        anchor = f"#{self.anchor.format(part)}" if self.anchor else ""
        view, *arguments = [self.view, *keys] if self.view else keys
        return reverse(view, args=[one for one in arguments if one]) + anchor


registered: list[Found] = []


def found(*kinds: Found) -> None:
    """Let the search find these kinds."""
    registered.extend(kinds)


def kinds() -> list[Found]:
    """Return every kind, in the order in which pages list them."""
    return sorted(registered, key=lambda kind: (-kind.counts, kind.key))


def kinds_for(viewer: Viewer) -> list[Found]:
    """Return the kinds of which somebody may find something."""
    return [kind for kind in kinds() if viewer.is_authenticated or not kind.is_for_members]


def column(name: Column | None, to: Field[Any, Any]) -> Cast:
    """Return a column in the type that every kind has; empty where a kind has none."""
    expression: Any = Value(None) if name is None else F(name) if isinstance(name, str) else name
    return Cast(expression, to)


def lines(*names: Column) -> Concat:
    """Return several columns as one text."""
    apart: Any = (part for name in names for part in (Value("\n"), text(name)))
    return Concat(*[*apart][1:], output_field=TextField())


def text(name: Column) -> Coalesce:
    """Return a column as text, "" where it is empty."""
    return Coalesce(column(name, TextField()), Value(""), output_field=TextField())


def day(name: Column | None) -> Cast:
    return column(name, DateField())


def key(name: Column | None) -> Cast:
    return column(name, BigIntegerField())
