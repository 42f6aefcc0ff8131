"""Mark milestones of an initiative as reached, or as not reached after all."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from initiatives.models import Milestone
from initiatives.work.locking import lock_under_way
from taskforce.activity.recording import record_changes
from taskforce.members.models import Member


@transaction.atomic
def reach(*, milestone: Milestone, by: Member) -> Milestone:
    """Mark a milestone as reached today, unless it was reached before.

    Raises Refused where the initiative has ended.
    """
    return _set(milestone, timezone.localdate(), by)


@transaction.atomic
def take_back(*, milestone: Milestone, by: Member) -> Milestone:
    """Mark a milestone as not reached after all; raises Refused where the initiative has ended."""
    return _set(milestone, None, by)


def _set(milestone: Milestone, done_on: date | None, by: Member) -> Milestone:
    initiative = lock_under_way(milestone.initiative)
    others = initiative.milestones.filter(done_on__isnull=done_on is not None)
    if others.filter(pk=milestone.pk).update(done_on=done_on):
        milestone.done_on = done_on
        record_changes(initiative, by=by.user)
    return milestone
