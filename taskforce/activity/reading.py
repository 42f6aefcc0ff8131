"""Read what happened, as one person may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from taskforce.activity.models import QUIET, Activity, Verb
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
    """Return the newest entries whose target the viewer may see, of all verbs or some.

    Takes one query, and one more for each kind of target among the newest records.
    """
    # Some may be hidden from this viewer, so look further than the limit.
    loud = Activity.objects.exclude(verb__in=QUIET)
    loud = loud if verbs is None else loud.filter(verb__in=[*verbs])
    records = list(loud.order_by("-at", "-pk")[: 4 * limit])
    targets = _targets(records, viewer)
    found = ((record, targets.get((record.target_type_id, record.target_id))) for record in records)
    return [_entry(record, target) for record, target in found if _is_shown(record, target)][:limit]


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
        for target in _visible(ContentType.objects.get_for_id(type_id), viewer).filter(pk__in=ids)
    }


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
