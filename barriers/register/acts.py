"""Put barriers and statements in the register, change them, hide them."""

from django.db import transaction
from django.utils import timezone

from barriers import locking
from barriers.models import Act, Barrier, Statement
from barriers.register import history
from barriers.register.forms import BarrierForm
from barriers.statements.forms import StatementForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member, Organisation


@transaction.atomic
def add(*, form: BarrierForm, by: Member) -> Barrier:
    """Add a barrier on behalf of a member's organisation; it is public at once.

    What is sent twice, by a second tap on a phone say, is added once.
    """
    own = Organisation.objects.select_for_update().get(pk=by.organisation_id)
    same = Barrier.objects.unmerged().filter(raised_by=own, raised_on=timezone.localdate())
    if found := same.filter(title=form.cleaned_data["title"]).first():
        return found
    form.instance.raised_by = own
    barrier: Barrier = form.save()
    record(Verb.ADDED, barrier, by=by.user)
    return barrier


@transaction.atomic
def change(*, form: BarrierForm, by: Member) -> bool:
    """Save what was changed, or return False where somebody else saved first."""
    before = locking.standing_for_edit(form.instance)
    if not form.save_unless_changed():
        return False
    after = form.instance
    if before.title != after.title:
        history.write(Act.RENAMED, after, by=by, before=before.title, after=after.title)
    if before.theme_id != after.theme_id:
        history.write(Act.RETHEMED, after, by=by, before=before.theme, after=after.theme)
    if before.description != after.description:
        history.write(Act.DESCRIBED, after, by=by)
    record(Verb.CHANGED, after, by=by.user)
    return True


@transaction.atomic
def state(*, barrier: Barrier, form: StatementForm, by: Member) -> Statement:
    """Add what an organisation says of a barrier, or of the one that it was merged into meanwhile.

    What is sent twice is stated once.
    """
    form.instance.barrier = found = locking.standing(barrier)
    said = form.instance
    same = found.statements.filter(organisation=said.organisation_id, text=said.text, entry=None)
    if stated := same.select_related("barrier").first():
        return stated
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
