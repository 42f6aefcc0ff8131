"""Make a barrier of its own out of a part of another."""

from django.db import transaction
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation.forms import SplitForm
from barriers.locking import RefusedError
from barriers.models import Act, Barrier
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def split(*, barrier: Barrier, form: SplitForm, by: Member) -> Barrier:
    """Add what the form describes as a barrier, and move the chosen statements there.

    It was raised when, where and by whom the first was, and shows to the same people. Support,
    links and ranks stay: they were given to the whole. Raises RefusedError where the barrier or
    its statements went elsewhere meanwhile.
    """
    found = locking.standing(barrier)
    if found.pk != barrier.pk:
        raise RefusedError(_("Somebody else merged this barrier into another meanwhile."))
    chosen = [statement.pk for statement in form.cleaned_data["statements"]]
    moving = found.statements.filter(pk__in=chosen)
    if moving.count() < len(chosen):
        raise RefusedError(_("Some of these statements were moved meanwhile. Choose again."))
    part = form.instance
    part.raised_by_id, part.raised_at_id = found.raised_by_id, found.raised_at_id
    part.raised_on, part.hidden_at, part.split_from = found.raised_on, found.hidden_at, found
    made: Barrier = form.save()
    moving.update(barrier=made)
    found.version += 1
    found.save(update_fields=["version"])
    history.write(Act.SPLIT, found, by=by, other=made)
    history.write(Act.SPLIT_OFF, made, by=by, other=found)
    record(Verb.SPLIT, found, by=by.user)
    record(Verb.ADDED, made, by=by.user)
    return made
