"""What an item of an agenda is about: a link to a barrier, a round, an initiative or a call.

These lie on higher floors, which register their models here. The writer chooses a row; without a
choice, an item leads to the row whose title it bears, alone or behind a colon.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from meetings.models import AgendaItem, AgendaProposal, MinutesState, Outcome, OutcomeKind
from taskforce.core.forms import Options
from taskforce.core.prepared import prepared
from taskforce.members.models import Viewer

MODELS: list[type[Model]] = []


@dataclass(frozen=True)
class Link:
    kind: str
    title: str
    url: str


def register(model: type[Model]) -> None:
    """Let agenda items lead to rows of a model that has `title` and `visible_to`."""
    MODELS.append(model)


def _seen(model: type[Model], viewer: Viewer) -> Any:
    rows: Any = model._default_manager
    return rows.visible_to(viewer)


def key_of(item: AgendaItem) -> str:
    """Return what an item is about as the key of a choice; empty for nothing."""
    if item.about_type_id is None:
        return ""
    model = ContentType.objects.get_for_id(item.about_type_id).model_class()
    return f"{model._meta.label_lower}:{item.about_id}" if model else ""


def key_of_thing(thing: Model) -> str:
    """Return a row as the key of a choice; empty where items may not be about it."""
    return f"{thing._meta.label_lower}:{thing.pk}" if type(thing) in MODELS else ""


def options() -> Options:
    """Return what an item may be about, by kind: what everybody may see."""
    groups = [
        (
            str(model._meta.verbose_name_plural).capitalize(),
            [
                (f"{model._meta.label_lower}:{pk}", title)
                for pk, title in _seen(model, AnonymousUser()).values_list("pk", "title")
            ],
        )
        for model in MODELS
    ]
    return Options([group for group in groups if group[1]])


def find(key: str) -> Model | None:
    """Return the row of a choice; None where it is none, or not everybody may see it."""
    label, _colon, number = key.partition(":")
    model = next((one for one in MODELS if one._meta.label_lower == label), None)
    if model is None or not number.isdecimal() or len(number) > 18:
        return None
    row: Model | None = _seen(model, AnonymousUser()).filter(pk=number).first()
    return row


def tie(item: Any, thing: Model | None) -> None:
    """Let an item, or what else keeps so, be about a thing, or about nothing."""
    item.about_type = ContentType.objects.get_for_model(thing) if thing else None
    item.about_id = thing.pk if thing else None


def links(items: Iterable[AgendaItem | AgendaProposal], viewer: Viewer) -> dict[int, Link]:
    """Return by key of an item where it leads, as the viewer may see it; a query a model."""
    items = [*items]
    found: dict[int, Link] = {}
    for model in MODELS if items else ():
        kind = ContentType.objects.get_for_model(model).pk
        about = ((item.about_type_id, item.about_id) for item in items)
        chosen = tuple(key for of, key in about if key and of == kind)
        titles = tuple(title for item in items for title in _titles(item))
        for row in _linked(model, viewer, chosen, titles):
            link = Link(str(model._meta.verbose_name), row.title, row.get_absolute_url())
            for item in items:
                is_chosen = (item.about_type_id, item.about_id) == (kind, row.pk)
                if is_chosen or row.title in _titles(item):
                    found.setdefault(item.pk, link)
    return found


@prepared
def _linked(
    model: type[Model], viewer: Viewer, chosen: tuple[int, ...], titles: tuple[str, ...]
) -> QuerySet[Any]:
    named = Q(pk__in=chosen) | Q(title__in=titles)
    rows: QuerySet[Any] = _seen(model, viewer).filter(named).order_by("-pk").defer("search")
    return rows


def decided_about(thing: Model, viewer: Viewer) -> list[Outcome]:
    """Return what published minutes say was decided about a thing, the earliest first."""
    return _decided(viewer, ContentType.objects.get_for_model(thing).pk, thing.pk, str(thing))


@prepared
def _decided(viewer: Viewer, kind: int, key: int, title: str) -> QuerySet[Outcome]:
    chosen = Q(agenda_item__about_type=kind, agenda_item__about_id=key)
    titled = Q(agenda_item__about_type=None, agenda_item__title=title)
    published = Outcome.objects.visible_to(viewer).filter(
        chosen | titled, kind=OutcomeKind.DECIDED, minutes__state=MinutesState.PUBLISHED
    )
    return published.select_related("minutes__meeting").order_by("minutes__meeting__date", "pk")


def _titles(item: AgendaItem | AgendaProposal) -> list[str]:
    """Return the titles that an item without a choice may bear."""
    if item.about_type_id:
        return []
    return [title for title in (item.title, item.title.partition(": ")[2]) if title]
