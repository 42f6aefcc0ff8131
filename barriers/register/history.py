"""The history of a barrier: what was changed, when, and on whose behalf."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from barriers.models import Act, Barrier, Change
from meetings.checking.consent import name_finder
from taskforce.activity.models import Verb
from taskforce.activity.reading import acts_on
from taskforce.core.prepared import prepared
from taskforce.members.models import Member, Viewer
from taskforce.members.roles import is_secretariat


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that happened to a barrier, as its page shows it."""

    at: datetime
    words: StrOrPromise
    organisation: str = ""
    person: str = ""  # empty where the viewer may not read the name
    before: str = ""
    after: str = ""
    other: Barrier | None = None
    is_withheld: bool = False


def write(
    act: Act,
    barrier: Barrier,
    *,
    by: Member,
    before: object = "",
    after: object = "",
    other: Barrier | None = None,
) -> Change:
    """Save what an act changed, in the transaction of the act."""
    return Change.objects.create(
        barrier=barrier,
        act=act,
        by=by.user,
        organisation=by.organisation,
        before=str(before),
        after=str(after),
        other=other,
    )


def entries(barrier: Barrier, viewer: Viewer) -> list[HistoryEntry]:
    """Return what happened to a barrier, the latest first, as the viewer may read it."""
    found = [*_changes(barrier, viewer), *_activity(barrier, viewer)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _changes(barrier: Barrier, viewer: Viewer) -> Iterator[HistoryEntry]:
    names_somebody = cache(name_finder)  # only loaded where there is a text to look through
    for change in _found(viewer, barrier.pk):
        # A name that somebody took out of a title would show here for ever.
        texts = " | ".join(filter(None, [change.before, change.after]))
        is_withheld = bool(texts) and not is_secretariat(viewer) and names_somebody()(texts)
        yield HistoryEntry(
            at=change.at,
            words=Act(change.act).label,
            organisation=change.organisation.name,
            person=change.person or "",
            before="" if is_withheld else change.before,
            after="" if is_withheld else change.after,
            other=change.other,
            is_withheld=is_withheld,
        )


@prepared
def _found(viewer: Viewer, barrier: int) -> QuerySet[Any]:
    people = Member.objects.current().visible_to(viewer).filter(user=OuterRef("by"))
    changes = Change.objects.visible_to(viewer).filter(barrier=barrier)
    named = changes.annotate(person=Subquery(people.values("user__name")[:1]))
    shown = named.select_related("organisation", "other")
    return shown.defer("organisation__search", "other__search", "other__title_forms")


def _activity(barrier: Barrier, viewer: Viewer) -> Iterator[HistoryEntry]:
    words = {Verb.ADDED: _("Added to the register")}
    if is_secretariat(viewer):
        words |= {Verb.HIDDEN: _("Hidden"), Verb.SHOWN: _("Shown again")}
    for verb, at in acts_on(barrier, words):
        yield HistoryEntry(at=at, words=words[verb])
