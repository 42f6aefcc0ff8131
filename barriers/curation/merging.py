"""Merge a double into the barrier that is kept.

Statements, support, the talk and whatever higher floors tie to the double move. Its address leads
to the kept one. Its results in rounds stay, and the page of the kept one shows them too. A record
of what moved lets `taking_apart` undo it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core import serializers
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import (
    Act,
    BallotLine,
    Barrier,
    BarrierState,
    Change,
    MergeRecord,
    PrioritisationRound,
    RoundBarrier,
    Statement,
    Support,
)
from barriers.register import history
from barriers.statements import supporting
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.core.relations import kind_of, pointing_at
from taskforce.dialogue.models import Contribution
from taskforce.dialogue.talk import moving as talk
from taskforce.members.models import Member

Pointing = tuple[type[models.Model], str]


@transaction.atomic
def merge(*, double: Barrier, into: Barrier, by: Member) -> Barrier:
    """Merge one barrier into another; return the one that is kept.

    Raises Refused where somebody changed one of them since the caller read both, or for a reason
    of `why_not`.
    """
    gone, kept = locking.lock_all(double, into)
    if (gone.version, kept.version) != (double.version, into.version):
        raise Refused(_("Somebody else changed one of them meanwhile. Look at both again."))
    if why := why_not(gone, kept):
        raise Refused(why)
    was = _columns(gone, kept)
    was["own_support"] = _drop(gone.supports.filter(organisation=kept.raised_by_id))
    was["moves"] = [_move(_rows(model, field, gone), field, kept) for model, field in _what_moves()]
    drafts = RoundBarrier.objects.filter(round__in=PrioritisationRound.objects.drafts())
    was["moves"].append(_move(drafts.filter(barrier=gone), "barrier", kept))
    was["talk"] = talk.move(gone, kept)
    was["named"] = [move.as_json() for move in moving.move_named(gone, kept)]
    was["doubles"] = [*gone.merged.values_list("pk", flat=True)]
    gone.merged.update(merged_into=kept)
    was["made_support"] = _merge_support(gone, kept, by)
    _merge_columns(gone, kept)
    change = history.write(Act.MERGED, kept, by=by, before=gone.title, other=gone)
    was["kept"]["state_after"], was["pointing"] = kept.state, pointing(kept)
    MergeRecord.objects.create(change=change, was=was)
    record(Verb.MERGED, gone, by=by.user)
    return kept


def why_not(gone: Barrier, kept: Barrier) -> str:
    """Return in a sentence why two barriers cannot be merged now; empty where they can."""
    if gone.pk == kept.pk:
        return _("A barrier cannot be merged into itself.")
    if merged := [one.title for one in (gone, kept) if one.merged_into_id]:
        return _("“%(title)s” is merged into another one already.") % {"title": merged[0]}
    both = Barrier.objects.filter(pk__in=[gone.pk, kept.pk])
    if unseen := both.exclude(pk__in=Barrier.objects.shown()).first():
        # Otherwise a merge would show what one of them hides, or hide what the other shows.
        return _("Not everybody sees “%(title)s” yet, so it cannot be merged.") % {
            "title": unseen.title
        }
    if voting := _open_rounds().filter(choices__barrier=gone).first():
        return _why_not_during(voting, kept)
    return ""


def _why_not_during(voting: PrioritisationRound, kept: Barrier) -> str:
    """Say why not during a round: ballots rank the double, and its list does not change."""
    if voting.choices.filter(barrier=kept).exists():
        why = _(
            "Members vote on both of them in “%(round)s”. "
            "Merge them when it has closed, %(closes)s."
        )
    else:
        why = _(
            "Members vote on it in “%(round)s”, where the other one is not on the list. "
            "Merge them when it has closed, %(closes)s."
        )
    closes = date_format(timezone.localtime(voting.closes_at), "DATETIME_FORMAT")
    return why % {"round": voting.title, "closes": closes}


def _open_rounds() -> models.QuerySet[PrioritisationRound]:
    """Return the rounds that have opened and are not counted, so that they may have ballots."""
    opened = PrioritisationRound.objects.exclude(opened_at=None).filter(closed_at=None)
    return opened.order_by("closes_at")


def _what_moves() -> Iterator[Pointing]:
    """Yield every foreign key that moves: of statements, support, and all of higher floors."""
    for model, field in pointing_at(Barrier):
        if model in (Statement, Support) or model._meta.app_label != Barrier._meta.app_label:
            yield model, field


def _rows(model: type[models.Model], field: str, barrier: Barrier) -> models.QuerySet[Any]:
    return model._base_manager.filter(**{field: barrier})


def _there_already(rows: models.QuerySet[Any], field: str, kept: Barrier) -> models.QuerySet[Any]:
    """Return the rows that would break a unique constraint if they moved to the kept barrier."""
    double = Q(pk__in=[])
    for fields in _unique(rows.model):
        if field in fields:
            others = {other: OuterRef(other) for other in fields if other != field}
            double |= Q(Exists(_rows(rows.model, field, kept).filter(**others)))
    return rows.filter(double)


def has_twin(row: models.Model, field: str, kept: Barrier) -> bool:
    """Tell whether the kept barrier has a row like this one, so that it could not move there."""
    columns = {other.name: other.attname for other in row._meta.concrete_fields}
    twins = _rows(type(row), field, kept)
    return any(
        twins.filter(**{o: getattr(row, columns[o]) for o in fields if o != field}).exists()
        for fields in _unique(type(row))
        if field in fields
    )


def _unique(model: type[models.Model]) -> list[tuple[str, ...]]:
    constraints = [tuple(constraint.fields) for constraint in model._meta.total_unique_constraints]
    return [*map(tuple, model._meta.unique_together), *constraints]


def _move(rows: models.QuerySet[Any], field: str, kept: Barrier) -> dict[str, Any]:
    """Move rows to the kept barrier, drop those that it has already, and return what was done."""
    dropped = _drop(_there_already(rows, field, kept))
    moved = [*rows.values_list("pk", flat=True)]
    rows.update(**{field: kept})
    return {"model": rows.model._meta.label, "field": field, "moved": moved, "dropped": dropped}


def _drop(rows: models.QuerySet[Any]) -> str:
    """Delete rows, and return them as JSON that can bring them back."""
    dropped: str = serializers.serialize("json", rows)
    rows.delete()
    return dropped


def _columns(gone: Barrier, kept: Barrier) -> dict[str, Any]:
    """Return what both barriers were, as far as a merge changes it."""
    resolved_on = gone.resolved_on and gone.resolved_on.isoformat()
    was_gone = {"state": gone.state, "resolved_on": resolved_on, "answer": gone.answer}
    return {"gone": was_gone, "kept": {"state": kept.state}}


def pointing(kept: Barrier) -> dict[str, list[int]]:
    """Return the keys of the rows that would tell that somebody built on a barrier.

    Support stays where it is, and ballots are nobody's to look at.
    """
    found = {}
    for model, field in pointing_at(Barrier):
        if model in (Support, BallotLine) or (model, field) == (Change, "other"):
            continue
        rows = _rows(model, field, kept)
        if model is RoundBarrier:
            rows = rows.exclude(round__opened_at=None)
        if model is Change:
            rows = rows.exclude(act=Act.APART)
        found[f"{model._meta.label}.{field}"] = sorted(rows.values_list("pk", flat=True))
    return found


def _merge_support(gone: Barrier, kept: Barrier, by: Member) -> int | None:
    """Let who raised the double support the kept one; return the new row, if there is one.

    Who raised the kept one counts without a row.
    """
    made = None
    if gone.raised_by_id != kept.raised_by_id:
        row, is_new = Support.objects.get_or_create(
            barrier=kept, organisation_id=gone.raised_by_id, defaults={"by": by.user}
        )
        made = row.pk if is_new else None
    supporting.recount(kept)
    return made


def _merge_columns(gone: Barrier, kept: Barrier) -> None:
    """Let the double lead to the kept one, which takes its rank over where that is better."""
    if gone.rank and (kept.rank is None or gone.rank < kept.rank):
        kept.rank, kept.points = gone.rank, gone.points
    if (gone.state, kept.state) == (BarrierState.ADDRESSED, BarrierState.OPEN):
        kept.state = BarrierState.ADDRESSED  # by the initiatives that moved
    gone.state, gone.merged_into = BarrierState.MERGED, kept
    gone.resolved_on, gone.answer, gone.rank, gone.points = None, "", None, None
    for barrier in (gone, kept):
        barrier.version += 1
        barrier.save()


@dataclass(frozen=True)
class Moving:
    """How many rows of a kind move; the kept barrier has `there` of them already."""

    kind: str
    number: int
    there: int


def preview(double: Barrier, into: Barrier) -> list[Moving]:
    """Return what would move; kinds with nothing to move are left out."""
    found = []
    for model, field in _what_moves():
        rows = _rows(model, field, double)
        if number := rows.count():
            there = _there_already(rows, field, into).count()
            found.append(Moving(kind_of(model), number, there))
    if number := Contribution.objects.on(double).count():
        found.append(Moving(str(Contribution._meta.verbose_name_plural), number, 0))
    return found
