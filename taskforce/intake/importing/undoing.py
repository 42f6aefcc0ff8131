"""Take an import back: everything that it created is deleted, unless others built on it."""

from collections.abc import Iterator
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
from taskforce.dialogue.models import Contribution, Question
from taskforce.intake.importing.log import created_rows, plain
from taskforce.intake.models import Intake, IntakeState
from taskforce.members.models import Member

CreatedRows = list[tuple[type[models.Model], list[int]]]  # keys by model, in order of creation

NAMED = 5  # rows of a kind that are named where they prevent it


@transaction.atomic
def undo_import(*, intake: Intake, by: Member) -> Intake:
    """Delete what the import created, put back what it changed, and reopen the review.

    Refused if the minutes went to review, or if rows of others point at what was created.
    """
    locked = Intake.objects.imported().select_for_update().filter(pk=intake.pk).first()
    if locked is None:
        raise Refused(_("Somebody else has undone this import in the meantime."))
    created = [*created_rows(locked.made)]
    # The locks make everybody wait who is about to point a new row at one of these.
    for model, keys in created:
        list(model._default_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
    # Changed rows may point at created ones; put back, they do not stand in the way.
    _put_back(locked.made.get("changes", []))
    _refuse_if_built_on(locked, created)
    for model, keys in reversed(created):
        model._default_manager.filter(pk__in=keys).delete()
    _restore(locked.made.get("removed", []))
    locked.state, locked.taken_at, locked.meeting, locked.made = IntakeState.REVIEW, None, None, {}
    locked.version += 1
    locked.save()
    record(Verb.RETURNED, locked, by=by.user)
    return locked


def _refuse_if_built_on(intake: Intake, created: CreatedRows) -> None:
    keys = dict(created)
    minutes = Minutes.objects.filter(pk__in=keys.get(Minutes, []))
    if minutes.exclude(state=MinutesState.DRAFT).exists():
        raise Refused(_("The minutes have gone to review or are published."))
    for model, pks in created:
        if model._default_manager.filter(pk__in=pks).count() < len(set(pks)):
            raise Refused(
                _("Part of it was deleted since: %(what)s.") % {"what": model._meta.verbose_name}
            )
    in_the_way = [*_pointing_at(created, keys), *_touched_since(intake, created)]
    if in_the_way:
        named = ", ".join(dict.fromkeys(in_the_way[: 4 * NAMED]))
        raise Refused(
            _("Others have built on it since: %(what)s.") % {"what": Truncator(named).chars(600)}
        )


def _pointing_at(created: CreatedRows, keys: dict[type[models.Model], list[int]]) -> Iterator[str]:
    """Yield the rows that point at a created row, and were not created with it."""
    for model, pks in created:
        for other, name in pointing_at(model):
            if other is Intake:
                continue
            pointing = other._base_manager.filter(**{f"{name}__in": pks})
            for row in pointing.exclude(pk__in=keys.get(other, []))[:NAMED]:
                yield _named(row)
        kind = ContentType.objects.get_for_model(model)
        said: Any = Contribution.objects.filter(target_type=kind, target_id__in=pks)
        asked: Any = Question.objects.filter(about_type=kind, about_id__in=pks)
        for row in (*said[:NAMED], *asked[:NAMED]):
            yield _named(row)


def _touched_since(intake: Intake, created: CreatedRows) -> Iterator[str]:
    """Yield the created rows on which activity was recorded after the import."""
    since = Activity.objects.filter(at__gt=intake.taken_at)
    for model, pks in created:
        kind = ContentType.objects.get_for_model(model)
        touched = since.filter(target_type=kind, target_id__in=pks).values("target_id")
        for row in model._default_manager.filter(pk__in=touched)[:NAMED]:
            yield _named(row)


def _named(row: models.Model) -> str:
    owner: Any = row._meta.auto_created
    if owner:  # a mere link is told by what it belongs to
        return _named(getattr(row, owner._meta.model_name))
    return f"{row._meta.verbose_name} “{Truncator(str(row)).chars(60)}”"


def _put_back(changes: list[dict[str, Any]]) -> None:
    """Put back the fields that the import changed, except where somebody changed them again."""
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


def _restore(removed: list[dict[str, Any]]) -> None:
    """Create the removed rows again, with their keys; a row that they pointed at may be gone."""
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
