"""Lock barriers and rounds, always in the same order, so that no two acts wait for each other."""

from django.db import connection
from django.utils.translation import gettext as _

from barriers.models import Barrier, PrioritisationRound
from taskforce.core.acts import Refused
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat


def lock_round(voting_round: PrioritisationRound) -> PrioritisationRound:
    """Lock a round until the transaction ends, and return it as it is now."""
    return PrioritisationRound.objects.select_for_update().get(pk=voting_round.pk)


def lock_voter(voting_round: PrioritisationRound, member: Member) -> int | None:
    """Lock the voter for whom a member votes until the transaction ends; return its key.

    Voters share the round and do not wait for each other; who locks the round waits for them all.
    Holds the member's account first, too, as a merge of people does. None where nobody votes.
    Which voter that is, `Eligible.objects.of` says too.
    """
    locked = """
        SELECT voter.id FROM barriers_prioritisationround round, members_user account,
            barriers_eligible voter
        WHERE round.id = %s AND account.id = %s AND voter.round_id = round.id AND (
            voter.member_id = %s OR voter.member_id IS NULL AND voter.organisation_id = %s)
        FOR SHARE OF round FOR KEY SHARE OF account FOR NO KEY UPDATE OF voter"""
    keys = [voting_round.pk, member.user_id, member.pk, member.organisation_id]
    with connection.cursor() as cursor:
        cursor.execute(locked, keys)
        return next((key for (key,) in cursor), None)


def lock_rounds(voting_round: PrioritisationRound) -> PrioritisationRound:
    """Lock all rounds, where one of them decides about others, and return this one as it is now."""
    rows = PrioritisationRound.objects.select_for_update().order_by("pk")
    return {row.pk: row for row in rows}[voting_round.pk]


def lock_all(*barriers: Barrier) -> list[Barrier]:
    """Lock several barriers until the transaction ends, and return them as they are now.

    Closing a round writes to all barriers of its list in an order of its own, under the lock of
    the round. So this locks the rounds first that are not counted yet.
    """
    list(PrioritisationRound.objects.select_for_update().filter(closed_at=None).order_by("pk"))
    keys = [barrier.pk for barrier in barriers]
    rows = Barrier.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    return [found[key] for key in keys]


def lock_current(barrier: Barrier) -> Barrier:
    """Lock a barrier until the transaction ends, or the one that it was merged into meanwhile."""
    key = barrier.merged_into_id or barrier.pk
    while True:
        found = Barrier.objects.select_for_update().get(pk=key)
        if found.merged_into_id is None:
            return found
        key = found.merged_into_id


def lock_shown(barrier: Barrier, viewer: Viewer) -> Barrier:
    """Lock a barrier as `lock_current` does.

    Raises Refused where it was hidden or withdrawn meanwhile from this viewer.
    """
    found = lock_current(barrier)
    if found.hidden_at and not is_secretariat(viewer):
        raise Refused(_("The barrier is not there any more."))
    return found


def lock_for_edit(barrier: Barrier) -> Barrier:
    """Lock the barrier of a form, and update its columns that carry no version.

    A form saves the whole row. Without this it would bring back an old rank or count.
    """
    found = lock_current(barrier)
    if found.pk == barrier.pk:
        for name in ("rank", "points", "support_count", "hidden_at"):
            setattr(barrier, name, getattr(found, name))
    return found
