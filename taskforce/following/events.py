"""What happens and can be told: each app names it when the portal starts.

An event is a verb done to a model, as the activity records it, with one sentence. Who may hear of
it is whoever sees its target and its place; who does hear of it follows one of the things that it
is about, or wants its kind of news.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_stubs_ext import StrOrPromise

from taskforce.activity.models import Activity, Verb
from taskforce.following.kinds import Kind


def _itself(target: Any) -> Iterable[models.Model]:
    return [target]


def _nothing(target: Any) -> Iterable[models.Model]:
    return []


def _no_words(target: Any) -> str:
    return ""


def _whole(target: Any, record: Activity) -> Any:
    return target


def _always(target: Any) -> bool:
    return True


def _title(target: Any) -> dict[str, Any]:
    return {"title": target}


@dataclass(frozen=True)
class Event:
    """What is told when a verb is done to a model.

    `sentence` takes what `names` returns. `part` is the row that names and words are taken from:
    the target, or one of its own that the record is about, such as a correction. `about` yields the
    things whose followers hear of it, the nearest first; the first of them is its place: the thing
    whose page shows it. `themes` count less than any of them. `words` are the new words themselves.
    `new` is the kind of news that it is for those who follow nothing of it. `stands` tells whether
    it is still so when it is told. `mailing` names the letter of the act, of which each copy is
    kept. `once_gone` is what those are told who follow the place and no longer see it: it names
    nothing. What `undoes` such an event is told to those alone who were told of it. `reads` are the
    relations that all this needs, so that many are read at once.
    """

    sentence: StrOrPromise
    about: Callable[[Any], Iterable[models.Model]] = _itself
    themes: Callable[[Any], Iterable[models.Model]] = _nothing
    words: Callable[[Any], str] = _no_words
    names: Callable[[Any], dict[str, Any]] = _title
    part: Callable[[Any, Activity], Any] = _whole
    new: Kind | None = None
    stands: Callable[[Any], bool] = _always
    mailing: str = ""
    once_gone: StrOrPromise = ""
    undoes: tuple[Verb, ...] = ()
    reads: tuple[str, ...] = ()


_events: dict[tuple[type[models.Model], Verb], Event] = {}


def event(model: type[models.Model], verb: Verb, told: Event) -> None:
    """Let a verb done to a model be told."""
    _events[model, verb] = told


def event_of(model: type[models.Model] | None, verb: str) -> Event | None:
    return _events.get((model, Verb(verb))) if model else None


def told_of() -> dict[tuple[type[models.Model], Verb], Event]:
    """Return everything that is told."""
    return dict(_events)
