"""Give barriers another theme, one or many at once."""

from collections.abc import Iterable

from django.db import transaction

from barriers import locking
from barriers.models import Act, Barrier, Theme
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def retheme(*, barriers: Iterable[Barrier], theme: Theme, by: Member) -> int:
    """Move barriers to a theme; return how many were not there yet."""
    to_move = [
        barrier
        for barrier in locking.locked(*barriers)
        if barrier.theme_id != theme.pk and barrier.merged_into_id is None
    ]
    for barrier in to_move:
        history.write(Act.RETHEMED, barrier, by=by, before=barrier.theme, after=theme)
        barrier.theme = theme
        barrier.version += 1
        barrier.save(update_fields=["theme", "version"])
        record(Verb.CHANGED, barrier, by=by.user)
    return len(to_move)
