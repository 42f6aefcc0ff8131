"""Move the talk with a thing that is merged into another one, and back where that is undone."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Q, Value, When

from taskforce.dialogue.models import Contribution


def move(gone: models.Model, kept: models.Model) -> list[int]:
    """Move the talk, and return the keys of what moved; each notes where it was written first."""
    talk = Contribution.objects.on(gone)
    moved = [*talk.values_list("pk", flat=True)]
    first = Case(
        When(moved_from=None, then=Value(gone.pk, models.PositiveBigIntegerField())),
        When(moved_from=kept.pk, then=None),
        default=F("moved_from"),
    )
    talk.update(target_id=kept.pk, moved_from=first)
    return moved


def move_back(moved: Iterable[int], *, kept: models.Model, gone: models.Model) -> None:
    """Undo `move`, with what was replied since."""
    kind = ContentType.objects.get_for_model(kept)
    there = Contribution.objects.filter(target_type=kind, target_id=kept.pk)
    back = there.filter(Q(pk__in=moved) | Q(parent__in=moved))
    keys = [*back.values_list("pk", flat=True)]
    first = Case(When(moved_from=gone.pk, then=None), default=F("moved_from"))
    Contribution.objects.filter(pk__in=keys).update(target_id=gone.pk, moved_from=first)
