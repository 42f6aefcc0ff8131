"""Rows of a dataset as they are told, and the book of when each was published and changed.

What is told is read from the database at that moment, so that what is hidden is hidden at once.
The book is brought up to date at most once a minute; it says when a row changed, never what it was.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from taskforce.core.datasets import Dataset, as_json
from taskforce.open_data.models import Checked, Published

Row = dict[str, Any]
HOLDS = timedelta(minutes=1)
CURRENT, WITHDRAWN = "current", "withdrawn"


def keep_up(dataset: Dataset, *, now: datetime | None = None) -> None:
    """Note what was published, changed or withdrawn since the last look, unless it was just now."""
    now = now or timezone.now()
    if Checked.objects.filter(dataset=dataset.name, at__gt=now - HOLDS).exists():
        return
    with transaction.atomic():
        Checked.objects.get_or_create(dataset=dataset.name, defaults={"at": now - 2 * HOLDS})
        # Whoever waited for a lock here finds that it was checked meanwhile.
        checked = Checked.objects.select_for_update().get(dataset=dataset.name)
        if checked.at <= now - HOLDS:
            checked.at = now
            checked.save()
            _note(dataset, now)


def keep_all_up(datasets: Iterable[Dataset]) -> None:
    """Keep up every dataset; where all were looked at just now, that takes one query."""
    fresh = Checked.objects.filter(at__gt=timezone.now() - HOLDS)
    looked_at = {*fresh.values_list("dataset", flat=True)}
    for dataset in datasets:
        if dataset.name not in looked_at:
            keep_up(dataset)


def _note(dataset: Dataset, now: datetime) -> None:
    known = {one.row: one for one in Published.objects.filter(dataset=dataset.name)}
    seen = {row.pk: _fingerprint(dataset, row) for row in dataset.rows()}
    new = [
        Published(dataset=dataset.name, row=pk, fingerprint=made, created_at=now, changed_at=now)
        for pk, made in seen.items()
        if pk not in known
    ]
    changed = [*_changed(dataset, known, seen, now)]
    Published.objects.bulk_create(new, batch_size=1000)
    fields = ["fingerprint", "changed_at", "withdrawn", "merged_into"]
    Published.objects.bulk_update(changed, fields, batch_size=500)


def _changed(
    dataset: Dataset, known: dict[int, Published], seen: dict[int, str], now: datetime
) -> Iterator[Published]:
    gone = {pk for pk, one in known.items() if pk not in seen and not one.withdrawn}
    kept = _merged_into(dataset, gone)
    for pk, one in known.items():
        made = seen.get(pk, "")
        if one.fingerprint != made:
            one.fingerprint, one.changed_at = made, now
            one.withdrawn, one.merged_into = not made, kept.get(pk)
            yield one


def _merged_into(dataset: Dataset, gone: set[int]) -> dict[int, int]:
    if not gone or dataset.gone is None:
        return {}
    return dict(dataset.gone().filter(pk__in=gone).values_list("pk", "merged_into"))


def _fingerprint(dataset: Dataset, row: Any) -> str:
    told = json.dumps([_address(dataset, row), _kept(dataset, row), dataset.values(row)])
    return hashlib.sha256(told.encode()).hexdigest()


def everything(dataset: Dataset) -> list[Row]:
    """Return all that is told of a dataset, withdrawn rows last."""
    keep_up(dataset)
    book = Published.objects.filter(dataset=dataset.name).told_at(timezone.now())
    noted = {one.row: one for one in book}
    rows = {row.pk: row for row in dataset.rows() if row.pk in noted}
    gone = [one for pk, one in sorted(noted.items()) if pk not in rows]
    return [
        *(current(dataset, row, noted[pk]) for pk, row in rows.items()),
        *(withdrawn(one) for one in gone),
    ]


def told(dataset: Dataset, book: Iterable[Published]) -> list[Row]:
    """Return what is told of some rows of the book, in its order."""
    noted = [*book]
    rows = {row.pk: row for row in dataset.rows().filter(pk__in=[one.row for one in noted])}
    return [
        current(dataset, rows[one.row], one) if one.row in rows else withdrawn(one) for one in noted
    ]


def current(dataset: Dataset, row: Any, noted: Published) -> Row:
    return {
        "id": row.pk,
        "address": _address(dataset, row),
        "status": CURRENT,
        "created": as_json(noted.created_at),
        "changed": as_json(noted.changed_at),
        "merged_into": _kept(dataset, row),
        **dataset.values(row),
    }


def withdrawn(noted: Published) -> Row:
    """Return a row that is no longer told, as its id and that alone."""
    when = {"changed": as_json(noted.changed_at)} if noted.withdrawn else {}
    kept = {"merged_into": noted.merged_into} if noted.merged_into else {}
    return {"id": noted.row, "status": WITHDRAWN, **when, **kept}


def last_change(dataset: Dataset) -> datetime | None:
    found = Published.objects.filter(dataset=dataset.name).order_by("-changed_at")
    return found.values_list("changed_at", flat=True).first()


def _address(dataset: Dataset, row: Any) -> str:
    with override("da"):
        return settings.SITE_URL + dataset.address(row)


def _kept(dataset: Dataset, row: Any) -> int | None:
    kept: int | None = getattr(getattr(row, dataset.merged_into, None), "pk", None)
    return kept if dataset.merged_into else None
