"""Close a barrier with an answer, put the answer in other words, and open it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation.forms import AnswerForm
from barriers.locking import RefusedError
from barriers.models import Act, Barrier, BarrierState
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def resolve(*, form: AnswerForm, by: Member) -> bool:
    """Close a barrier, or change what it was closed with; False where somebody saved first."""
    before = locking.standing_for_edit(form.instance)
    answer = form.cleaned_data["answer"]
    if not form.instance.is_resolved:
        form.instance.resolved_on = timezone.localdate()
    form.instance.state = BarrierState.RESOLVED
    if not form.save_unless_changed():
        return False
    if before.is_resolved:
        history.write(Act.ANSWERED, before, by=by, before=before.answer, after=answer)
        record(Verb.CHANGED, before, by=by.user)
    else:
        history.write(Act.RESOLVED, before, by=by, after=answer)
        record(Verb.RESOLVED, before, by=by.user)
    return True


@transaction.atomic
def reopen(*, barrier: Barrier, reason: str, state: str, by: Member) -> Barrier:
    """Open a resolved barrier again and say why; raises RefusedError where it is open."""
    found = locking.standing(barrier)
    if not found.is_resolved:
        raise RefusedError(_("The barrier is open already."))
    history.write(Act.REOPENED, found, by=by, before=found.answer, after=reason)
    found.state, found.resolved_on, found.answer = state, None, ""
    found.version += 1
    found.save(update_fields=["state", "resolved_on", "answer", "version"])
    record(Verb.REOPENED, found, by=by.user)
    return found
