"""Merge a double into the barrier that is kept.

Statements, support and whatever higher floors tie to the double move. Its address leads to the
kept one. Its results in rounds stay, and the page of the kept one shows them too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import (
    Act,
    Barrier,
    BarrierState,
    PrioritisationRound,
    RoundBarrier,
    Statement,
    Support,
)
from barriers.register import history
from barriers.statements import supporting
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.core.relations import pointing_at
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
    for model, field in _what_moves():
        _move(_rows(model, field, gone), field, kept)
    drafts = PrioritisationRound.objects.drafts()
    _move(RoundBarrier.objects.filter(barrier=gone, round__in=drafts), "barrier", kept)
    gone.merged.update(merged_into=kept)
    _merge_support(gone, kept, by)
    _merge_columns(gone, kept)
    history.write(Act.MERGED, kept, by=by, before=gone.title, other=gone)
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


def _unique(model: type[models.Model]) -> list[tuple[str, ...]]:
    constraints = [tuple(constraint.fields) for constraint in model._meta.total_unique_constraints]
    return [*map(tuple, model._meta.unique_together), *constraints]


def _move(rows: models.QuerySet[Any], field: str, kept: Barrier) -> None:
    _there_already(rows, field, kept).delete()
    rows.update(**{field: kept})


def _merge_support(gone: Barrier, kept: Barrier, by: Member) -> None:
    """Let who raised the double support the kept one; who raised that counts without a row."""
    Support.objects.get_or_create(
        barrier=kept, organisation_id=gone.raised_by_id, defaults={"by": by.user}
    )
    kept.supports.filter(organisation=kept.raised_by_id).delete()
    supporting.recount(kept)


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
            found.append(Moving(_kind(model), number, there))
    return found


def _kind(model: type[models.Model]) -> str:
    """Name what a row ties to the barrier: a table between two models is its owner's."""
    named: Any = model._meta.auto_created or model
    return str(named._meta.verbose_name_plural)
