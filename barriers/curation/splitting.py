"""Make a part of a barrier a barrier of its own."""

from django.db import transaction
from django.utils.translation import gettext as _

from barriers import locking
from barriers.curation.forms import SplitForm
from barriers.models import Act, Barrier
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


@transaction.atomic
def split(*, barrier: Barrier, form: SplitForm, by: Member) -> Barrier:
    """Add the part that the form describes as a barrier, and move the chosen statements there.

    The part was raised when, where and by whom the whole was, and shows to the same people.
    Support, links and ranks stay, since they were given to the whole. Raises Refused where
    somebody merged the barrier or moved a statement meanwhile.
    """
    whole = locking.lock_current(barrier)
    if whole.pk != barrier.pk:
        raise Refused(_("Somebody else has merged this barrier into another in the meantime."))
    chosen = [statement.pk for statement in form.cleaned_data["statements"]]
    moving = whole.statements.filter(pk__in=chosen)
    if moving.count() < len(chosen):
        raise Refused(_("Some of these statements were moved meanwhile. Choose again."))
    part = form.instance
    part.raised_by_id, part.raised_at_id = whole.raised_by_id, whole.raised_at_id
    part.raised_on, part.hidden_at, part.split_from = whole.raised_on, whole.hidden_at, whole
    made: Barrier = form.save()
    moving.update(barrier=made)
    whole.version += 1
    whole.save(update_fields=["version"])
    history.write(Act.SPLIT, whole, by=by, other=made)
    history.write(Act.SPLIT_OFF, made, by=by, other=whole)
    record(Verb.SPLIT, whole, by=by.user)
    record(Verb.ADDED, made, by=by.user)
    return made
