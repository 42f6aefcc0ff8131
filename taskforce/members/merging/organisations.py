"""Merge a double of an organisation into the one that is kept, and take that apart again."""

from typing import Any

from django.core import serializers
from django.db import models, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.members.merging import objections
from taskforce.members.merging.records import begin_undo, keep
from taskforce.members.models import Merge, Organisation, User

# Whose of these is kept, the secretariat chooses; a column goes with those that it belongs to.
CHOSEN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("name", "kind", "country", "website", "description", "line"), ()),
    **dict.fromkeys(("municipality", "cvr", "in_taskforce", "mailbox", "is_found"), ()),
    **dict.fromkeys(("delivers", "delivers_to", "customers", "capacity", "effects"), ()),
    "logo": ("logo_small", "logo_alt"),
}
FILLED = ("contact", "rsv_said_on", "rsv_seen_on", "confirmed_on")  # from the double, where empty


def fields() -> list[models.Field[Any, Any]]:
    """Return the columns of which the secretariat chooses whose is kept."""
    return [one for one in Organisation._meta.concrete_fields if one.name in CHOSEN]


@transaction.atomic
def merge(
    *, gone: Organisation, kept: Organisation, from_gone: set[str], by: User
) -> tuple[Organisation, list[moving.Move]]:
    """Make two organisations one; return the one that is kept, and what moved.

    `from_gone` names the columns that come from the one that is given up. Its names stay as former
    names, and its address leads to the kept one. Raises Refused where one is merged already, or
    both vote in an open round.
    """
    gone, kept = lock(gone, kept)
    if reason := _why_not(gone, kept):
        raise Refused(reason)
    before = _as_json(gone, kept)
    moves = moving.move_all(gone, kept)
    _merge_columns(gone, kept, from_gone)
    texts = (before, _as_json(gone, kept))
    keep(Merge.Of.ORGANISATIONS, gone, kept, texts=texts, moves=moves, by=by)
    record(Verb.MERGED, kept, by=by)
    return kept, moves


@transaction.atomic
def take_apart(*, merge: Merge, by: User) -> Organisation:
    """Undo a merge; return the organisation that was given up.

    Raises Refused after a day, once somebody built on it, and where it is undone (`already`).
    """
    rows = Organisation.with_merged
    gone, kept = lock(rows.get(pk=merge.gone), rows.get(pk=merge.kept))
    was = begin_undo(merge, kept)
    (gone_before, kept_before), (_gone_after, kept_after) = was["before"], was["after"]
    Organisation.with_merged.filter(pk=gone.pk).update(name=get_random_string(32))
    moving.restore(kept, kept_before, kept_after)
    kept.save()
    next(serializers.deserialize("json", gone_before)).object.save()
    moving.move_back(was["moves"])
    record(Verb.TAKEN_BACK, kept, by=by)
    gone.refresh_from_db()
    return gone


def lock(*organisations: Organisation) -> list[Organisation]:
    """Return the rows as they are, locked in one order for everybody."""
    keys = [one.pk for one in organisations]
    rows = Organisation.with_merged.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]


def _as_json(*rows: Organisation) -> list[str]:
    return [serializers.serialize("json", [row]) for row in rows]


def _why_not(gone: Organisation, kept: Organisation) -> str:
    if gone.pk == kept.pk:
        return _("An organisation cannot be merged into itself.")
    if merged := [one for one in (gone, kept) if one.merged_into_id]:
        return _("%(name)s is merged into another one already.") % {"name": merged[0]}
    if gone.is_example != kept.is_example:
        return _("An invented example cannot be merged with a real organisation.")
    return objections.against(gone, kept)


def _merge_columns(gone: Organisation, kept: Organisation, from_gone: set[str]) -> None:
    names = (gone.name, kept.name)
    for name in from_gone & {*CHOSEN}:
        for one in (name, *CHOSEN[name]):
            setattr(kept, one, getattr(gone, one))
    for name in FILLED:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    known = dict.fromkeys([*kept.former_names, *gone.former_names, *names])
    kept.former_names = [name for name in known if name != kept.name]
    gone.merged_into = kept
    if "name" in from_gone:  # no two have one name, at no moment
        gone.name = get_random_string(32)
        gone.save()
        kept.save()
        gone.name = names[1]
    kept.save()
    gone.save()
    Organisation.with_merged.filter(merged_into=gone).update(merged_into=kept)
