"""Add what an organisation says of a barrier, and change it."""

from django.db import transaction

from barriers import locking
from barriers.models import Barrier, Statement
from barriers.statements.forms import StatementForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def add_statement(*, barrier: Barrier, form: StatementForm, by: Member) -> Statement:
    """Add a statement to a barrier, or to the one that it was merged into meanwhile.

    Returns the statement of the first time where the form is sent twice.
    """
    form.instance.barrier = current = locking.lock_current(barrier)
    new = form.instance
    same = current.statements.filter(organisation=new.organisation_id, text=new.text, entry=None)
    if found := same.select_related("barrier").first():
        return found
    statement: Statement = form.save()
    record(Verb.ADDED, statement, by=by.user)
    return statement


@transaction.atomic
def change_statement(*, form: StatementForm, by: Member) -> Statement:
    statement: Statement = form.save()
    record(Verb.CHANGED, statement, by=by.user)
    return statement
