"""Resolve a barrier with an answer, change the answer, and open the barrier again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation.forms import AnswerForm
from barriers.models import Act, Barrier, BarrierState
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def resolve(*, form: AnswerForm, by: Member) -> Barrier:
    """Resolve a barrier, or change its answer. Raises Conflict where somebody saved first."""
    before = locking.lock_for_edit(form.instance)
    if not form.instance.is_resolved:
        form.instance.resolved_on = timezone.localdate()
    form.instance.state = BarrierState.RESOLVED
    after = form.save_current()
    if before.is_resolved:
        history.write(Act.ANSWERED, after, by=by, before=before.answer, after=after.answer)
        record(Verb.CHANGED, after, by=by.user)
    else:
        history.write(Act.RESOLVED, after, by=by, after=after.answer)
        record(Verb.RESOLVED, after, by=by.user)
    return after


@transaction.atomic
def reopen(*, barrier: Barrier, reason: str, state: str, by: Member) -> Barrier:
    """Open a resolved barrier again and say why. Raises Refused where it is open."""
    current = locking.lock_current(barrier)
    if not current.is_resolved:
        raise Refused(_("The barrier is open already."))
    history.write(Act.REOPENED, current, by=by, before=current.answer, after=reason)
    current.state, current.resolved_on, current.answer = state, None, ""
    current.version += 1
    current.save(update_fields=["state", "resolved_on", "answer", "version"])
    record(Verb.REOPENED, current, by=by.user)
    return current
