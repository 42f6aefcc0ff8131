"""Which members follow which calls and consortia, and how often each wants to hear of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone

from calls.models import Call, Consortium
from taskforce.core.models import How
from taskforce.following import wishes
from taskforce.following.models import Follow
from taskforce.following.resolving import Near, resolve
from taskforce.following.things import kind_of, named
from taskforce.following.wishes import Wishes
from taskforce.members.models import Member


@dataclass(frozen=True)
class Following:
    """A member who follows a call or a consortium. Without `how` they hear nothing at present."""

    follow: Follow
    member: Member
    followed: Call | Consortium
    how: How | None

    @property
    def consortium(self) -> Consortium | None:
        return self.followed if isinstance(self.followed, Consortium) else None


def of(*things: Call | Consortium) -> list[Following]:
    """Return the members who follow one of these, in the order in which they began."""
    if not things:
        return []
    either = Q()
    for thing in things:
        either |= Q(**named(thing))
    return _members(Follow.objects.filter(either), [*things])


def of_all() -> list[Following]:
    """Return all members who follow a call or a consortium."""
    kinds = ContentType.objects.get_for_models(Call, Consortium)
    rows = Follow.objects.filter(target_type__in=kinds.values())
    things: list[Call | Consortium] = []
    for model, kind in kinds.items():
        keys = rows.filter(target_type=kind).values("target_id")
        things += _read(model).filter(pk__in=keys)
    return _members(rows, things)


def _read(model: Any) -> Any:
    if model is Call:
        return Call.objects.prefetch_related("deadlines")
    return Consortium.objects.select_related("call", "lead").prefetch_related("call__deadlines")


def _members(rows: Any, things: Iterable[Call | Consortium]) -> list[Following]:
    current = Member.objects.current().filter(user__in=rows.exclude(user=None).values("user"))
    members = {member.user_id: member for member in current.select_related("user", "organisation")}
    wished = {one.reader.pk: one for one in wishes.of(each.user for each in members.values())}
    by_key = {_key(named(thing)): thing for thing in things}
    found = []
    for follow in rows.filter(user__in=members).order_by("pk"):
        if thing := by_key.get((follow.target_type_id, follow.target_id)):
            how = _how(follow, thing, wished[follow.user_id])
            found.append(Following(follow, members[follow.user_id], thing, how))
    return found


def _key(what: Mapping[str, Any]) -> tuple[int, int]:
    return (what["target_type"].pk, what["target_id"])


def _how(follow: Follow, thing: Call | Consortium, wished: Wishes) -> How | None:
    """Return how often somebody hears of what they follow, unless they pause."""
    if wished.rhythm.is_paused(timezone.localdate()):
        return None
    key = _key(named(thing))
    near, only_asked = [Near(key, kind_of(type(thing)))], wished.rhythm.only_asked
    reason = resolve(near, {key: follow.how}, wished.choices, only_asked=only_asked)
    return reason.how if reason else None
