"""Add what an organisation says of a barrier, change it, and withdraw it."""

from django.db import transaction
from django.utils.translation import gettext as _

from barriers import locking
from barriers.models import Act, Barrier, Statement
from barriers.register import history
from barriers.statements.forms import StatementForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def add_statement(*, barrier: Barrier, form: StatementForm, by: Member) -> Statement:
    """Add a statement to a barrier, or to the one that it was merged into meanwhile.

    Returns the statement of the first time where the form is sent twice.
    """
    form.instance.barrier = current = locking.lock_shown(barrier, by.user)
    new = form.instance
    same = current.statements.filter(organisation=new.organisation_id, text=new.text, entry=None)
    if found := same.select_related("barrier").first():
        return found
    statement: Statement = form.save()
    record(Verb.ADDED, statement, by=by.user)
    return statement


@transaction.atomic
def withdraw_statement(*, statement: Statement, by: Member) -> Barrier:
    """Remove a statement that was added by hand; return its barrier, whose history says so.

    Raises Refused (`already`) where it is gone.
    """
    barrier = locking.lock_current(statement.barrier)
    gone, _rows = barrier.statements.filter(pk=statement.pk, entry=None).delete()
    if not gone:
        raise Refused(_("The statement is withdrawn already."), already=True)
    history.write(Act.UNSAID, barrier, by=by)
    return barrier


@transaction.atomic
def change_statement(*, form: StatementForm, by: Member) -> Statement:
    statement: Statement = form.save()
    record(Verb.CHANGED, statement, by=by.user)
    return statement
