"""What is new to a member since their last visit: on lists, and on the page of a thing.

New is what others did that is told (`following.events`), as far as the member sees it: to the thing
itself, or to what stands on its page.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest

from taskforce.activity.models import Activity, Verb
from taskforce.core.prepared import prepared
from taskforce.following.events import told_of
from taskforce.following.models import Visit
from taskforce.following.visits import before, last_visit, pause_began
from taskforce.members.models import Viewer


@dataclass(frozen=True)
class Part:
    """Rows of a model that stand on the page of a thing; `of` leads from them to its key.

    Rows that may be about things of several kinds name the kind beside it.
    """

    model: type[Model]
    of: str
    words: Callable[[int], str]  # "2 statements"
    anchor: str = ""
    verbs: tuple[Verb, ...] = ()  # where not all that is told of them
    kind: str = ""

    @property
    def told(self) -> Collection[Verb]:
        return self.verbs or _verbs(self.model)

    def rows(self, viewer: Viewer, thing: type[Model], key: Any) -> QuerySet[Any]:
        """Return those that the viewer may see on the page of a thing."""
        manager: Any = self.model._default_manager
        place = {self.of: key} | ({self.kind: _kind(thing)} if self.kind else {})
        rows: QuerySet[Any] = manager.visible_to(viewer).filter(**place)
        return rows


@dataclass
class New:
    """What is new on a page: in words, each with its anchor, and the keys of new rows by model."""

    words: list[tuple[str, str]]
    rows: dict[str, set[int]]


_parts: dict[type[Model], list[Part]] = defaultdict(list)


def stands_on(thing: type[Model], part: Part) -> None:
    """Let rows of another model be new on the page of a thing."""
    _parts[thing].append(part)


def among(viewer: Viewer, model: type[Model], keys: Collection[int]) -> set[int]:
    """Return the keys of those rows on a list that are new, or have something new on them.

    Takes one query. What the viewer has opened since is not new any more.
    """
    last = last_visit(viewer)
    if last is None or not keys:
        return set()
    own = Visit.objects.filter(
        user=viewer.pk, target_type=_kind(model), target_id=OuterRef("pk")
    ).values("opened_at")
    since = Greatest(_moment(last), Coalesce(Subquery(own), _moment(last)))
    rows = model._base_manager.filter(pk__in=keys).annotate(since=since)
    done = _done(viewer, model, OuterRef("pk"), OuterRef(OuterRef("pk")), OuterRef("since"))
    is_new = Q(pk=None)
    for acts in done:
        is_new |= Q(Exists(acts))
    return {*rows.filter(is_new).values_list("pk", flat=True)}


def on(thing: Model, viewer: Viewer) -> New | None:
    """Return what is new on a thing since the viewer's last visit to it, or to the portal.

    Takes one query, and none for strangers.
    """
    last = last_visit(viewer)
    if last is None:
        return None
    return _told(type(thing), _acts(viewer, type(thing), thing.pk, last, pause_began()))


@prepared
def _acts(
    viewer: Viewer, model: type[Model], key: int, last: datetime, pause: datetime
) -> QuerySet[Activity, tuple[int, int, str]]:
    visits = Visit.objects.filter(user=viewer.pk, target_type=_kind(model), target_id=key)
    own = visits.annotate(since=before(pause)).values("since")
    since = Coalesce(Subquery(own), _moment(last))
    first, *others = _done(viewer, model, key, key, since)
    found = first.union(*others) if others else first
    return found.values_list("target_type", "target_id", "verb")


def _done(
    viewer: Viewer, model: type[Model], key: Any, key_in_part: Any, since: Any
) -> Iterator[QuerySet[Activity]]:
    """Yield what others did to a thing, and to the rows of each kind that stand on its page."""
    by_others = Activity.objects.filter(at__gt=since).exclude(actor=viewer.pk).order_by()
    yield by_others.filter(target_type=_kind(model), verb__in=_verbs(model), target_id=key)
    for part in _parts[model]:
        rows = part.rows(viewer, model, key_in_part)
        yield by_others.filter(
            target_type=_kind(part.model),
            verb__in=part.told,
            target_id__in=rows.order_by().values("pk"),
        )


def _told(model: type[Model], acts: Any) -> New | None:
    rows: dict[str, set[int]] = defaultdict(set)
    words: dict[str, str] = {}
    for kind, key, verb in acts:
        if kind == _kind(model).pk:
            words[str(Verb(verb).label)] = ""
        else:
            rows[ContentType.objects.get_for_id(kind).model].add(key)
    for part in _parts[model]:
        if new := rows.get(part.model._meta.model_name or ""):
            words[part.words(len(new))] = part.anchor
    return New([*words.items()], dict(rows)) if words else None


def _verbs(model: type[Model]) -> list[Verb]:
    return [verb for told, verb in told_of() if told is model]


def _kind(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def _moment(at: datetime) -> Value:
    return Value(at, output_field=DateTimeField())
