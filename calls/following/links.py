"""Signed links in mail that stop following without logging in."""

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import Follow
from taskforce.core.acts import Refused

GOOD_FOR = 200 * 24 * 60 * 60  # seconds that a link works
signer = TimestampSigner(salt="calls.following")


def address(follow: Follow) -> str:
    """Return the address of a page with one button, which stops following."""
    return reverse("calls:unfollow_by_link", args=[signer.sign(str(follow.pk))])


def read(key: str) -> Follow | None:
    """Return the row that a link names; None where its member follows no longer.

    Raises Refused where the link is not ours or has expired.
    """
    try:
        pk = int(signer.unsign(key, max_age=GOOD_FOR))
    except (BadSignature, ValueError):
        raise Refused(_("The link no longer works")) from None
    found = Follow.objects.select_related("member__user", "call", "consortium__call")
    return found.filter(pk=pk).first()
