"""Hide a contribution with a reason, and undo that from the log. Replies stay."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.core.acts import Refused
from taskforce.dialogue.models import Contribution, Hiding
from taskforce.dialogue.talk.locking import lock
from taskforce.members.models import Member


@transaction.atomic
def hide(*, contribution: Contribution, reason: str, by: Member) -> Hiding:
    """Hide the words from everybody; place, day, organisation and the reason stay.

    Raises Refused where they are hidden already (`already`), or withdrawn.
    """
    found = lock(contribution)
    if found.hidden_at:
        raise Refused(_("The contribution is hidden already."), already=True)
    if found.withdrawn_at:
        raise Refused(_("The contribution was withdrawn."))
    made = Hiding.objects.create(contribution=found, reason=reason, by=by.user, role=by.role)
    _set(found, made.at)
    record(Verb.HIDDEN, found, by=by.user)
    return made


@transaction.atomic
def show(*, hiding: Hiding, by: Member) -> Hiding:
    """Show the words again. Raises Refused where they show already (`already`)."""
    found = lock(hiding.contribution)
    hiding.refresh_from_db()
    if hiding.undone_at:
        raise Refused(_("The contribution shows already."), already=True)
    hiding.undone_at, hiding.undone_by = timezone.now(), by.user
    hiding.save(update_fields=["undone_at", "undone_by"])
    _set(found, None)
    record(Verb.SHOWN, found, by=by.user)
    return hiding


def _set(contribution: Contribution, moment: object) -> None:
    contribution.hidden_at = moment  # type: ignore[assignment]
    contribution.save(update_fields=["hidden_at"])
