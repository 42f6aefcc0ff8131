"""What a merge keeps of itself, and when it can still be undone."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity import taking_back
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.members.models import Merge, User


def keep(
    of: Merge.Of,
    gone: Model,
    kept: Model,
    *,
    texts: tuple[list[str], list[str]],
    moves: list[moving.Move],
    by: User,
    but: Collection[type[Model]] = (),
) -> Merge:
    """Keep what both rows were, what moved, and `texts`: the rows as JSON, before and after.

    What points at the kept one from now on, but for some kinds of rows, makes the merge stay.
    """
    was = {
        "before": texts[0],
        "after": texts[1],
        "moves": [move.as_json() for move in moves],
        "pointing": moving.pointing(kept, but=but),
    }
    return Merge.objects.create(of=of, gone=gone.pk, kept=kept.pk, was=was, by=by)


def open_of(of: Merge.Of, kept: Model) -> Merge | None:
    """Return the latest merge into a row that can be undone still; None where there is none."""
    latest = Merge.objects.filter(of=of, kept=kept.pk, undone_at=None).first()
    return latest if latest and not why_not(latest, kept) else None


def why_not(merge: Merge, kept: Model) -> str:
    """Return why a merge cannot be undone any more; empty where it can."""
    if too_late := taking_back.why_not(merge.at):
        return too_late
    if moving.has_grown(kept, merge.was["pointing"]):
        return _("Something new hangs on it since, so the merge stays.")
    return ""


def begin_undo(merge: Merge, kept: Model) -> dict[str, Any]:
    """Note that a merge is undone, and return what was; Refused where that cannot be."""
    current = Merge.objects.select_for_update().get(pk=merge.pk)
    if current.undone_at:
        raise Refused(_("The merge is undone already."), already=True)
    if reason := why_not(current, kept):
        raise Refused(reason)
    current.undone_at = timezone.now()
    current.save(update_fields=["undone_at"])
    was: dict[str, Any] = current.was
    return was
