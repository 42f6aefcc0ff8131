"""What of barriers can be followed, and what is told of them."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from barriers.models import Barrier, BarrierState, PrioritisationRound, Statement, Theme
from taskforce.activity.models import Verb
from taskforce.dialogue.events import TALK
from taskforce.following.events import Event, event
from taskforce.following.kinds import Kind
from taskforce.following.novelty import Part, stands_on
from taskforce.following.things import followable
from taskforce.members.models import Organisation

followable(Barrier, Kind.BARRIERS, themed=lambda barrier: [barrier])
followable(Theme, Kind.THEMES)


def _statements(n: int) -> str:
    return ngettext("%(n)s statement", "%(n)s statements", n) % {"n": n}


def _barriers(n: int) -> str:
    return ngettext("%(n)s barrier", "%(n)s barriers", n) % {"n": n}


stands_on(Barrier, Part(Statement, "barrier", _statements, "udsagn"))
stands_on(Barrier, TALK)
stands_on(Organisation, Part(Statement, "organisation", _statements, "sagt"))
stands_on(Organisation, Part(Barrier, "raised_by", _barriers, "rejst", verbs=(Verb.ADDED,)))

OF_A_BARRIER: dict[str, Any] = {
    "themes": lambda barrier: [barrier.theme],
    "reads": ("theme", "raised_by", "split_from", "merged_into"),
}
GONE = _("A barrier that you follow can no longer be read in the portal")
WHY = OF_A_BARRIER | {"words": lambda barrier: barrier.answer}


def _new(barrier: Barrier) -> Iterator[Model]:
    yield barrier
    if barrier.split_from:
        yield barrier.split_from
    yield barrier.raised_by


def _merged(barrier: Barrier) -> Iterator[Model]:
    yield barrier.merged_into or barrier
    yield barrier


event(
    Barrier,
    Verb.ADDED,
    Event(
        _("New barrier: %(title)s"),
        about=_new,
        words=lambda barrier: barrier.description,
        new=Kind.NEW_BARRIERS,
        **OF_A_BARRIER,
    ),
)
event(
    Barrier,
    Verb.MERGED,
    Event(
        _("“%(title)s” is now part of “%(into)s”"),
        about=_merged,
        stands=lambda barrier: barrier.merged_into_id is not None,
        names=lambda barrier: {"title": barrier, "into": barrier.merged_into or barrier},
        **OF_A_BARRIER,
    ),
)
event(
    Barrier, Verb.SPLIT, Event(_("The barrier “%(title)s” has been split in two"), **OF_A_BARRIER)
)
event(
    Barrier,
    Verb.RESOLVED,
    Event(_("The barrier “%(title)s” is resolved"), stands=lambda row: row.is_resolved, **WHY),
)
event(
    Barrier,
    Verb.DROPPED,
    Event(
        _("The barrier “%(title)s” is no longer relevant"),
        stands=lambda row: row.state == BarrierState.DROPPED,
        **WHY,
    ),
)
event(
    Barrier,
    Verb.REOPENED,
    Event(
        _("The barrier “%(title)s” is open again"),
        stands=lambda row: not row.is_settled,
        **OF_A_BARRIER,
    ),
)
event(
    Barrier,
    Verb.HIDDEN,
    Event(
        _("The barrier “%(title)s” is hidden"),
        stands=lambda barrier: barrier.hidden_at is not None,
        once_gone=GONE,
        **OF_A_BARRIER,
    ),
)
event(
    Barrier,
    Verb.TAKEN_BACK,
    Event(
        _("The barrier “%(title)s” is withdrawn"),
        stands=lambda barrier: barrier.hidden_at is not None,
        once_gone=GONE,
        **OF_A_BARRIER,
    ),
)
event(
    Barrier,
    Verb.SHOWN,
    Event(
        _("The barrier “%(title)s” can be read again"),
        stands=lambda barrier: barrier.hidden_at is None,
        undoes=(Verb.HIDDEN, Verb.TAKEN_BACK),
        **OF_A_BARRIER,
    ),
)
event(
    Statement,
    Verb.ADDED,
    Event(
        _("%(organisation)s on “%(title)s”"),
        about=lambda said: [said.barrier, said.organisation],
        themes=lambda said: [said.barrier.theme],
        words=lambda said: said.text,
        names=lambda said: {"organisation": said.organisation, "title": said.barrier},
        reads=("barrier__theme", "organisation"),
    ),
)
event(
    PrioritisationRound,
    Verb.CLOSED,
    Event(
        _("The result of “%(title)s” can be read"),
        about=lambda closed: [closed, *closed.barriers.all()],
        new=Kind.NEW_RESULTS,
        reads=("barriers",),
    ),
)
