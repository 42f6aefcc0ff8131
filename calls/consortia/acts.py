"""Start a consortium, change it, and enter the outcome of its application."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from calls.consortia.forms import ConsortiumForm, OutcomeForm
from calls.following import notifying
from calls.models import Call, Consortium
from taskforce.activity.models import Verb
from taskforce.activity.recording import record, record_changes
from taskforce.core.acts import Refused
from taskforce.following import acts as following
from taskforce.following.things import named
from taskforce.members.models import Member


def start(*, call: Call, form: ConsortiumForm, by: Member) -> Consortium:
    """Start a consortium that the member's organisation leads; the member follows it.

    Raises Refused where the organisation leads one of that name already.
    """
    form.instance.call, form.instance.lead = call, by.organisation
    try:
        with transaction.atomic():
            consortium: Consortium = form.save()
            record(Verb.ADDED, consortium, by=by.user)
            following.follow(reader=by.user, **named(consortium))
    except IntegrityError:
        raise _name_is_taken() from None
    return consortium


def change(*, form: ConsortiumForm, by: Member) -> Consortium:
    """Save a changed consortium and notify its followers.

    Raises Conflict if somebody saved first, Refused where the lead has another one of that name.
    """
    try:
        with transaction.atomic():
            locked = Consortium.objects.select_for_update().get(pk=form.instance.pk)
            before = notifying.own_facts(locked)
            consortium = form.save_current()
            told = record_changes(consortium, by=by.user)
            notifying.notify_about_consortium(consortium, before=before, by=by, told=told)
    except IntegrityError:
        raise _name_is_taken() from None
    return consortium


@transaction.atomic
def enter_outcome(*, form: OutcomeForm, by: Member) -> Consortium:
    """Save what came of an application; raises Conflict if somebody saved first."""
    consortium = form.save_current()
    record(Verb.CHANGED, consortium, by=by.user)
    return consortium


def _name_is_taken() -> Refused:
    return Refused(_("Your organisation leads one of that name already."), field="name")
