"""Take a document back out: everything that it made goes, unless somebody built on it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from meetings.models import Minutes, MinutesState
from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.core.relations import pointing_at
from taskforce.intake.making import plain, rows_made
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import Member

NAMED = 5  # of what stands in the way, so many are named


@transaction.atomic
def undo(*, intake: Intake, by: Member) -> Intake:
    """Delete what taking in made, put back what it changed, and open the review again.

    Raises Refused where the minutes went on, or where rows of others hang on what was made.
    """
    locked = Intake.objects.taken().select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        raise Refused(_("Somebody else has taken this document back meanwhile."))
    made = [*rows_made(locked.made)]
    # Whoever would hang a row on one of these now waits until they are gone, or are to stay.
    for model, keys in made:
        list(model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
    # What is put back points at what was made no more; where that is to stay, so does the change.
    _put_back(locked.made.get("changes", []))
    _refuse_if_built_on(locked, made)
    for model, keys in reversed(made):
        model._default_manager.filter(pk__in=keys).delete()
    _bring_back(locked.made.get("removed", []))
    locked.state, locked.taken_at, locked.meeting, locked.made = IntakeState.REVIEW, None, None, {}
    locked.version += 1
    locked.save()
    record(Verb.RETURNED, locked, by=by.user)
    return locked


def _refuse_if_built_on(intake: Intake, made: list[tuple[type[models.Model], list[int]]]) -> None:
    keys = dict(made)
    minutes = Minutes.objects.filter(pk__in=keys.get(Minutes, []))
    if minutes.exclude(state=MinutesState.DRAFT).exists():
        raise Refused(_("The minutes have gone to review or are published."))
    for model, pks in made:
        if model._default_manager.filter(pk__in=pks).count() < len(set(pks)):
            raise Refused(
                _("Part of it was deleted since: %(what)s.") % {"what": model._meta.verbose_name}
            )
    in_the_way = [*_hanging_on(made, keys), *_touched_since(intake, made)]
    if in_the_way:
        named = ", ".join(dict.fromkeys(in_the_way[: 4 * NAMED]))
        raise Refused(
            _("Others have built on it since: %(what)s.") % {"what": Truncator(named).chars(600)}
        )


def _hanging_on(
    made: list[tuple[type[models.Model], list[int]]], keys: dict[type[models.Model], list[int]]
) -> Iterator[str]:
    """Yield what others hung on the rows: whatever points at one, and was not made with it."""
    for model, pks in made:
        for other, name in pointing_at(model):
            if other is Intake:
                continue
            pointing = other._base_manager.filter(**{f"{name}__in": pks})
            for row in pointing.exclude(pk__in=keys.get(other, []))[:NAMED]:
                yield _named(row)


def _touched_since(
    intake: Intake, made: Iterable[tuple[type[models.Model], list[int]]]
) -> Iterator[str]:
    """Yield rows that somebody did something to after they were made."""
    since = Activity.objects.filter(at__gt=intake.taken_at)
    for model, pks in made:
        kind = ContentType.objects.get_for_model(model)
        touched = since.filter(target_type=kind, target_id__in=pks).values("target_id")
        for row in model._default_manager.filter(pk__in=touched)[:NAMED]:
            yield _named(row)


def _named(row: models.Model) -> str:
    return f"{row._meta.verbose_name} “{Truncator(str(row)).chars(60)}”"


def _put_back(changes: list[dict[str, Any]]) -> None:
    """Put back the fields that were changed, but for those that somebody changed again."""
    for change in reversed(changes):
        label, pk = change["row"]
        model: Any = apps.get_model(label)
        row = model._default_manager.select_for_update().filter(pk=pk).first()
        if row is None:
            continue
        old = {
            name: before
            for name, (before, after) in change["fields"].items()
            if plain(row, name) == after
        }
        for name, before in old.items():
            setattr(row, name, model._meta.get_field(name).to_python(before))
        if old:
            row.save(update_fields=[*old])


def _bring_back(removed: list[dict[str, Any]]) -> None:
    """Make the rows again that were removed, with their keys; whom they named may be gone."""
    for one in removed:
        model: Any = apps.get_model(one["row"][0])
        row = model()
        for field in model._meta.concrete_fields:
            if field.attname in one["fields"]:
                setattr(row, field.attname, field.to_python(one["fields"][field.attname]))
        for field in model._meta.concrete_fields:
            if field.is_relation and field.null and not _exists(field, row):
                setattr(row, field.attname, None)
        row.save(force_insert=True)


def _exists(field: Any, row: models.Model) -> bool:
    target = field.related_model._base_manager
    return bool(target.filter(pk=getattr(row, field.attname)).exists())
