"""Put barriers and statements in the register, change them, hide them."""

from django.db import transaction
from django.utils import timezone

from barriers.forms import BarrierForm, StatementForm
from barriers.models import Barrier, Statement
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def add(*, form: BarrierForm, by: Member) -> Barrier:
    """Add a barrier on behalf of a member's organisation; it is public at once."""
    form.instance.raised_by = by.organisation
    barrier: Barrier = form.save()
    record(Verb.ADDED, barrier, by=by.user)
    return barrier


@transaction.atomic
def change(*, form: BarrierForm, by: Member) -> bool:
    """Save what was changed, or return False where somebody else saved first."""
    if not form.save_unless_changed():
        return False
    record(Verb.CHANGED, form.instance, by=by.user)
    return True


@transaction.atomic
def state(*, barrier: Barrier, form: StatementForm, by: Member) -> Statement:
    """Add what a member's organisation says of a barrier."""
    form.instance.barrier = barrier
    form.instance.organisation = by.organisation
    statement: Statement = form.save()
    record(Verb.ADDED, statement, by=by.user)
    return statement


@transaction.atomic
def restate(*, form: StatementForm, by: Member) -> None:
    """Save a statement that was put in other words."""
    record(Verb.CHANGED, form.save(), by=by.user)


@transaction.atomic
def hide(*, barrier: Barrier, by: Member) -> None:
    """Take a barrier out of everybody's sight but the secretariat's."""
    barrier.hidden_at = timezone.now()
    barrier.save(update_fields=["hidden_at"])
    record(Verb.HIDDEN, barrier, by=by.user)


@transaction.atomic
def show(*, barrier: Barrier, by: Member) -> None:
    """Let everybody see a hidden barrier again."""
    barrier.hidden_at = None
    barrier.save(update_fields=["hidden_at"])
    record(Verb.SHOWN, barrier, by=by.user)
