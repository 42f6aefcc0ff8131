"""Take a merge apart that was made by mistake: for a day, and until somebody built on it."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation import merging
from barriers.models import Act, Barrier, MergeRecord, Support
from barriers.register import history
from barriers.rounds.ranking import give_rank
from barriers.statements import supporting
from taskforce.activity import taking_back
from taskforce.activity.models import Verb
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.dialogue.talk import moving as talk
from taskforce.members.models import Member


def record_of(double: Barrier) -> MergeRecord | None:
    """Return what is known of the merge that a barrier went into; None of one long ago."""
    made = MergeRecord.objects.filter(change__other=double, undone_at=None)
    return made.select_related("change__barrier").order_by("-change__at").first()


def why_not(double: Barrier) -> str:
    """Return why a merge cannot be taken apart any more; empty where it can."""
    record = record_of(double)
    if record is None:
        return taking_back.why_not(None)
    return taking_back.why_not(record.change.at, _built_on(record))


def _built_on(record: MergeRecord) -> str:
    kept = record.change.barrier
    if kept.merged_into_id:
        return _(
            "The barrier that is kept is merged into another one since. Take that apart first."
        )
    if kept.hidden_at:
        return _("The barrier that is kept is hidden since. Show it first.")
    before = record.was["pointing"]
    if any({*keys} - {*before.get(name, [])} for name, keys in merging.pointing(kept).items()):
        return _("Somebody built on the merge since, so it stays. Split the barrier instead.")
    return ""


@transaction.atomic
def take_apart(*, double: Barrier, reason: str, by: Member) -> Barrier:
    """Undo a merge: return the double, with all that moved on its own page again.

    Raises Refused where it is merged no more (`already`), or for a reason of `why_not`.
    """
    kept = Barrier.objects.filter(merged=double).first()
    if kept is not None:
        gone, kept = locking.lock_all(double, kept)
    if kept is None or gone.merged_into_id != kept.pk:
        raise Refused(_("The barriers are taken apart already."), already=True)
    if why := why_not(gone):
        raise Refused(why)
    record = record_of(gone)
    assert record is not None  # noqa: S101  # why_not found one
    _restore_columns(gone, kept, record.was)
    _restore_rows(gone, kept, record.was)
    record.undone_at = timezone.now()
    record.save(update_fields=["undone_at"])
    for one, other in ((gone, kept), (kept, gone)):
        history.write(Act.APART, one, by=by, before=other.title, other=other)
    taking_back.note(gone, Verb.MERGED, reason=reason, by=by.user)
    return gone


def _restore_columns(gone: Barrier, kept: Barrier, was: dict[str, Any]) -> None:
    before, resolved_on = was["gone"], was["gone"]["resolved_on"]
    gone.state, gone.merged_into, gone.answer = before["state"], None, before["answer"]
    gone.resolved_on = resolved_on and date.fromisoformat(resolved_on)
    if kept.state == was["kept"]["state_after"]:
        kept.state = was["kept"]["state"]
    kept.merged.filter(pk__in=was["doubles"]).update(merged_into=gone)
    gone.save()
    for barrier in (gone, kept):
        give_rank(barrier)
        barrier.version += 1
        barrier.save()


def _restore_rows(gone: Barrier, kept: Barrier, was: dict[str, Any]) -> None:
    """Bring back what moved and what was dropped; support as it is by now."""
    for move in was["moves"]:
        model, field = apps.get_model(move["model"]), move["field"]
        there = model._base_manager.filter(**{field: kept})
        there.filter(pk__in=move["moved"]).update(**{field: gone})
        for row in serializers.deserialize("json", move["dropped"]):
            # Where the kept one's own was taken away since, so was this one.
            if merging.has_twin(row.object, field, kept):
                row.save()
    talk.move_back(was.get("talk", []), kept=kept, gone=gone)
    moving.move_back(was.get("named", []))
    for row in serializers.deserialize("json", was["own_support"]):
        row.save()
    Support.objects.filter(pk=was["made_support"]).delete()
    for barrier in (gone, kept):
        supporting.recount(barrier)
