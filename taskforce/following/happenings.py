"""What happened, read once for everybody who is told of it, and judged for each of them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Value

from taskforce.activity.models import Activity, TakenBack
from taskforce.core.danish import search_query
from taskforce.following.events import Event, event_of
from taskforce.following.resolving import Near
from taskforce.following.things import key_of as key_of
from taskforce.following.things import kind_of, may_be_followed
from taskforce.members.models import Viewer


@dataclass(frozen=True)
class Happening:
    """One event, with what it was done to and the things that it is about, the nearest first."""

    activity: Activity
    event: Event
    target: Any
    about: tuple[models.Model, ...]
    themes: tuple[models.Model, ...]

    @property
    def place(self) -> Any:
        """The thing whose page shows it."""
        return self.about[0]

    @property
    def sentence(self) -> str:
        return str(self.event.sentence) % self.event.names(self._part)

    @property
    def words(self) -> str:
        return self.event.words(self._part)

    @property
    def _part(self) -> Any:
        return self.event.part(self.target, self.activity)

    @property
    def rows(self) -> tuple[models.Model, ...]:
        """Everything that it names or is followed by."""
        return (self.target, *self.about, *self.themes)

    def near(self) -> Iterator[Near]:
        """Yield what somebody may follow of it, the nearest first."""
        for thing in (*self.about, *self.themes):
            if may_be_followed(type(thing)):
                yield Near(key_of(thing), kind_of(type(thing)))


def gather(records: Iterable[Activity]) -> list[Happening]:
    """Return what of these records is told and still stands, in their order.

    Takes a few queries for each model among the targets, however many records there are.
    """
    told = [(record, event) for record in records if (event := _event_of(record))]
    targets, undone = _targets(told), _undone([record for record, _event in told])
    return [
        _happening(record, event, target)
        for record, event in told
        if (target := targets.get((record.target_type_id, record.target_id))) is not None
        if event.stands(target)
        and (event.once_gone or event.undoes or _is_shown(record, target))
        and record.pk not in undone
    ]


def is_told(record: Activity) -> bool:
    """Tell whether what is recorded is an event that is told."""
    return _event_of(record) is not None


def _event_of(record: Activity) -> Event | None:
    model = ContentType.objects.get_for_id(record.target_type_id).model_class()
    return event_of(model, record.verb)


def _is_shown(record: Activity, target: Any) -> bool:
    shows = getattr(target, "shows_activity", None)
    return shows is None or bool(shows(record.verb))


def _happening(record: Activity, event: Event, target: Any) -> Happening:
    return Happening(record, event, target, tuple(event.about(target)), tuple(event.themes(target)))


def _targets(told: list[tuple[Activity, Event]]) -> dict[tuple[int, int], Any]:
    """Return the rows that something was done to, with all that their events read."""
    ids: dict[int, set[int]] = defaultdict(set)
    reads: dict[int, set[str]] = defaultdict(set)
    for record, event in told:
        ids[record.target_type_id].add(record.target_id)
        reads[record.target_type_id].update(event.reads)
    return {
        (kind, row.pk): row
        for kind, keys in ids.items()
        for row in _rows(kind).filter(pk__in=keys).prefetch_related(*sorted(reads[kind]))
    }


def _rows(kind: int) -> models.QuerySet[Any]:
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    return model._base_manager.all()  # type: ignore[no-any-return]


def _undone(records: Sequence[Activity]) -> set[int]:
    """Return the records of what was taken back since, by mistake done."""
    keys = {record.target_id for record in records}
    rows = TakenBack.objects.filter(target_id__in=keys)
    fields = rows.order_by("at").values_list("target_type", "target_id", "verb", "at")
    last = {(kind, key, verb): at for kind, key, verb, at in fields}
    return {
        record.pk
        for record in records
        if (at := last.get((record.target_type_id, record.target_id, record.verb)))
        if at >= record.at
    }


class Sight:
    """Which rows of some happenings somebody may see: one query for each model among them."""

    def __init__(self, viewer: Viewer, happenings: Iterable[Happening]) -> None:
        wanted: dict[int, set[int]] = defaultdict(set)
        for happening in happenings:
            for row in happening.rows:
                kind, pk = key_of(row)
                wanted[kind].add(pk)
        self._seen = {
            (kind, pk) for kind, keys in wanted.items() for pk in _seen(kind, keys, viewer)
        }

    def __contains__(self, key: Hashable) -> bool:
        return key in self._seen

    def shows(self, happening: Happening) -> bool:
        """Tell whether the page that shows a happening shows it to them."""
        return key_of(happening.target) in self and key_of(happening.place) in self


def _seen(kind: int, keys: set[int], viewer: Viewer) -> Iterable[int]:
    model: Any = ContentType.objects.get_for_id(kind).model_class()
    rows: Any = model._default_manager.visible_to(viewer)
    return rows.order_by().filter(pk__in=keys).values_list("pk", flat=True)  # type: ignore[no-any-return]


def found_by(words: Iterable[str], happenings: Iterable[Happening]) -> dict[int, set[str]]:
    """Return, by the key of its record, the words that find what is new.

    Takes one query for each model that can be searched.
    """
    typed = sorted({*words})
    ids: dict[int, set[int]] = defaultdict(set)
    for happening in happenings:
        if happening.event.new and hasattr(happening.target, "search"):
            ids[happening.activity.target_type_id].add(happening.activity.target_id)
    hits: dict[tuple[int, int], set[str]] = defaultdict(set)
    for kind, keys in ids.items() if typed else ():
        first, *others = [_hits(kind, keys, place, one) for place, one in enumerate(typed)]
        for pk, place in first.union(*others, all=True):
            hits[kind, pk].add(typed[place])
    return {
        one.activity.pk: hits[one.activity.target_type_id, one.activity.target_id]
        for one in happenings
    }


def _hits(kind: int, keys: set[int], place: int, words: str) -> models.QuerySet[Any, Any]:
    found: Any = _rows(kind).order_by().filter(pk__in=keys, search=search_query(words))
    return found.annotate(nth=Value(place)).values_list("pk", "nth")  # type: ignore[no-any-return]
