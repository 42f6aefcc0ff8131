"""Add barriers to the register and change them."""

from django.db import transaction
from django.utils import timezone

from barriers import locking
from barriers.models import Act, Barrier
from barriers.register import history
from barriers.register.forms import BarrierForm, NewBarrierForm
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member, Organisation


@transaction.atomic
def add(*, form: NewBarrierForm, by: Member) -> Barrier:
    """Add a barrier on behalf of the organisation that the form names. Everybody sees it at once.

    Returns the barrier of the first time where the form is sent twice, by a second tap say.
    """
    raised_by = Organisation.objects.select_for_update().get(pk=form.instance.raised_by_id)
    seen = Barrier.objects.visible_to(by.user).unmerged()
    same = seen.filter(raised_by=raised_by, raised_on=timezone.localdate())
    if found := same.filter(title=form.cleaned_data["title"]).first():
        return found
    barrier: Barrier = form.save()
    record(Verb.ADDED, barrier, by=by.user)
    return barrier


@transaction.atomic
def change(*, form: BarrierForm, by: Member) -> Barrier:
    """Save what was changed of a barrier. Raises Conflict where somebody saved first."""
    before = locking.lock_for_edit(form.instance)
    after = form.save_current()
    if before.title != after.title:
        history.write(Act.RENAMED, after, by=by, before=before.title, after=after.title)
    if before.theme_id != after.theme_id:
        history.write(Act.RETHEMED, after, by=by, before=before.theme, after=after.theme)
    if before.description != after.description:
        history.write(Act.DESCRIBED, after, by=by)
    record(Verb.CHANGED, after, by=by.user)
    return after
