"""Post an update of how an initiative goes."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import Initiative, InitiativeUpdate
from initiatives.work import addressing
from initiatives.work.forms import ProgressForm
from initiatives.work.locking import lock_under_way, write
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def post(*, initiative: Initiative, form: ProgressForm, by: Member) -> InitiativeUpdate:
    """Post an update, and set the state and review date that come with it.

    The same update sent twice is kept once. Raises Refused where the initiative has ended.
    """
    found = lock_under_way(initiative)
    update: InitiativeUpdate = form.instance
    update.initiative, update.organisation = found, by.organisation
    if same := _same(found, update):
        return same
    changes = _changes(found, form)
    update.state = changes.get("state", "")
    form.save()
    for field, value in changes.items():
        setattr(found, field, value)
    if changes:
        write(found, *changes)
    record(Verb.ADDED, update, by=by.user)
    if "state" in changes:
        addressing.follow(barriers=[*found.barriers.values_list("pk", flat=True)], by=by)
    return update


def _same(initiative: Initiative, update: InitiativeUpdate) -> InitiativeUpdate | None:
    """Return today's update that says the same: somebody pressed the button twice."""
    return initiative.updates.filter(
        organisation=update.organisation,
        text=update.text,
        percent=update.percent,
        link=update.link,
        told_on=timezone.localdate(),
    ).first()


def _changes(found: Initiative, form: ProgressForm) -> dict[str, Any]:
    """Return the fields that the form changes; an empty field changes nothing."""
    given = form.cleaned_data
    asked = {"state": given.get("new_state"), "review_on": given.get("review_on")}
    return {name: value for name, value in asked.items() if value and value != getattr(found, name)}
