"""What can be followed: each app names its models when the portal starts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db import models

from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Follower, sees_as, whose
from taskforce.following.resolving import Near
from taskforce.members.models import User, Viewer


def _nothing(thing: Any) -> Iterable[models.Model]:
    return []


@dataclass(frozen=True)
class Followable:
    """A model whose rows can be followed: its kind, and the rows whose themes are theirs."""

    kind: Kind
    themed: Callable[[Any], Iterable[models.Model]] = _nothing
    reads: tuple[str, ...] = ()  # the relations that `themed` needs


_kinds: dict[type[models.Model], Followable] = {}


class Named(TypedDict):
    """What a follow is of; nothing of the three is the newsletter."""

    target_type: ContentType | None
    target_id: int | None
    words: str


def followable(
    model: type[models.Model],
    kind: Kind,
    *,
    themed: Callable[[Any], Iterable[models.Model]] = _nothing,
    reads: tuple[str, ...] = (),
) -> None:
    """Let a model's rows be followed: each has `visible_to`, a title and an address."""
    _kinds[model] = Followable(kind, themed, reads)


def may_be_followed(model: type[models.Model]) -> bool:
    return model in _kinds


def kind_of(model: type[models.Model]) -> Kind:
    return _kinds[model].kind


def reads_of(model: type[models.Model]) -> tuple[str, ...]:
    """Return the relations that `near` needs of a model's rows."""
    return _kinds[model].reads


def key_of(thing: models.Model) -> tuple[int, int]:
    """Return what names a thing in follows."""
    return ContentType.objects.get_for_model(thing).pk, thing.pk


def near(thing: models.Model) -> list[Near]:
    """Return a thing and its themes, as follows name them: the nearest first."""
    known = _kinds[type(thing)]
    themes = (key for row in known.themed(thing) if (key := _theme_of(row)))
    own = Near(key_of(thing), known.kind)
    return [own, *(Near(key, Kind.THEMES) for key in dict.fromkeys(themes))]


def _theme_of(row: Any) -> tuple[int, int] | None:
    """Return the key of the theme that a row has, without fetching it."""
    theme: Any = next((one for one in row._meta.fields if one.name == "theme"), None)
    if theme is None or not theme.related_model:
        return None
    return ContentType.objects.get_for_model(theme.related_model).pk, row.theme_id


def followables() -> Iterable[type[models.Model]]:
    """Return the models whose rows can be followed."""
    return _kinds.keys()


def named(thing: models.Model) -> Named:
    """Return the fields by which a follow names a thing."""
    kind = ContentType.objects.get_for_model(thing)
    return {"target_type": kind, "target_id": thing.pk, "words": ""}


def searched(words: str) -> Named:
    """Return the fields by which a follow names words in a search; not for no words."""
    return {"target_type": None, "target_id": None, "words": " ".join(words.split())}


NEWSLETTER: Named = {"target_type": None, "target_id": None, "words": ""}
NEWSLETTER_NAME = "newsletter"


def token(thing: models.Model) -> str:
    """Return what names a thing in a form, such as barrier-7."""
    return f"{thing._meta.model_name}-{thing.pk}"


def found(token: str, viewer: Viewer) -> models.Model | None:
    """Return the thing that a token names, if it can be followed and the viewer may see it."""
    name, _dash, pk = token.partition("-")
    model: Any = next((each for each in _kinds if each._meta.model_name == name), None)
    if model is None or not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    return model._default_manager.visible_to(viewer).filter(pk=pk).first()  # type: ignore[no-any-return]


def is_followed(thing: models.Model, reader: User | Follower) -> bool:
    return Follow.objects.filter(**whose(reader), **named(thing)).exists()


def followed_keys(reader: User | Follower, model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the keys of a model's rows that somebody follows, for a filter."""
    kind = ContentType.objects.get_for_model(model)
    return Follow.objects.of(reader).filter(target_type=kind).values("target_id")


def seen_by(reader: User | Follower, kind: ContentType) -> models.QuerySet[Any]:
    """Return the rows of a model that somebody who is told may see."""
    model: Any = kind.model_class()
    return model._default_manager.visible_to(sees_as(reader))  # type: ignore[no-any-return]
