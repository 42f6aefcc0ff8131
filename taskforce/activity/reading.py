"""Read what happened, as one person may see it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from taskforce.activity.models import QUIET, Activity, Verb
from taskforce.core.prepared import prepared
from taskforce.core.relations import Viewer


@dataclass(frozen=True)
class Entry:
    """One thing that happened, with the title of its target today."""

    at: datetime
    verb: str
    kind: str
    model: str  # the name of the target's model
    title: str
    url: str


def latest(viewer: Viewer, *, limit: int = 25, verbs: Iterable[Verb] | None = None) -> list[Entry]:
    """Return the newest entries whose target the viewer may see, of all verbs or some."""
    # Some may be hidden from this viewer, so look further than the limit.
    return [*islice(newest(viewer, among=4 * limit, at_once=4 * limit, verbs=verbs), limit)]


def newest(
    viewer: Viewer, *, among: int, at_once: int, verbs: Iterable[Verb] | None = None
) -> Iterator[Entry]:
    """Yield the entries that the viewer may see among so many of the newest records.

    Takes one query, and one more for each kind of target among every `at_once` records that the
    caller goes through. Mostly the first ones are enough.
    """
    loud = Activity.objects.exclude(verb__in=QUIET)
    loud = loud if verbs is None else loud.filter(verb__in=[*verbs])
    records = [*loud.order_by("-at", "-pk")[:among]]
    for start in range(0, len(records), at_once):
        batch = records[start : start + at_once]
        targets = _targets(batch, viewer)
        for record in batch:
            target = targets.get((record.target_type_id, record.target_id))
            if _is_shown(record, target):
                yield _entry(record, target)


def _is_shown(record: Activity, target: Any) -> bool:
    """Tell whether the viewer sees the target, and the target shows what was done to it."""
    if target is None:
        return False
    shows = getattr(target, "shows_activity", None)
    return shows is None or bool(shows(record.verb))


def acted_on_since(
    model: type[models.Model],
    verbs: Iterable[Verb],
    *,
    since: datetime,
    viewer: Viewer,
) -> models.QuerySet[Any]:
    """Return the rows that one of the verbs was done to since a moment, if the viewer sees them."""
    kind = ContentType.objects.get_for_model(model)
    records = Activity.objects.filter(target_type=kind, verb__in=verbs, at__gt=since)
    return _visible(kind, viewer).filter(pk__in=records.values("target_id"))


def _targets(records: Iterable[Activity], viewer: Viewer) -> dict[tuple[int, int], Any]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for record in records:
        wanted[record.target_type_id].add(record.target_id)
    return {
        (type_id, target.pk): target
        for type_id, ids in wanted.items()
        for target in _rows(ContentType.objects.get_for_id(type_id), viewer, ids)
    }


def _rows(kind: ContentType, viewer: Viewer, keys: Iterable[int]) -> list[Any]:
    model = kind.model_class()
    return _with_keys(model, viewer, tuple(keys)) if model else []


@prepared
def _with_keys(
    model: type[models.Model], viewer: Viewer, keys: tuple[int, ...]
) -> models.QuerySet[Any]:
    return _visible(ContentType.objects.get_for_model(model), viewer).filter(pk__in=keys)


def _visible(kind: ContentType, viewer: Viewer) -> models.QuerySet[models.Model]:
    """Return the rows of a model that the viewer sees: every target's model has `visible_to`."""
    model: Any = kind.model_class()
    rows: models.QuerySet[models.Model] = model._default_manager.visible_to(viewer)
    # Titles and addresses may come from a related row, such as the barrier of a statement.
    return rows.select_related()


def _entry(record: Activity, target: Any) -> Entry:
    return Entry(
        at=record.at,
        verb=str(Verb(record.verb).label),
        kind=str(target._meta.verbose_name),
        model=target._meta.model_name,
        title=str(target),
        url=target.get_absolute_url(),
    )


def acts_on(target: models.Model, verbs: Iterable[Verb]) -> list[tuple[Verb, datetime]]:
    """Return what was done to one row, and when. The caller has checked who may see the row."""
    kind = ContentType.objects.get_for_model(target)
    acts = Activity.objects.filter(target_type=kind, target_id=target.pk, verb__in=[*verbs])
    return [(Verb(verb), at) for verb, at in acts.values_list("verb", "at")]
