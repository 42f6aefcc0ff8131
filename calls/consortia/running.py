"""Start a consortium, change it, and tell what became of it."""

from django.db import IntegrityError, transaction

from calls.consortia.forms import ConsortiumForm, OutcomeForm
from calls.following import acts as following
from calls.following import telling
from calls.models import Call, Consortium
from taskforce.activity.models import Verb
from taskforce.activity.recording import record, record_changes
from taskforce.members.models import Member


def start(*, call: Call, form: ConsortiumForm, by: Member) -> Consortium | None:
    """Start a consortium that the member's organisation leads; None where it has that name."""
    form.instance.call, form.instance.lead = call, by.organisation
    try:
        with transaction.atomic():
            consortium: Consortium = form.save()
            record(Verb.ADDED, consortium, by=by.user)
            following.follow(followed=consortium, member=by)
    except IntegrityError:
        return None
    return consortium


def change(*, form: ConsortiumForm, by: Member) -> bool:
    """Save what was changed and tell who follows.

    False where somebody else saved first, or another consortium of the lead has the name.
    """
    try:
        with transaction.atomic():
            locked = Consortium.objects.select_for_update().get(pk=form.instance.pk)
            before = telling.own_facts(locked)
            if not form.save_unless_changed():
                return False
            record_changes(form.instance, by=by.user)
            telling.tell_of_consortium(form.instance, before=before, by=by)
    except IntegrityError:
        form.refuse_name()
        return False
    return True


@transaction.atomic
def tell_outcome(*, form: OutcomeForm, by: Member) -> bool:
    """Tell what became of an application; False where somebody else saved first."""
    if not form.save_unless_changed():
        return False
    record(Verb.CHANGED, form.instance, by=by.user)
    return True
