"""Who follows which calls and consortia, and how often each wants to hear of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from calls.models import Call, Consortium
from taskforce.core.models import How
from taskforce.following import wishes
from taskforce.following.models import Follow, Follower
from taskforce.following.resolving import resolve
from taskforce.following.things import named, near
from taskforce.following.wishes import Reader, Wishes


@dataclass(frozen=True)
class Following:
    """A reader who follows a call or a consortium. Without `how` they hear nothing at present."""

    follow: Follow
    reader: Reader
    followed: Call | Consortium
    how: How | None

    @property
    def consortium(self) -> Consortium | None:
        return self.followed if isinstance(self.followed, Consortium) else None


def of(*things: Call | Consortium) -> list[Following]:
    """Return who follows one of these, in the order in which they began."""
    if not things:
        return []
    either = Q()
    for thing in things:
        either |= Q(**named(thing))
    return _told(Follow.objects.filter(either), [*things])


def of_all() -> list[Following]:
    """Return all who follow a call or a consortium."""
    kinds = ContentType.objects.get_for_models(Call, Consortium)
    rows = Follow.objects.filter(target_type__in=kinds.values())
    things: list[Call | Consortium] = []
    for model, kind in kinds.items():
        keys = rows.filter(target_type=kind).values("target_id")
        things += _read(model).filter(pk__in=keys)
    return _told(rows, things)


def _read(model: Any) -> Any:
    if model is Call:
        return Call.objects.prefetch_related("deadlines", "barriers")
    return Consortium.objects.select_related("call", "lead").prefetch_related("call__deadlines")


def _told(rows: Any, things: Iterable[Call | Consortium]) -> list[Following]:
    """Return who of these is told: members, and strangers with a confirmed address."""
    users = wishes.members().filter(pk__in=rows.exclude(user=None).values("user"))
    strangers = Follower.objects.confirmed().filter(pk__in=rows.values("follower"))
    wished = {wishes.name_of(one.reader): one for one in wishes.of([*users, *strangers])}
    by_key = {_key(named(thing)): thing for thing in things}
    found = []
    for follow in rows.order_by("pk"):
        one = wished.get((follow.user_id, follow.follower_id))
        thing = by_key.get((follow.target_type_id, follow.target_id))
        if one and thing:
            found.append(Following(follow, one.reader, thing, _how(thing, one)))
    return found


def _key(what: Mapping[str, Any]) -> tuple[int, int]:
    return (what["target_type"].pk, what["target_id"])


def _how(thing: Call | Consortium, wished: Wishes) -> How | None:
    """Return how often somebody hears of what they follow, unless they pause."""
    if wished.rhythm.is_paused(timezone.localdate()):
        return None
    only_asked = wished.rhythm.only_asked
    reason = resolve(near(thing), wished.said, wished.choices, only_asked=only_asked)
    return reason.how if reason else None
