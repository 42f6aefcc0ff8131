"""Follow and unfollow, on the page and by a link in the mail."""

from typing import Any

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from calls.following import moments
from calls.models import Call, Consortium, Follow
from taskforce.members.models import Member

GOOD_FOR = 200 * 24 * 60 * 60  # seconds that a link in a mail works
signer = TimestampSigner(salt="calls.following")


@transaction.atomic
def follow(*, followed: Call | Consortium, member: Member) -> None:
    """Let a member be told by mail; what is due already stands on the page they look at."""
    Follow.objects.get_or_create(member=member, **_named(followed))
    found = (
        moments.of_call(followed) if isinstance(followed, Call) else moments.of_consortium(followed)
    )
    moments.count_as_told(member=member, moments=found, now=timezone.now())


def unfollow(*, followed: Call | Consortium, member: Member) -> None:
    Follow.objects.filter(member=member, **_named(followed)).delete()


def address(follow: Follow) -> str:
    """Return where a mail's reader stops following: a page with one button."""
    return reverse("calls:unfollow_by_link", args=[signer.sign(str(follow.pk))])


def read(key: str) -> tuple[bool, Follow | None]:
    """Return whether a link is ours and still works, and what it is about if it is followed."""
    try:
        pk = int(signer.unsign(key, max_age=GOOD_FOR))
    except (BadSignature, ValueError):
        return False, None
    found = Follow.objects.select_related("member__user", "call", "consortium__call")
    return True, found.filter(pk=pk).first()


def _named(followed: Call | Consortium) -> dict[str, Any]:
    return {"call" if isinstance(followed, Call) else "consortium": followed}
