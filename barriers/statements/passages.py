"""Make a statement of what was said in a passage of the minutes, while they are a draft."""

from django.db import transaction

from barriers import locking
from barriers.models import Barrier, Statement
from barriers.statements.forms import PassageStatementForm
from meetings.models import MinutesEntry
from meetings.writing import acts as writing
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def add_statement(*, entry: MinutesEntry, form: PassageStatementForm, by: Member) -> Statement:
    """Add a statement to its passage. It shows with the minutes, and so does a new barrier.

    Returns the statement of the first time where the form is sent twice. Raises Refused where the
    minutes are no draft any more.
    """
    writing.locked_draft(entry.minutes)
    if found := _same(entry, form):
        return found
    barrier = form.cleaned_data["barrier"]
    current = locking.lock_current(barrier) if barrier else _new_barrier(entry, form, by)
    form.instance.barrier, form.instance.entry = current, entry
    form.instance.made_on = entry.minutes.meeting.date
    statement: Statement = form.save()
    record(Verb.ADDED, statement, by=by.user)
    return statement


def _same(entry: MinutesEntry, form: PassageStatementForm) -> Statement | None:
    given = form.cleaned_data
    barrier = given["barrier"]
    named = {"barrier": barrier} if barrier else {"barrier__title__iexact": given["title"]}
    same = entry.statements.filter(organisation=given["organisation"], text=given["text"])
    found: Statement | None = same.filter(**named).first()
    return found


def _new_barrier(entry: MinutesEntry, form: PassageStatementForm, by: Member) -> Barrier:
    given, meeting = form.cleaned_data, entry.minutes.meeting
    barrier = Barrier.objects.create(
        title=given["title"],
        theme=given["theme"],
        raised_by=given["organisation"],
        raised_at=meeting,
        raised_on=meeting.date,
    )
    record(Verb.ADDED, barrier, by=by.user)
    return barrier


@transaction.atomic
def remove_statement(*, statement: Statement) -> Barrier:
    """Remove a statement that was not made after all; return its barrier, which stays.

    Raises Refused where the minutes are no draft any more.
    """
    assert statement.entry is not None  # noqa: S101  # callers look among a passage's statements
    writing.locked_draft(statement.entry.minutes)
    statement.delete()
    return statement.barrier
