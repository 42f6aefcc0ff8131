"""A stranger asks to follow something, and confirms it; a follower who becomes a member."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.core import mail
from taskforce.core.acts import Refused
from taskforce.core.limits import Limit
from taskforce.following import acts, reminding
from taskforce.following.models import (
    CONFIRM_WITHIN,
    Follow,
    Follower,
    FollowRequest,
    Told,
)
from taskforce.following.things import Named, seen_by
from taskforce.members.models import Member, User

MAILS_TO_ADDRESS = Limit("mails to confirm a follow", most=1, within=timedelta(hours=1))
OF_VISITOR = Limit("requests to follow", most=20, within=timedelta(days=1))
OF_ADDRESS = 20  # requests that wait at once


@transaction.atomic
def ask(*, email: str, what: Named, visitor: str) -> None:
    """Keep that somebody wants to follow something, and send a link that confirms it.

    Nobody learns whether the address is known. One mail an hour goes to an address; its link
    confirms everything that was asked for meanwhile.
    """
    OF_VISITOR.count(visitor, _("That was often today. Try again tomorrow."))
    address = email.lower()
    waiting = FollowRequest.objects.waiting().filter(email=address)
    if waiting.count() >= OF_ADDRESS:
        return
    request, _new = FollowRequest.objects.update_or_create(
        email=address, **what, defaults={"asked_at": timezone.now(), "confirmed_at": None}
    )
    try:
        MAILS_TO_ADDRESS.count(address, "")
    except Refused:
        return
    mail.send(
        "follow_to_confirm",
        to=address,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"path": reverse("following:confirm", args=[request.key])},
    )


def to_confirm(key: str) -> FollowRequest:
    """Return the request of a link in a mail; Refused where it is too old, or none of ours."""
    since = timezone.now() - CONFIRM_WITHIN
    found = FollowRequest.objects.filter(key=key, asked_at__gte=since).first()
    if found is None:
        raise Refused(_("The link no longer works"))
    return found


@transaction.atomic
def confirm(*, request: FollowRequest) -> User | Follower:
    """Let whoever holds the address follow what was asked for; once, however often pressed."""
    mine = FollowRequest.objects.filter(email=request.email)
    waiting = [*mine.waiting().select_for_update()]
    if not waiting:
        raise Refused(_("You follow it already."), already=True)
    reader = _reader(request.email)
    for one in waiting:
        acts.follow(reader=reader, **one.what)
    mine.filter(pk__in=[one.pk for one in waiting]).update(confirmed_at=timezone.now())
    return reader


def _reader(address: str) -> User | Follower:
    """Return the member with an address, else a follower."""
    member = Member.objects.current().filter(user__email=address).select_related("user").first()
    if member:
        return member.user
    return Follower.objects.get_or_create(email=address, defaults={"confirmed_at": timezone.now()})[
        0
    ]


def titles(requests: list[FollowRequest], reader: User | Follower) -> list[str]:
    """Return what is asked for in words; what the reader may not see is left out."""
    return [name for one in requests if (name := _title(one, reader))]


def _title(request: FollowRequest, reader: User | Follower) -> str:
    if request.target_type is None:
        return request.words or _("The newsletter")
    return str(seen_by(reader, request.target_type).filter(pk=request.target_id).first() or "")


def become_member(*, instance: Member, **_sent: Any) -> None:
    """Let one person get one set of letters, once somebody who follows by mail is a member."""
    if instance.is_current:
        _be_one(instance.user)


def take_address(*, instance: User, update_fields: Any = None, **_sent: Any) -> None:
    """Do the same where a member takes an address by which somebody follows: it is their own."""
    is_saved = update_fields is None or "email" in update_fields
    if is_saved and Member.objects.current().filter(user=instance).exists():
        _be_one(instance)


@transaction.atomic
def _be_one(user: User) -> None:
    """Move what somebody followed by their address, and was told, to their user."""
    follower = Follower.objects.select_for_update().filter(email=user.email).first()
    if follower is None:
        return
    for row in Follow.objects.of(follower):
        with suppress(IntegrityError), transaction.atomic():  # the member may follow it, too
            Follow.objects.filter(pk=row.pk).update(user=user, follower=None)
    known = Told.objects.of(user).values("event")
    Told.objects.of(follower).exclude(event__in=known).update(user=user, follower=None)
    reminding.hand_over(follower, user)
    follower.delete()


def forget() -> None:
    """Delete the addresses of those who asked and did not confirm in time."""
    FollowRequest.objects.filter(asked_at__lt=timezone.now() - CONFIRM_WITHIN).delete()
