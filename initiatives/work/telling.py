"""Tell how an initiative goes, and tick its milestones off."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import Initiative, InitiativeUpdate, Milestone
from initiatives.work import addressing
from initiatives.work.forms import ProgressForm
from initiatives.work.locking import locked, write
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member


@transaction.atomic
def tell(*, initiative: Initiative, form: ProgressForm, by: Member) -> bool:
    """Add what a member of the lead tells, with the state and review date that it brings.

    The same words sent twice are told once. False where the initiative has ended.
    """
    found = locked(initiative, Initiative.objects.under_way())
    if found is None:
        return False
    update = form.instance
    if _is_told(found, update):
        return True
    update.initiative, update.organisation = found, by.organisation
    changes = _changes(found, form)
    update.state = changes.get("state", "")
    form.save()
    for field, value in changes.items():
        setattr(found, field, value)
    if changes:
        write(found, *changes)
    record_changes(found, by=by.user)
    if "state" in changes:
        addressing.follow([*found.barriers.values_list("pk", flat=True)], by=by)
    return True


def _is_told(initiative: Initiative, update: InitiativeUpdate) -> bool:
    """Tell whether somebody pressed the button twice."""
    return initiative.updates.filter(
        text=update.text, percent=update.percent, link=update.link, told_on=timezone.localdate()
    ).exists()


def _changes(found: Initiative, form: ProgressForm) -> dict[str, Any]:
    """Return what the form asks to change; what it leaves empty stays as it is by now."""
    asked = {"state": form.cleaned_data["new_state"], "review_on": form.cleaned_data["review_on"]}
    return {name: value for name, value in asked.items() if value and value != getattr(found, name)}


@transaction.atomic
def reach(*, milestone: Milestone, by: Member) -> bool:
    """Mark a milestone as done today; False where it was so already, or all has ended."""
    return _set(milestone, by, done_on=timezone.localdate())


@transaction.atomic
def take_back(*, milestone: Milestone, by: Member) -> bool:
    """Mark a milestone as not done after all; False where it was not, or all has ended."""
    return _set(milestone, by, done_on=None)


def _set(milestone: Milestone, by: Member, **done: Any) -> bool:
    found = locked(milestone.initiative, Initiative.objects.under_way())
    if found is None:
        return False
    rows = found.milestones.filter(pk=milestone.pk, done_on__isnull=done["done_on"] is not None)
    changed = rows.update(**done)
    if changed:
        record_changes(found, by=by.user)
    return bool(changed)
