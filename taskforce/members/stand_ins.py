"""Who stands in for users and members.

While SQL is learned for them (`core.prepared`), and where a page is made as everybody reads it who
has a role, for all of them to share (`core.parts`).
"""

from collections.abc import Iterator
from itertools import repeat

from django.contrib.auth.models import AnonymousUser

from taskforce.core.prepared import STAND_INS, StandIn
from taskforce.members.models import Member, Organisation, User, Viewer

NOBODY = 0  # no row has this key


def register() -> None:
    STAND_INS[User] = StandIn(_role, _keys_of_user, lambda user, keys: _user(_role(user), keys))
    STAND_INS[Member] = StandIn(
        lambda member: member.role,
        _keys_of_member,
        lambda member, keys: _user(member.role, keys).member,
    )


def anybody(role: str | None) -> Viewer:
    """Return a reader who sees what everybody of a role does, and has nothing of their own."""
    return _user(role, repeat(NOBODY)) if role else AnonymousUser()


def role_of(viewer: Viewer) -> str | None:
    """Return the role by which somebody reads; None for strangers and former members."""
    return _role(viewer) if isinstance(viewer, User) else None


def _role(user: User) -> str | None:
    return user.member.role if user.member else None


def _keys_of_user(user: User) -> Iterator[int]:
    yield user.pk
    if user.member:
        yield from (user.member.pk, user.member.organisation_id)


def _keys_of_member(member: Member) -> Iterator[int]:
    yield from (member.pk, member.user_id, member.organisation_id)


def _user(role: str | None, keys: Iterator[int]) -> User:
    """Return a user; of a former member without a role. To read more of them asks the database."""
    user = User.from_db("default", ["id"], [next(keys)])
    user.member = None
    if role:
        names = ["id", "user_id", "organisation_id", "role"]
        home = Organisation.from_db("default", ["id"], [next(keys)])
        user.member = Member.from_db("default", names, [next(keys), user.pk, home.pk, role])
        user.member.user, user.member.organisation = user, home
    return user
