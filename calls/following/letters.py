"""Letters to those who follow; each has a link that ends it."""

from typing import Any

from django.conf import settings

from calls.following import acts as following
from calls.models import Consortium, Follow
from taskforce.core import mail


def is_shown(follow: Follow) -> bool:
    """Tell whether the member may still see what they follow: a room may hide by now."""
    if follow.consortium is None:
        return True
    shown = Consortium.objects.visible_to(follow.member.user)
    return shown.filter(pk=follow.consortium.pk).exists()


def shows_itself(follow: Follow) -> bool:
    """Tell whether the member may read what a consortium sets itself, and not just its name."""
    shown = Consortium.objects.shown_to(follow.member.user)
    return shown.filter(follows=follow).exists()


def write(follow: Follow, name: str, **context: Any) -> None:
    """Put a letter in the outbox; the caller asked `is_shown`."""
    mail.send(
        name,
        to=follow.member.user.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={
            "follow": follow,
            "followed": follow.followed,
            "stop": following.address(follow),
            **context,
        },
    )
