"""Mail that its reader did not ask for, and the link that stops it (RFC 8058).

Every letter stands here: either it answers what its reader did or is their work, or it is of a
kind that they can do without. A kind is stopped by one link, without logging in, or on my page.
"""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core.acts import Refused
from taskforce.core.models import StoppedMail

signer = Signer(salt="taskforce.core.unasked")


class Kind(models.TextChoices):
    """Kinds of mail that a member can do without; what they tell stands in the portal too."""

    INVITATIONS = "invitations", gettext_lazy("Invitations to meetings, and their agendas")
    CHANGES = "changes", gettext_lazy("Meetings that are moved or cancelled, and mistakes undone")
    REMINDERS = "reminders", gettext_lazy("Reminders")
    MINUTES = "minutes", gettext_lazy("Minutes to look through, and published minutes")
    ROUNDS = "rounds", gettext_lazy("Prioritisation rounds that open")
    INITIATIVES = "initiatives", gettext_lazy("Initiatives that your organisation is named in")
    CASES = "cases", gettext_lazy("Changes of your published examples")
    CONSORTIA = "consortia", gettext_lazy("Consortia: invitations, requests and suggestions")


UNASKED = {
    "meeting_invitation": Kind.INVITATIONS,
    "meeting_agenda": Kind.INVITATIONS,
    "meeting_moved": Kind.CHANGES,
    "meeting_cancelled": Kind.CHANGES,
    "taken_back": Kind.CHANGES,
    "meeting_reminder": Kind.REMINDERS,
    "round_reminder": Kind.REMINDERS,
    "initiative_review": Kind.REMINDERS,
    "review_opened": Kind.MINUTES,
    "review_extended": Kind.MINUTES,
    "minutes_published": Kind.MINUTES,
    "round_opened": Kind.ROUNDS,
    "initiative_named": Kind.INITIATIVES,
    "case_changed": Kind.CASES,
    "consortium_invited": Kind.CONSORTIA,
    "consortium_asked": Kind.CONSORTIA,
    "consortium_left": Kind.CONSORTIA,
    "consortium_taken_out": Kind.CONSORTIA,
    "suggestion_made": Kind.CONSORTIA,
}
# Each follow has a link of its own, which stops it alone (`calls.following.links`).
FOLLOWED = {"call_reminder", "call_changed", "consortium_changed"}
# Answers to what the reader did, what somebody did in their name, and what keeps their log-in safe.
ASKED_FOR = {
    *("address_changed", "address_given", "address_to_confirm", "two_step_off", "welcome"),
    *("agenda_proposal_answered", "ballot_changed", "change_answered", "join_declined"),
    *("case_asked_back", "case_change_answered", "case_declined", "case_published"),
    *("case_received", "case_question_sent", "consortium_answered", "consortium_decided"),
    *("meeting_answered", "suggestion_answered"),
    # Whoever puts themselves down as the contact of an example asks to be asked.
    "case_question",
}
# The secretariat's mailbox, which is nobody's own.
OF_SECRETARIAT = {"case_change_asked", "case_submitted", "case_withdrawn", "correction_asked"}
OF_SECRETARIAT |= {"join_request"}


@dataclass(frozen=True)
class Subscription:
    """A kind of mail, its reader's key, and whether they stopped it."""

    kind: Kind
    user: int
    is_stopped: bool = False

    @property
    def path(self) -> str:
        """Return the address of a page with one button, which stops this kind of mail."""
        return reverse("members:stop_mail", args=[signer.sign(f"{self.kind}.{self.user}")])


def subscription(name: str, address: str) -> Subscription | None:
    """Return what a letter is part of; None where it is asked for or goes to no user."""
    kind = UNASKED.get(name)
    if kind is None:
        return None
    stopped = StoppedMail.objects.filter(user=OuterRef("pk"), kind=kind)
    users = get_user_model().objects.filter(email=address.lower())
    for key, is_stopped in users.values_list("pk", Exists(stopped)):
        return Subscription(kind, key, is_stopped)
    return None


def read(key: str) -> Subscription:
    """Return what a link stops; raises Refused where it is not ours or its user is gone."""
    try:
        kind, _dot, user = signer.unsign(key).partition(".")
        found = Subscription(Kind(kind), int(user))
    except (BadSignature, ValueError):
        raise Refused(_("The link no longer works")) from None
    if not get_user_model().objects.filter(pk=found.user).exists():
        raise Refused(_("The link no longer works"))
    return found


def stop(subscription: Subscription) -> None:
    """Send its reader no more mail of this kind."""
    StoppedMail.objects.get_or_create(user_id=subscription.user, kind=subscription.kind)


def stopped_by(user: models.Model) -> set[str]:
    """Return the kinds of mail that somebody stopped."""
    return {*StoppedMail.objects.filter(user=user.pk).values_list("kind", flat=True)}


def choose(*, user: models.Model, wanted: list[str]) -> None:
    """Send a user these kinds of mail, and none of the others."""
    StoppedMail.objects.filter(user=user.pk, kind__in=wanted).delete()
    for kind in Kind:
        if kind not in wanted:
            stop(Subscription(kind, user.pk))
