"""Record what happened, in the transaction of the change itself."""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from taskforce.activity.models import Activity, Verb

A_WHILE = timedelta(hours=1)


def record(
    verb: Verb, target: models.Model, *, by: AbstractBaseUser | None, at: datetime | None = None
) -> Activity:
    """Record that `by` (None: the portal itself) did `verb` to the target, now or at a moment."""
    return Activity.objects.create(
        actor=by,  # type: ignore[misc]  # this floor knows the user model by its setting only
        verb=verb,
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        at=at or timezone.now(),
    )


def record_changes(
    target: models.Model, *, by: AbstractBaseUser, verb: Verb = Verb.CHANGED
) -> Activity:
    """Record that somebody changes the target, once an hour however often it is called."""
    kind = ContentType.objects.get_for_model(target)
    own = Activity.objects.filter(actor_id=by.pk, target_type=kind, target_id=target.pk)
    recent = own.filter(verb=verb, at__gt=timezone.now() - A_WHILE)
    return recent.first() or record(verb, target, by=by)
