"""End an initiative with its outcome, and open it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models import Initiative, InitiativeState, InitiativeUpdate
from initiatives.work import addressing
from initiatives.work.locking import lock, lock_under_way, write
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def end(*, initiative: Initiative, state: InitiativeState, outcome: str, by: Member) -> Initiative:
    """End an initiative today, as done or stopped; raises Refused where it has ended already.

    The outcome also becomes the last update, and stays there where the initiative runs again.
    """
    found = lock_under_way(initiative)
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
    return found


@transaction.atomic
def open_again(*, initiative: Initiative, by: Member) -> Initiative:
    """Let an ended initiative run again, without a review date in the past.

    Raises Refused where it has not ended.
    """
    refusal = _("The initiative runs already.")
    found = lock(initiative, Initiative.objects.ended(), refusal=refusal)
    found.state, found.outcome, found.ended_on = InitiativeState.RUNNING, "", None
    if found.review_on and found.review_on < timezone.localdate():
        found.review_on = None
    write(found, "state", "outcome", "ended_on", "review_on")
    record(Verb.OPENED, found, by=by.user)
    _follow(found, by)
    return found


def _follow(initiative: Initiative, by: Member) -> None:
    addressing.follow(barriers=[*initiative.barriers.values_list("pk", flat=True)], by=by)
