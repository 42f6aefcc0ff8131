"""Mail that its reader did not ask for, and the link that stops it (RFC 8058).

Every letter stands here: either it answers what its reader did or is their work, or it tells who
gets in, or it is of a kind that they can do without. A kind is stopped by one link, without logging
in, or on my page. Its link works as long as its reader is here.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.dispatch import Signal
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from taskforce.core.acts import Refused
from taskforce.core.models import How, MailChoice

signer = Signer(salt="taskforce.core.unasked")
all_signer = Signer(salt="taskforce.core.unasked.all")
everything_stopped = Signal()  # `reader`: who wants no mail that they can do without


class Kind(models.TextChoices):
    """Kinds of mail that a member can do without; what they tell stands in the portal too."""

    INVITATIONS = "invitations", gettext_lazy("Invitations to meetings, and their agendas")
    CHANGES = "changes", gettext_lazy("Meetings that are moved or cancelled, and mistakes undone")
    REMINDERS = "reminders", gettext_lazy("Reminders")
    MINUTES = "minutes", gettext_lazy("Minutes to look through, and published minutes")
    ROUNDS = "rounds", gettext_lazy("Prioritisation rounds that open")
    INITIATIVES = "initiatives", gettext_lazy("Initiatives that your organisation is named in")
    CASES = "cases", gettext_lazy("Changes of your published examples")
    LETTERS = "letters", gettext_lazy("Letters from the secretariat to the members")
    CONSORTIA = "consortia", gettext_lazy("Consortia: invitations, requests and suggestions")
    MENTIONS = "mentions", gettext_lazy("Contributions that mention you or your organisation")
    QUESTIONS = "questions", gettext_lazy("Questions that the secretariat asks your organisation")
    ON_BEHALF = "on_behalf", gettext_lazy("What others do for you: answers, ballots, hand-overs")


UNASKED = {
    "meeting_invitation": Kind.INVITATIONS,
    "meeting_agenda": Kind.INVITATIONS,
    "meeting_moved": Kind.CHANGES,
    "meeting_cancelled": Kind.CHANGES,
    "taken_back": Kind.CHANGES,
    "meeting_reminder": Kind.REMINDERS,
    "round_reminder": Kind.REMINDERS,
    "initiative_review": Kind.REMINDERS,
    "profile_still_right": Kind.REMINDERS,
    "member_silent": Kind.REMINDERS,
    "review_opened": Kind.MINUTES,
    "review_extended": Kind.MINUTES,
    "minutes_published": Kind.MINUTES,
    "round_opened": Kind.ROUNDS,
    "initiative_named": Kind.INITIATIVES,
    "case_changed": Kind.CASES,
    "to_members": Kind.LETTERS,
    "consortium_invited": Kind.CONSORTIA,
    "consortium_asked": Kind.CONSORTIA,
    "consortium_left": Kind.CONSORTIA,
    "consortium_taken_out": Kind.CONSORTIA,
    "suggestion_made": Kind.CONSORTIA,
    "mentioned": Kind.MENTIONS,
    "question_asked": Kind.QUESTIONS,
    "question_extended": Kind.QUESTIONS,
    "question_reminder": Kind.QUESTIONS,
    "question_withdrawn": Kind.QUESTIONS,
    "meeting_answered": Kind.ON_BEHALF,
    "ballot_changed": Kind.ON_BEHALF,
    "hand_over_given": Kind.ON_BEHALF,
    "hand_over_taken": Kind.ON_BEHALF,
    "hand_over_called_off": Kind.ON_BEHALF,
}
# Each has a link of its own, which stops it alone (`following.stopping`).
FOLLOWED = {"call_reminder", "call_changed", "consortium_changed", "event", "digest", "newsletter"}
# What only tells, and asks nothing of its reader: withheld while their address is refused.
CAN_WAIT = FOLLOWED | {
    *("case_changed", "initiative_named", "minutes_published", "to_members"),
    *("consortium_left", "consortium_taken_out"),
}
# Who gets in, and until when: nobody may miss it, so no click of a scanner of links can stop it.
ALWAYS = {
    *("address_changed", "address_given", "address_to_confirm", "two_step_off"),
    *("welcome", "membership_ended"),
}
# Answers to what the reader did, or asked for.
ASKED_FOR = {
    *("agenda_proposal_answered", "change_answered", "join_declined", "join_receipt"),
    *("case_asked_back", "case_change_answered", "case_declined", "case_published"),
    *("case_received", "case_question_sent", "consortium_answered", "consortium_decided"),
    *("suggestion_answered", "invitation_asked_again"),
    # Whoever puts themselves down as the contact of an example asks to be asked.
    "case_question",
    # So does an organisation that names a contact or wants to be found by buyers.
    *("organisation_message", "organisation_message_sent"),
    *("inquiry", "inquiry_answered", "inquiry_to_confirm", "follow_to_confirm"),
    "first_code",  # to whoever sets the portal up
}
# The secretariat's mailbox, which is nobody's own.
OF_SECRETARIAT = {"case_change_asked", "case_submitted", "case_withdrawn", "correction_asked"}
OF_SECRETARIAT |= {"join_request", "member_left"}


@dataclass(frozen=True)
class Reader:
    """Who gets mail: somebody who logs in by their key, anybody else by their address."""

    user: int | None = None
    address: str = ""  # in lower case

    def __str__(self) -> str:
        return str(self.user) if self.user else "@" + urlsafe_base64_encode(self.address.encode())

    @property
    def row(self) -> dict[str, Any]:
        """Return the columns that name them."""
        return {"user_id": self.user} if self.user else {"user": None, "address": self.address}

    @property
    def path_to_stop_all(self) -> str:
        """Return the address of a page with one button, which stops every kind of mail."""
        return reverse("members:stop_all_mail", args=[all_signer.sign(str(self))])


@dataclass(frozen=True)
class Subscription:
    """A kind of mail, its reader, and whether they stopped it."""

    kind: Kind
    reader: Reader
    is_stopped: bool = False

    @property
    def path(self) -> str:
        """Return the address of a page with one button, which stops this kind of mail."""
        return reverse("members:stop_mail", args=[signer.sign(f"{self.kind}.{self.reader}")])


def of(name: str, user: int | None, address: str) -> Subscription | None:
    """Return what a letter is part of; None where it is asked for, or the secretariat's own."""
    kind = UNASKED.get(name)
    if kind is None or (user is None and address == settings.SECRETARIAT_EMAIL):
        return None
    return Subscription(kind, Reader(user) if user else Reader(address=address.lower()))


def stopped(name: str) -> set[int | str]:
    """Return who stopped the kind of mail that a letter is of: keys of users, and addresses."""
    rows = MailChoice.objects.filter(kind=UNASKED.get(name, ""), how=How.NEVER)
    return {user or address for user, address in rows.values_list("user", "address")}


def subscription(name: str, address: str) -> Subscription | None:
    """Return what a letter to an address is part of, and whether that is stopped."""
    users = get_user_model().objects.filter(email=address.lower())
    found = of(name, users.values_list("pk", flat=True).first(), address)
    if found is None:
        return None
    rows = MailChoice.objects.filter(kind=found.kind, how=How.NEVER, **found.reader.row)
    return replace(found, is_stopped=rows.exists())


def read(key: str) -> Subscription:
    """Return what a link stops; raises Refused where it is not ours or its user is gone."""
    kind, _dot, reader = _unsigned(signer, key).partition(".")
    if kind not in Kind:
        raise Refused(_("The link no longer works"))
    return Subscription(Kind(kind), _reader(reader))


def read_all(key: str) -> Reader:
    """Return whose mail a link stops altogether; raises Refused as `read` does."""
    return _reader(_unsigned(all_signer, key))


def _unsigned(by: Signer, key: str) -> str:
    try:
        return by.unsign(key)
    except BadSignature:
        raise Refused(_("The link no longer works")) from None


def _reader(named: str) -> Reader:
    if named.startswith("@"):
        return Reader(address=urlsafe_base64_decode(named[1:]).decode())
    if named.isdecimal() and get_user_model().objects.filter(pk=named).exists():
        return Reader(int(named))
    raise Refused(_("The link no longer works"))


def stop(subscription: Subscription) -> None:
    """Send its reader no more mail of this kind."""
    _choose(subscription.reader, subscription.kind, How.NEVER)


@transaction.atomic
def stop_all(reader: Reader) -> None:
    """Send somebody nothing that they can do without; what they follow hears it and ends too."""
    for kind in Kind:
        stop(Subscription(kind, reader))
    everything_stopped.send(Reader, reader=reader)


def choose(*, user: int, kind: str, how: How) -> MailChoice:
    """Send a user, by their key, mail of a kind as often as they want it."""
    return _choose(Reader(user), kind, how)


def _choose(reader: Reader, kind: str, how: How) -> MailChoice:
    named = reader.row | {"kind": kind}
    return MailChoice.objects.update_or_create(**named, defaults={"how": how})[0]


def chosen_by(user: int) -> dict[str, str]:
    """Return how often a user, by their key, wants which kinds of mail, where they chose."""
    return dict(MailChoice.objects.filter(user=user).values_list("kind", "how"))
