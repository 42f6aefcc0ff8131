"""What readers follow and chose, fetched for many at once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from taskforce.core.models import MailChoice
from taskforce.following.models import Follow, Follower, Rhythm
from taskforce.members.models import Member, User

Reader = User | Follower


@dataclass
class Wishes:
    """What one reader follows, by key, and how often they want to be told of which kind."""

    reader: Reader
    follows: dict[Hashable, Follow] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    rhythm: Rhythm = field(default_factory=Rhythm)

    @property
    def words(self) -> list[str]:
        return sorted(key for key in self.follows if isinstance(key, str))

    @property
    def newsletter(self) -> Follow | None:
        """Their follow of the newsletter."""
        return self.follows.get(None)

    @property
    def said(self) -> dict[Hashable, str]:
        """How often each of their follows says."""
        return {key: one.how for key, one in self.follows.items()}

    def said_at(self, moment: datetime) -> dict[Hashable, str]:
        """Return what they followed at a moment, and how often each follow says."""
        return {key: one.how for key, one in self.follows.items() if one.since <= moment}


def members() -> QuerySet[User]:
    """Return the users who are told: whoever left hears nothing."""
    return User.objects.filter(pk__in=Member.objects.current().values("user"))


def of(readers: Iterable[Reader]) -> list[Wishes]:
    """Return what readers wish, in their order; three queries, however many they are."""
    found = {name_of(reader): Wishes(reader) for reader in readers}
    users = [one.reader.pk for one in found.values() if isinstance(one.reader, User)]
    strangers = [one.reader.pk for one in found.values() if isinstance(one.reader, Follower)]
    for follow in Follow.objects.filter(Q(user__in=users) | Q(follower__in=strangers)):
        found[follow.user_id, follow.follower_id].follows[_key(follow)] = follow
    for choice in MailChoice.objects.filter(user__in=users):
        found[choice.user_id, None].choices[choice.kind] = choice.how
    for rhythm in Rhythm.objects.filter(user__in=users):
        found[rhythm.user_id, None].rhythm = rhythm
    return [*found.values()]


def name_of(reader: Reader) -> tuple[int | None, int | None]:
    """Return the columns by which rows name a reader: their user, or their follower."""
    return (reader.pk, None) if isinstance(reader, User) else (None, reader.pk)


def _key(follow: Follow) -> Hashable:
    """Return what a follow names: a thing, words, or the newsletter, which has a key of its own."""
    if follow.target_type_id is not None:
        return (follow.target_type_id, follow.target_id)
    return follow.words or None


def who_follow(keys: Iterable[Any]) -> tuple[set[int], set[int]]:
    """Return the users and the followers who follow one of some things, or any words."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for kind, pk in keys:
        wanted[kind].add(pk)
    near = Q(target_type=None, words__gt="")
    for kind, pks in wanted.items():
        near |= Q(target_type=kind, target_id__in=pks)
    rows = [*Follow.objects.filter(near).values_list("user", "follower")]
    return {user for user, _no in rows if user}, {other for _no, other in rows if other}
