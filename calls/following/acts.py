"""Follow a call or a consortium, and stop following it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from calls.following import dates
from calls.models import Call, Consortium, Follow
from taskforce.members.models import Member


@transaction.atomic
def follow(*, followed: Call | Consortium, member: Member) -> Follow:
    """Let a member follow something, once.

    Reminders that are due count as sent, since the member looks at the page with these dates.
    """
    row, _is_new = Follow.objects.get_or_create(member=member, **_named(followed))
    found = dates.of_call(followed) if isinstance(followed, Call) else dates.of_consortium(followed)
    dates.mark_sent(member=member, dates=found, now=timezone.now())
    return row


def unfollow(*, followed: Call | Consortium, member: Member) -> Call | Consortium:
    """Let a member follow something no longer; return what was followed."""
    Follow.objects.filter(member=member, **_named(followed)).delete()
    return followed


def _named(followed: Call | Consortium) -> dict[str, Any]:
    return {"call" if isinstance(followed, Call) else "consortium": followed}
