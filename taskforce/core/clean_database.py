"""The database keeps clean text only, whoever writes it: a form, a document, a command, a fixture.

Every text that Django sends to Postgres, in a search as in a row, passes through `text.clean`, and
so do the texts within JSON. What is clean already, as from a form, stays as it is.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Jsonb, JsonbDumper
from psycopg.types.string import StrDumper

from taskforce.core.text import clean


class CleanText(StrDumper):
    def dump(self, obj: str) -> Any:
        return super().dump(clean(obj))


class CleanJson(JsonbDumper):
    def dump(self, obj: Any) -> Any:
        return super().dump(Jsonb(cleaned(obj.obj), obj.dumps))


def cleaned(value: Any) -> Any:
    """Return plain data whose texts are clean."""
    match value:
        case str():
            return clean(value)
        case dict():
            return {cleaned(key): cleaned(inner) for key, inner in value.items()}
        case list() | tuple():
            return [cleaned(inner) for inner in value]
    return value


def keep_clean(*, connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Clean what a new connection sends."""
    connection.connection.adapters.register_dumper(str, CleanText)
    connection.connection.adapters.register_dumper(Jsonb, CleanJson)
