"""Signed links to the page on which a stranger sees and ends what they follow."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.following.models import Follower
from taskforce.members.models import User

GOOD_FOR = timedelta(days=366)
signer = TimestampSigner(salt="taskforce.following.outside")


def page_of(follower: Follower) -> str:
    """Return the path of a stranger's own page; it works for a year."""
    return reverse("following:own_page", args=[signer.sign(follower.key)])


def choices_of(reader: User | Follower) -> str:
    """Return the path of the page on which somebody sees all that they follow."""
    return reverse("following:choices") if isinstance(reader, User) else page_of(reader)


def read(key: str) -> Follower:
    """Return whose page a link leads to; raises Refused where it is not ours, or they are gone."""
    try:
        return Follower.objects.get(key=signer.unsign(key, max_age=GOOD_FOR))
    except (BadSignature, Follower.DoesNotExist):
        raise Refused(_("The link no longer works")) from None
