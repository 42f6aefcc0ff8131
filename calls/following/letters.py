"""Letters to followers; each has a link that stops them."""

from typing import Any

from django.conf import settings

from calls.following import links
from calls.models import Consortium, Follow
from taskforce.core import mail


def may_name(follow: Follow) -> bool:
    """Tell whether the member may read the name of what they follow: a consortium may hide."""
    if follow.consortium is None:
        return True
    shown = Consortium.objects.visible_to(follow.member.user)
    return shown.filter(pk=follow.consortium.pk).exists()


def may_show_dates(follow: Follow) -> bool:
    """Tell whether the member may read the dates that a consortium set, not its name alone."""
    shown = Consortium.objects.shown_to(follow.member.user)
    return shown.filter(follows=follow).exists()


def send(follow: Follow, name: str, **context: Any) -> None:
    """Put a letter in the outbox; the caller asked `may_name`."""
    mail.send(
        name,
        to=follow.member.user.email,
        reply_to=settings.SECRETARIAT_EMAIL,
        context={"follow": follow, "followed": follow.followed, **context},
        stop=links.address(follow),
    )
