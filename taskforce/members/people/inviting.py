"""Ask a member in: one letter with a link, sent again or withdrawn until they have come."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import bounces, mail
from taskforce.core.acts import Refused
from taskforce.core.relations import pointing_at
from taskforce.members.accounts.addresses import settle
from taskforce.members.models import HandOver, Invitation, Member, Silence, User, drawn_key

OF_A_SEAT = (Invitation, HandOver, Silence)  # they go with the membership, and are no work of it


@transaction.atomic
def invite(*, member: Member, by: User) -> Invitation:
    """Send a member the letter with their way in; a link that was sent before is dead."""
    fresh = {
        "key": drawn_key(),
        "email": member.user.email,
        "invited_by": by,
        "sent_at": timezone.now(),
        "opened_at": None,
        "accepted_at": None,
        "asked_again_at": None,
    }
    invitation, _made = Invitation.objects.update_or_create(member=member, defaults=fresh)
    bounces.forget(member.user.email)  # tried once more
    mail.send(
        "welcome",
        to=member.user.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"invitation": invitation, "organisation": member.organisation},
    )
    return invitation


@transaction.atomic
def send_again(*, member: Member, by: User) -> Invitation:
    """Send the letter anew; Refused where the person has come, or is no member any more."""
    return invite(member=_not_come(member), by=by)


@transaction.atomic
def correct(*, member: Member, email: str, by: User) -> Invitation:
    """Send the letter to another address: the first was wrong, and gets nothing more.

    Refused where the person has come: then their address is changed as anybody's.
    """
    waiting = _not_come(member)
    bounces.forget(waiting.user.email)
    waiting.user.email = email.lower()
    try:
        with transaction.atomic():
            waiting.user.save(update_fields=["email"])
    except IntegrityError:
        raise Refused(_("Somebody else logs in with this address."), field="email") from None
    settle(waiting.user)
    return invite(member=waiting, by=by)


@transaction.atomic
def withdraw(*, member: Member) -> None:
    """Take an invitation back: the link is dead, and the person no member.

    Whoever left no trace is forgotten; otherwise the membership ends today.
    """
    waiting = _not_come(member)
    user = waiting.user
    if _left_a_trace(waiting):
        Invitation.objects.filter(member=waiting).delete()
        waiting.to_date = max(waiting.from_date, timezone.localdate())
        waiting.save(update_fields=["to_date"])
        return
    waiting.delete()
    if user.last_login is None and not user.memberships.exists():
        user.delete()


def _left_a_trace(member: Member) -> bool:
    others = ((model, field) for model, field in pointing_at(Member) if model not in OF_A_SEAT)
    return any(model._base_manager.filter(**{field: member.pk}).exists() for model, field in others)


def has_come(member: Member) -> bool:
    """Tell whether somebody has logged in since they were last asked in."""
    invitation: Any = getattr(member, "invitation", None)
    return (
        member.user.last_login is not None if invitation is None else bool(invitation.accepted_at)
    )


def _not_come(member: Member) -> Member:
    User.objects.select_for_update(no_key=True).get(
        pk=member.user_id
    )  # a log-in at this moment waits
    rows = Member.objects.select_related("user", "organisation")
    waiting = rows.filter(pk=member.pk, to_date=None, user__is_active=True).first()
    if waiting is None:
        raise Refused(_("This person is no member any more."))
    if has_come(waiting):
        raise Refused(_("%(name)s has logged in already.") % {"name": waiting.user})
    return waiting


# The way in


def of_link(key: str) -> Invitation:
    """Return what a link invites to; Refused where it was replaced, withdrawn or used."""
    rows = Invitation.objects.select_related("member__user", "member__organisation", "invited_by")
    # An address that changed since then lets nobody in by what was sent to it.
    found = rows.filter(key=key, accepted_at=None, email=F("member__user__email")).first()
    if found is None or not found.member.is_current:
        raise Refused(_("The link no longer works"))
    return found


@transaction.atomic
def open_up(*, invitation: Invitation) -> Invitation:
    """Note that somebody pressed the button behind the link; Refused after thirty days."""
    if invitation.is_expired:
        raise Refused(_("The link no longer works"))
    if invitation.opened_at is None:
        invitation.opened_at = timezone.now()
        invitation.save(update_fields=["opened_at"])
    return invitation


@transaction.atomic
def ask_again(*, invitation: Invitation) -> Invitation:
    """Tell whoever invited that their link was followed too late; once a letter."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not found.is_expired:
        raise Refused(_("The link still works."), already=True)
    if found.asked_again_at is None:
        found.asked_again_at = timezone.now()
        found.save(update_fields=["asked_again_at"])
        _tell_inviter(found)
    return found


def _tell_inviter(invitation: Invitation) -> None:
    """Write to whoever invited while they are of the secretariat, else to its mailbox."""
    by = invitation.invited_by
    mail.send(
        "invitation_asked_again",
        about=invitation,
        to=by.email if by and by.is_secretariat else settings.SECRETARIAT_EMAIL,
        context={"member": invitation.member, "sent_on": invitation.sent_at},
    )


def note_log_in(*, user: User, **signal: Any) -> None:
    """Note that somebody who was asked in has come."""
    waiting = Invitation.objects.filter(member__user=user, accepted_at=None)
    waiting.update(accepted_at=timezone.now())
    Silence.objects.filter(member__user=user).delete()
