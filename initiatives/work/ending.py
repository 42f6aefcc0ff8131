"""End an initiative with what came of it, and open it again."""

from django.db import transaction
from django.utils import timezone

from initiatives.models import Initiative, InitiativeState, InitiativeUpdate
from initiatives.work import addressing
from initiatives.work.locking import locked, write
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def end(*, initiative: Initiative, state: InitiativeState, outcome: str, by: Member) -> bool:
    """End an initiative today, as done or as stopped; False where it has ended already.

    What came of it also stands as the last thing told: there it stays if all begins anew.
    """
    found = locked(initiative, Initiative.objects.under_way())
    if found is None:
        return False
    found.state, found.outcome, found.ended_on = state, outcome, timezone.localdate()
    write(found, "state", "outcome", "ended_on")
    InitiativeUpdate.objects.create(
        initiative=found,
        organisation=by.organisation,
        text=outcome,
        state=state,
        percent=100 if state == InitiativeState.DONE else None,
    )
    record(Verb.CLOSED, found, by=by.user)
    _follow(found, by)
    return True


@transaction.atomic
def open_again(*, initiative: Initiative, by: Member) -> bool:
    """Let an initiative run again; False where it has not ended. A review in the past is gone."""
    found = locked(initiative, Initiative.objects.ended())
    if found is None:
        return False
    found.state, found.outcome, found.ended_on = InitiativeState.RUNNING, "", None
    if found.review_on and found.review_on < timezone.localdate():
        found.review_on = None
    write(found, "state", "outcome", "ended_on", "review_on")
    record(Verb.OPENED, found, by=by.user)
    _follow(found, by)
    return True


def _follow(initiative: Initiative, by: Member) -> None:
    addressing.follow([*initiative.barriers.values_list("pk", flat=True)], by=by)
