"""End a barrier with a reason, change the reason, and open the barrier again.

It ends resolved, or no longer relevant.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation.forms import EndForm
from barriers.models import Act, Barrier
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def end(*, form: EndForm, by: Member) -> Barrier:
    """End a barrier as the form says, or change its reason or its end.

    Raises Conflict where somebody saved first.
    """
    before = locking.lock_for_edit(form.instance)
    if before.state != form.state:
        form.instance.resolved_on = timezone.localdate()
    form.instance.state = form.state
    after = form.save_current()
    if before.state == form.state:
        history.write(Act.ANSWERED, after, by=by, before=before.answer, after=after.answer)
        record(Verb.CHANGED, after, by=by.user)
    else:
        history.write(Act(form.state), after, by=by, before=before.answer, after=after.answer)
        record(Verb(form.state), after, by=by.user)
    return after


@transaction.atomic
def reopen(*, barrier: Barrier, reason: str, state: str, by: Member) -> Barrier:
    """Open a barrier again that has ended, and say why. Raises Refused where it is open."""
    current = locking.lock_current(barrier)
    if not current.has_ended:
        raise Refused(_("The barrier is open already."))
    history.write(Act.REOPENED, current, by=by, before=current.answer, after=reason)
    current.state, current.resolved_on, current.answer = state, None, ""
    current.version += 1
    current.save(update_fields=["state", "resolved_on", "answer", "version"])
    record(Verb.REOPENED, current, by=by.user)
    return current
