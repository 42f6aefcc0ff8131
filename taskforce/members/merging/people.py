"""Merge two accounts of one person, and take that apart again.

The account that is kept has its own ways to log in; those of the other are shut.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from taskforce.activity.models import Activity, Verb
from taskforce.activity.recording import record
from taskforce.core import moving
from taskforce.core.acts import Refused
from taskforce.core.models import KeptFile
from taskforce.members.accounts import sessions
from taskforce.members.merging import objections
from taskforce.members.merging.records import begin_undo, keep
from taskforce.members.models import Member, Merge, User
from taskforce.members.people.inviting import OF_A_SEAT
from taskforce.members.people.last_secretary import a_secretary_stays

# Ways to log in, which nobody else may get, and what is moved by hand.
STAYS = (
    Member,
    EmailAddress,
    Authenticator,
    UserSession,
    KeptFile,
    User.groups.through,
    User.user_permissions.through,
)
USERS = ("name", "is_active")
OF_SEAT = ("organisation", "title", "role", "name_visibility")


@transaction.atomic
def merge(
    *, gone: User, kept: User, from_gone: set[str], by: User
) -> tuple[User, list[moving.Move]]:
    """Make two accounts one; return the one that is kept, and what moved.

    `from_gone` names what comes from the one that is given up. Raises Refused where one is merged
    already, where both vote in an open round, and for the account of who asks.
    """
    gone, kept = lock(gone, kept)
    old, new = _seat(gone), _seat(kept)
    if reason := _why_not(gone, kept, by) or (old and new and objections.against(old, new)):
        raise Refused(reason)
    before = _as_json(gone, kept, old, new)
    with a_secretary_stays():
        moves = _merge_seats(gone, kept, (old, new), from_gone)
        _merge_accounts(gone, kept, from_gone)
    moves += moving.move_all(gone, kept, but=STAYS)
    texts = (before, _as_json(gone, kept, old, new))
    keep(Merge.Of.PEOPLE, gone, kept, texts=texts, moves=moves, by=by, but=(*STAYS, Activity))
    if seat := _seat(kept):
        record(Verb.MERGED, seat, by=by)
    return kept, moves


@transaction.atomic
def take_apart(*, merge: Merge, by: User) -> User:
    """Undo a merge; return the person that was given up, whose log-in opens again.

    Raises Refused after a day, once something new hangs on it, and where it is undone (`already`).
    """
    gone, kept = lock(User.objects.get(pk=merge.gone), User.objects.get(pk=merge.kept))
    was = begin_undo(merge, kept)
    gone.merged_into = None
    rows = [gone, kept, _seat_named(was["before"][2]), _seat_named(was["before"][3])]
    for row, before, after in zip(rows, was["before"], was["after"], strict=True):
        if row is not None and before:
            moving.restore(row, before, after)
            row.save()
    moving.move_back(was["moves"])
    if seat := _seat(kept):
        record(Verb.TAKEN_BACK, seat, by=by)
    return gone


def lock(*people: User) -> list[User]:
    """Return the rows as they are, locked in one order for everybody."""
    keys = [one.pk for one in people]
    rows = User.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]


def _seat(user: User) -> Member | None:
    return user.memberships.filter(to_date=None).first()


def _why_not(gone: User, kept: User, by: User) -> str:
    if gone.pk == kept.pk:
        return _("A person cannot be merged with themselves.")
    if gone.pk == by.pk:
        return _("You are logged in as this person. Keep this one, and give up the other.")
    if merged := [one for one in (gone, kept) if one.merged_into_id]:
        return _("%(name)s is merged into another one already.") % {"name": merged[0]}
    return ""


def _as_json(gone: User, kept: User, *seats: Member | None) -> list[str]:
    """Return both people and their memberships; nothing by which somebody logs in."""
    people = [serializers.serialize("json", [one], fields=USERS) for one in (gone, kept)]
    return [*people, *(serializers.serialize("json", [one]) if one else "" for one in seats)]


def _seat_named(text: str) -> Member | None:
    if not text:
        return None
    return Member.objects.get(pk=next(serializers.deserialize("json", text)).object.pk)


def _merge_seats(
    gone: User, kept: User, seats: tuple[Member | None, Member | None], from_gone: set[str]
) -> list[moving.Move]:
    """Make two memberships of today one; the others become the kept person's."""
    old, new = seats
    moves: list[moving.Move] = []
    rest = gone.memberships.order_by("pk")
    if old and new:
        moves = moving.move_all(old, new, but=OF_A_SEAT)
        for name in from_gone & {*OF_SEAT}:
            setattr(new, name, getattr(old, name))
        new.save()
        old.to_date = max(old.from_date, timezone.localdate())
        old.save()
        rest = rest.exclude(pk=old.pk)
    moved = [*rest.values_list("pk", flat=True)]
    rest.update(user=kept)
    return [*moves, moving.Move(Member._meta.label, "user", gone.pk, kept.pk, moved)]


def _merge_accounts(gone: User, kept: User, from_gone: set[str]) -> None:
    if "name" in from_gone:
        kept.name = gone.name
        kept.save(update_fields=["name"])
    gone.is_active, gone.merged_into = False, kept
    gone.save(update_fields=["is_active", "merged_into"])
    User.objects.filter(merged_into=gone).update(merged_into=kept)
    sessions.end_all(user=gone)
