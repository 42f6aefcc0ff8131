"""Give one or many barriers another theme at once."""

from collections.abc import Iterable

from django.db import transaction

from barriers import locking
from barriers.models import Act, Barrier, Theme
from barriers.register import history
from taskforce.activity.models import Verb
from taskforce.activity.recording import record
from taskforce.members.models import Member


@transaction.atomic
def retheme(*, barriers: Iterable[Barrier], theme: Theme, by: Member) -> list[Barrier]:
    """Give barriers a theme; return those that had another one before.

    It leaves out what was merged meanwhile.
    """
    changed = [
        barrier
        for barrier in locking.lock_all(*barriers)
        if barrier.theme_id != theme.pk and barrier.merged_into_id is None
    ]
    for barrier in changed:
        history.write(Act.RETHEMED, barrier, by=by, before=barrier.theme, after=theme)
        barrier.theme = theme
        barrier.version += 1
        barrier.save(update_fields=["theme", "version"])
        record(Verb.CHANGED, barrier, by=by.user)
    return changed
