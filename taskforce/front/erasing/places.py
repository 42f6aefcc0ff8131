"""Where a person's name stands in running text, in full."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from html import unescape
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.html import strip_tags

from meetings.checking.names import Names, sentence_around, tidy
from meetings.models import Attendance, MinutesEntry, MinutesVersion, Outcome
from taskforce.core.models import MailingCopy
from taskforce.following.models import Follow
from taskforce.members.models import (
    Invitation,
    JoinRequest,
    Member,
    MemberImport,
    Merge,
    User,
)

APPS = (
    "meetings",
    "barriers",
    "initiatives",
    "calls",
    "dialogue",
    "news",
    "intake",
    "front",
    "core",
    "members",
    "following",
    "results",
)
# Rows of the person's own, which lose the name anyhow.
OWN = (Attendance, Follow, MailingCopy, User, Member, JoinRequest, Invitation, MemberImport, Merge)
# Minutes that members have read are corrected on their own page, and say that they were.
CORRECTED = (MinutesEntry, Outcome, MinutesVersion)


@dataclass(frozen=True)
class Place:
    """A column of a row that names somebody, and the sentence around the name."""

    row: Any
    column: str
    before: str
    found: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.row._meta.label_lower}.{self.row.pk}.{self.column}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def url(self) -> str:
        """Return where the text is read; "" where it has no page of its own."""
        return self.row.get_absolute_url() if hasattr(self.row, "get_absolute_url") else ""

    @property
    def can_be_replaced(self) -> bool:
        return not isinstance(self.row, CORRECTED)


def places_of(name: str) -> list[Place]:
    """Return the columns of text that hold a name in full, one query a kind of row."""
    names = Names([name])
    return [place for model, columns in _texts() for place in _places(model, columns, name, names)]


def _texts() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Yield every kind of row that people read, with its columns of free text."""
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            columns = [one.name for one in model._meta.concrete_fields if _is_text(one)]
            if columns and model not in OWN:
                yield model, columns


def _is_text(column: Any) -> bool:
    free = isinstance(column, models.CharField | models.TextField | models.JSONField)
    plain = not isinstance(column, models.SlugField | models.URLField | models.EmailField)
    return free and plain and not column.choices and not column.unique


def _places(
    model: type[models.Model], columns: list[str], name: str, names: Names
) -> Iterator[Place]:
    word = max(name.split(), key=len, default=name)
    anywhere = reduce(or_, (Q(**{f"{column}__icontains": word}) for column in columns))
    for row in model._base_manager.filter(anywhere).order_by("pk"):
        for column in columns:
            words = tidy(unescape(strip_tags(str(getattr(row, column)).replace("<", " <"))))
            if found := next((one for one in names.find(words) if not one.is_alone), None):
                yield Place(row, column, *sentence_around(words, found.start, found.end))


def replace(place: Place, name: str, words: str) -> None:
    """Put other words in the place of a name in a column; capitals make no difference."""
    pattern = Names([name]).pattern(name)
    value = getattr(place.row, place.column)
    kept = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    put = words if isinstance(value, str) else json.dumps(words, ensure_ascii=False)[1:-1]
    text: Any = pattern.sub(lambda _found: put, kept)
    text = text if isinstance(value, str) else json.loads(text)
    type(place.row)._base_manager.filter(pk=place.row.pk).update(**{place.column: text})
