"""What can be talked about: each app names its models when the portal starts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django_stubs_ext import StrOrPromise

from taskforce.members.models import Viewer


@dataclass(frozen=True)
class Outcome:
    """What came of a thing: the last entry of its talk."""

    words: StrOrPromise
    on: date | None = None
    text: str = ""


@dataclass(frozen=True)
class Talk:
    """How a model takes part in talk.

    `key` names it in addresses. `seen` returns the rows whose talk a viewer may read, if they may
    read such talk at all, `open` those that take contributions now: every member sees each of
    them. `outcome` returns what came of a row, `moved_to` the row that it was merged into.
    """

    key: str
    seen: Callable[[Viewer], models.QuerySet[Any]]
    open: Callable[[], models.QuerySet[Any]]
    outcome: Callable[[Any], Outcome | None]
    moved_to: Callable[[Any], Any] = lambda thing: None
    may_be_public: bool = False


_talks: dict[type[models.Model], Talk] = {}


def talked_about(model: type[models.Model], talk: Talk) -> None:
    """Let members talk about a model's rows: each has a title and an address."""
    _talks[model] = talk


def talk_of(model: type[models.Model]) -> Talk:
    return _talks[model]


def place_of_talk(thing: models.Model | None) -> models.Model | None:
    """Return where a thing is talked about: itself, or what it was merged into; None if nowhere."""
    if thing is None or type(thing) not in _talks:
        return None
    return talk_of(type(thing)).moved_to(thing) or thing


def models_of_talk() -> Iterator[tuple[ContentType, Talk]]:
    """Yield each model that can be talked about, by its content type."""
    for model, talk in _talks.items():
        yield ContentType.objects.get_for_model(model), talk


def model_named(key: str) -> type[models.Model] | None:
    """Return the model of a key in an address."""
    return next((model for model, talk in _talks.items() if talk.key == key), None)
