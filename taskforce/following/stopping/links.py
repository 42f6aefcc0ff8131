"""Signed links that stop what a letter is about; they work for a year."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from taskforce.core.acts import Refused
from taskforce.core.models import How
from taskforce.following import acts
from taskforce.following.kinds import Kind
from taskforce.following.models import Follow, Follower
from taskforce.following.wishes import Reader
from taskforce.members.models import User

GOOD_FOR = timedelta(days=366)
ALL = "all"
READERS: dict[str, Any] = {"user": User, "follower": Follower}
signer = TimestampSigner(salt="taskforce.following.stopping")
of_before = TimestampSigner(salt="calls.following")


@dataclass(frozen=True)
class Stop:
    """What a link stops for whom: "all", the name of a kind of news, or "follow-7-12-3".

    The last is a follow, and the type and the number of its thing, where it has one.
    """

    reader: Reader
    what: str

    @property
    def path(self) -> str:
        name = "user" if isinstance(self.reader, User) else "follower"
        return reverse("following:stop", args=[signer.sign(f"{name}.{self.reader.pk}.{self.what}")])

    @property
    def is_all(self) -> bool:
        return self.what == ALL

    @property
    def follow(self) -> Follow | None:
        """The follow that it ends: this row, or the one by which the thing is followed again."""
        name, *numbers = self.what.split("-")
        if name != "follow" or not all(map(str.isdecimal, numbers)):
            return None
        own: Any = Follow.objects.of(self.reader)
        pk, *thing = map(int, numbers)
        again = dict(zip(("target_type", "target_id"), thing, strict=False))
        return own.filter(pk=pk).first() or (own.filter(**again).first() if thing else None)

    @property
    def kind(self) -> Kind | None:
        return Kind(self.what) if self.what in Kind.values else None


def stop(reader: Reader, follow: Follow | None, kind: Kind | None) -> str:
    """Return the path that stops what a letter came through: a follow, or a kind of news."""
    if follow is None:
        return Stop(reader, str(kind)).path
    thing = f"-{follow.target_type_id}-{follow.target_id}" if follow.target_type_id else ""
    return Stop(reader, f"follow-{follow.pk}{thing}").path


def stop_all(reader: Reader) -> str:
    """Return the path that stops all that tells, and asks nothing."""
    return Stop(reader, ALL).path


def read(key: str) -> Stop:
    """Return what a link stops; raises Refused where it is not ours, too old or of nobody."""
    for way in (_read, _read_of_before):
        with suppress(BadSignature, ValueError, KeyError, ObjectDoesNotExist):
            return way(key)
    raise Refused(_("The link no longer works"))


def _read(key: str) -> Stop:
    name, pk, what = signer.unsign(key, max_age=GOOD_FOR).split(".")
    reader = READERS[name].objects.filter(pk=pk).first()
    return Stop(reader or _reader_of(what), what)


def _reader_of(what: str) -> Reader:
    """Return who has a follow now: a follower who became a member kept it."""
    _follow, pk, *_thing = what.split("-")
    return Follow.objects.get(pk=int(pk)).reader


def _read_of_before(key: str) -> Stop:
    """Read a link that was sent when nothing but calls and consortia could be followed."""
    pk = int(of_before.unsign(key, max_age=GOOD_FOR))
    return Stop(Follow.objects.select_related("user").get(pk=pk).reader, f"follow-{pk}")


@transaction.atomic
def carry_out(asked: Stop) -> Stop:
    """Stop it, once or again, and nothing else."""
    if asked.is_all:
        _stop_all(asked.reader)
    elif asked.kind and isinstance(asked.reader, User):
        acts.choose(user=asked.reader, kind=asked.kind, how=How.NEVER)
    elif follow := asked.follow:
        acts.end(follow=follow)
    return asked


def _stop_all(reader: Reader) -> None:
    """Let a member hear only of what asks something of them, and forget a stranger."""
    if isinstance(reader, User):
        acts.only_asked(user=reader, is_wanted=True)
    else:
        reader.delete()
