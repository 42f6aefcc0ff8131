"""Add calls and change them."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from calls.editing.forms import CallForm, DeadlineFormSet
from calls.following import notifying
from calls.models import Call
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.members.models import Member


def add(*, form: CallForm, deadlines: DeadlineFormSet, by: Member) -> Call:
    """Add a call; raises Refused where somebody added one of the same topic at that moment."""
    try:
        with transaction.atomic():
            call: Call = form.save()
            deadlines.instance = call
            deadlines.save()
            record(Verb.ADDED, call, by=by.user)
    except IntegrityError:
        raise Refused(
            _("A call with this topic is in the portal already."), field="topic_id"
        ) from None
    return call


@transaction.atomic
def change(*, form: CallForm, deadlines: DeadlineFormSet, by: Member) -> Call:
    """Save a changed call and notify its followers; raises Conflict if somebody saved first."""
    locked = Call.objects.select_for_update().get(pk=form.instance.pk)
    before = notifying.facts(locked)
    # A consortium's outcome may have changed it since the page was loaded.
    form.instance.outcome = locked.outcome
    call = form.save_current()
    deadlines.save()
    notifying.record_change(call.pk, before=before, by=by)
    return call
